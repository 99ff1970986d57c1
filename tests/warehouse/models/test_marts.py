"""Each mart on a small table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]

GAOSHAN, KOUQUAN = "140214101000", "140214200000"
TOWNSHIPS = [
    {"division_key": code, "division_code": code, "township_code": code, "canonical_name": name}
    | {"lookup_to": date(9999, 12, 31)}
    for code, name in [(GAOSHAN, "高山镇"), (KOUQUAN, "口泉乡"), ("unknown", "未知")]
]


def picked(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def processing(
    code: str, year: int, quarter: int, sales: int, cluster: str = "乳品", town: str = GAOSHAN
) -> Row:
    return {
        **{"credit_code": code, "year": year, "quarter": quarter, "township_code": town, "cluster": cluster},
        "sales_revenue_ytd_yuan": Decimal(sales),
        "output_value_ytd_yuan": Decimal(2 * sales),
    }


@pytest.fixture
def agri(run_model: RunModel) -> Callable[..., list[Row]]:
    def run(*rows: Row) -> list[Row]:
        return run_model("mart_agri_processing", fact_agri_processing=list(rows), dim_division=TOWNSHIPS)

    return run


def test_the_year_is_its_fourth_quarter(agri: Callable[..., list[Row]]) -> None:
    rows = agri(
        processing("E1", 2022, 3, 70),
        processing("E1", 2022, 4, 100),
        processing("E2", 2022, 4, 30),
        processing("E3", 2022, 4, 5, cluster="药茶"),
    )
    names = ("township_name", "cluster", "status", "enterprises", "sales_revenue_yuan", "output_value_yuan")
    assert picked(rows, *names) == [
        ("高山镇", "乳品", "final", 2, Decimal(130), Decimal(260)),
        ("高山镇", "药茶", "final", 1, Decimal(5), Decimal(10)),
    ]


def test_without_a_fourth_quarter_the_year_is_provisional(agri: Callable[..., list[Row]]) -> None:
    rows = agri(
        processing("E1", 2022, 2, 50),
        processing("E1", 2022, 3, 70),
        processing("E2", 2022, 4, 30, town=KOUQUAN),
    )
    assert picked(rows, "township_name", "quarter", "status", "sales_revenue_yuan") == [
        ("高山镇", 3, "provisional", Decimal(70)),
        ("口泉乡", 4, "final", Decimal(30)),
    ]


def test_growth_compares_the_same_quarter_of_the_year_before(agri: Callable[..., list[Row]]) -> None:
    rows = agri(
        processing("E1", 2020, 3, 999),
        processing("E1", 2021, 3, 60),
        processing("E1", 2021, 4, 90),
        processing("E1", 2022, 3, 75),
    )
    names = ("year", "sales_revenue_yuan", "previous_sales_revenue_yuan", "sales_revenue_yoy_pct")
    assert picked(rows, *names) == [
        (2020, Decimal(999), None, None),
        (2021, Decimal(90), None, None),
        (2022, Decimal(75), Decimal(60), Decimal("25.00")),
    ]


def test_a_year_missing_between_two_is_not_stepped_over(agri: Callable[..., list[Row]]) -> None:
    rows = agri(processing("E1", 2020, 4, 50), processing("E1", 2022, 4, 100))
    assert picked(rows, "year", "sales_revenue_yoy_pct") == [(2020, None), (2022, None)]


def test_the_matched_rate_counts_enterprises_of_both_years_only(agri: Callable[..., list[Row]]) -> None:
    rows = agri(
        processing("stays", 2021, 4, 100),
        processing("stays", 2022, 4, 120),
        processing("leaves", 2021, 4, 80),
        processing("comes", 2022, 4, 30),
    )
    names = ("sales_revenue_yoy_pct", "matched_enterprises", "matched_sales_revenue_yuan")
    assert picked(rows, *names, "matched_sales_revenue_yoy_pct", "matched_output_value_yoy_pct")[1] == (
        Decimal("-16.67"), 1, Decimal(120), Decimal("20.00"), Decimal("20.00"),
    )  # fmt: skip


def test_a_matched_enterprise_counts_under_this_years_cluster(agri: Callable[..., list[Row]]) -> None:
    rows = agri(processing("E1", 2021, 4, 100, "乳品"), processing("E1", 2022, 4, 150, "药茶"))
    names = ("year", "cluster", "enterprises", "sales_revenue_yuan", "matched_sales_revenue_yoy_pct")
    assert picked(rows, *names) == [
        (2021, "乳品", 1, Decimal(100), None),
        (2022, "乳品", 0, Decimal(0), None),
        (2022, "药茶", 1, Decimal(150), Decimal("50.00")),
    ]  # fmt: skip


def test_each_years_previous_figures_add_up_to_the_year_before(agri: Callable[..., list[Row]]) -> None:
    rows = agri(
        processing("E1", 2021, 4, 100, "乳品"),
        processing("E2", 2021, 4, 40, "酿品"),
        processing("E1", 2022, 4, 150, "药茶"),
    )
    of_2021 = sum(row["sales_revenue_yuan"] for row in rows if row["year"] == 2021)
    previous = sum(row["previous_sales_revenue_yuan"] or 0 for row in rows if row["year"] == 2022)
    assert (of_2021, previous) == (Decimal(140), Decimal(140))


def event(number: str, day: date, amount: int, household: str = "rcb/h1", **fields: Any) -> Row:
    return {
        "institution_code": "rcb",
        "note_number": number,
        "division_key": GAOSHAN,
        "household_key": household,
        "borrower_type": "农户",
        "is_farm_household": True,
        "is_new_disbursement": True,
        "event_date": day,
        "amount_yuan": Decimal(amount),
    } | fields


MONTHS = [
    {"month_start_date": date(year, month, 1), "month_label": f"{year}-{month:02d}"}
    for year in (2020, 2021, 2022)
    for month in range(1, 13)
]


@pytest.fixture
def loans(run_model: RunModel) -> Callable[..., dict[str, Row]]:
    def run(*events: Row, as_of: date = date(2021, 4, 30)) -> dict[str, Row]:
        rows = run_model(
            "mart_loan_disbursement",
            fact_loan_disbursement=list(events),
            fact_loan_balance=[{"institution_code": "rcb", "as_of_date": as_of}],
            dim_date=MONTHS,
            dim_division=TOWNSHIPS,
            ref_reporter=[{"reporter_code": "rcb", "name": "农商行", "kind": "bank"}],
        )
        assert len({row["month_label"] for row in rows}) == len(rows)
        return {row["month_label"]: row for row in rows}

    return run


def test_months_follow_without_gaps_to_the_latest_data(loans: Callable[..., dict[str, Row]]) -> None:
    months = loans(event("N1", date(2021, 2, 3), 100))
    assert {month: (row["amount_yuan"], row["cumulative_amount_yuan"]) for month, row in months.items()} == {
        "2021-01": (Decimal(0), Decimal(0)),
        "2021-02": (Decimal(100), Decimal(100)),
        "2021-03": (Decimal(0), Decimal(100)),
        "2021-04": (Decimal(0), Decimal(100)),
    }


def test_what_was_granted_before_the_start_is_not_cumulated(loans: Callable[..., dict[str, Row]]) -> None:
    months = loans(event("N1", date(2020, 12, 31), 500), event("N2", date(2021, 1, 1), 100))
    assert min(months) == "2021-01"
    assert months["2021-04"]["cumulative_amount_yuan"] == Decimal(100)


def test_notes_and_distinct_households_are_counted(loans: Callable[..., dict[str, Row]]) -> None:
    months = loans(
        event("N1", date(2021, 2, 3), 10, "rcb/h1"),
        event("N2", date(2021, 2, 9), 20, "rcb/h1"),
        event("N3", date(2021, 2, 9), 30, "rcb/h2"),
        event("N4", date(2021, 4, 9), 40, "rcb/h1"),
    )
    names = ("farm_amount_yuan", "farm_notes", "farm_households", "cumulative_farm_households")
    assert picked([months["2021-02"], months["2021-04"]], *names) == [
        (Decimal(60), 3, 2, 2),
        (Decimal(40), 1, 1, 2),
    ]


def test_renewals_are_not_counted(loans: Callable[..., dict[str, Row]]) -> None:
    months = loans(
        event("N1", date(2021, 2, 3), 100),
        event("N2", date(2021, 2, 4), 900, is_new_disbursement=False),
    )
    assert picked([months["2021-02"]], "amount_yuan", "notes") == [(Decimal(100), 1)]


def test_a_reversal_is_taken_off_in_its_own_month_and_its_household_counts_in_none(
    loans: Callable[..., dict[str, Row]],
) -> None:
    months = loans(
        event("N1", date(2021, 2, 3), 100, is_reversed=True),
        event("N2", date(2021, 2, 4), 30, "rcb/h2"),
        event("N1", date(2021, 4, 30), -100, is_reversed=True, transaction_serial="S9"),
    )
    names = ("amount_yuan", "cumulative_farm_amount_yuan", "farm_notes", "cumulative_farm_households")
    assert picked([months["2021-02"], months["2021-04"]], *names) == [
        (Decimal(130), Decimal(130), 1, 1),
        (Decimal(-100), Decimal(30), 0, 1),
    ]


def test_a_borrower_of_unknown_type_is_shown_and_is_no_farm_household(
    loans: Callable[..., dict[str, Row]],
) -> None:
    months = loans(
        event("N1", date(2021, 2, 3), 100),
        event("N2", date(2021, 2, 4), 70, borrower_type="unknown", is_farm_household=False),
        event("N3", date(2021, 2, 4), 50, borrower_type="企业", is_farm_household=False),
    )
    names = ("amount_yuan", "farm_amount_yuan", "unknown_borrower_amount_yuan", "unknown_borrower_notes")
    assert picked([months["2021-02"]], *names) == [(Decimal(220), Decimal(100), Decimal(70), 1)]


def village(code: str, name: str, **fields: Any) -> Row:
    return {
        "division_key": f"{code}@2020-06-30",
        "division_code": code,
        "canonical_name": name,
        "level": "village",
        "township_code": GAOSHAN,
        "township_name": "高山镇",
    } | fields


ON_LIST = [{"division_key": f"{code}@2020-06-30", "is_latest": True} for code in ("V1", "V2", GAOSHAN)]


def test_every_village_of_the_latest_list_has_a_row(run_model: RunModel) -> None:
    villages = run_model(
        "mart_village_overview",
        dim_division=[
            *(village("V1", "高山村"), village("V2", "张家湾村"), village("V0", "二台村")),
            village(GAOSHAN, "高山镇", level="town"),
        ],
        dim_division_basis=ON_LIST,
        fact_village_profile=[
            {"village_code": "V1", "year": 2021, "registered_households": 90, "has_bus_service": False},
            {"village_code": "V1", "year": 2022, "registered_households": 88, "has_bus_service": True},
        ],
    )
    names = (
        "village_name",
        "profile_year",
        "registered_households",
        "has_bus_service",
        "farm_loan_amount_yuan",
    )
    assert picked(villages, *names) == [
        ("高山村", 2022, 88, True, None),
        ("张家湾村", None, None, None, None),
    ]


def test_a_village_has_no_loans_only_where_some_are_reported(run_model: RunModel) -> None:
    villages = run_model(
        "mart_village_overview",
        dim_division=[village("V1", "高山村"), village("V2", "张家湾村")],
        dim_division_basis=ON_LIST,
        fact_loan_disbursement=[event("N1", date(2021, 2, 3), 100, division_key="V1@2020-06-30")],
    )
    names = ("village_name", "farm_loan_amount_yuan", "farm_loan_notes", "farm_loan_balance_yuan")
    assert picked(villages, *names) == [("高山村", Decimal(100), 1, None), ("张家湾村", Decimal(0), 0, None)]


def test_a_village_shows_the_loans_of_its_farm_households(run_model: RunModel) -> None:
    balance = {"division_key": "V1@2020-06-30", "institution_code": "rcb", "is_farm_household": True}
    villages = run_model(
        "mart_village_overview",
        dim_division=[village("V1", "高山村")],
        dim_division_basis=ON_LIST,
        fact_loan_disbursement=[
            event("N1", date(2021, 2, 3), 100, division_key="V1@2020-06-30"),
            event("N2", date(2022, 2, 3), 50, division_key="V1@2020-06-30"),
            event("N3", date(2022, 2, 3), 7, division_key="V1@2020-06-30", is_farm_household=False),
            event("N4", date(2022, 2, 3), 7, division_key="V1@2020-06-30", is_new_disbursement=False),
            event("N5", date(2020, 2, 3), 7, division_key="V1@2020-06-30"),
        ],
        fact_loan_balance=[
            balance | {"as_of_date": date(2022, 11, 30), "balance_yuan": Decimal(90)},
            balance | {"as_of_date": date(2022, 12, 31), "balance_yuan": Decimal(80)},
            balance
            | {"as_of_date": date(2022, 12, 31), "balance_yuan": Decimal(9), "is_farm_household": False},
        ],
    )
    names = ("farm_loan_amount_yuan", "farm_loan_notes", "farm_loan_households", "farm_loan_balance_yuan")
    assert picked(villages, *names) == [(Decimal(150), 2, 1, Decimal(80))]
