"""Each fact on a small table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.warehouse.periods import period_rows

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]

GAOSHAN = "140214101000"
VILLAGE = {
    "division_key": "140214101200@2020-06-30",
    "division_code": "140214101200",
    "township_code": GAOSHAN,
    "lookup_from": date(1900, 1, 1),
    "lookup_to": date(2021, 10, 31),
}
VILLAGE_LATER = VILLAGE | {
    "division_key": "140214101200@2021-10-31",
    "lookup_from": date(2021, 10, 31),
    "lookup_to": date(9999, 12, 31),
}
UNKNOWN = VILLAGE | {
    "division_key": "unknown",
    "division_code": "unknown",
    "township_code": "unknown",
    "lookup_to": date(9999, 12, 31),
}


def picked(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def processing(credit_code: str, period: str, sales: int) -> Row:
    return {
        "credit_code": credit_code,
        "period": period,
        "reporter_code": "gaoshan",
        "sales_revenue_ytd_yuan": Decimal(sales),
        "output_value_ytd_yuan": Decimal(sales),
    }


def test_a_processing_row_keeps_what_was_reported_and_where(run_model: RunModel) -> None:
    row = processing("E1", "2022-Q3", 500) | {"delivery_id": "d1", "sheet_name": "农产品加工", "sheet_row": 7}
    town = VILLAGE_LATER | {"division_code": GAOSHAN, "division_key": f"{GAOSHAN}@2021-10-31"}
    facts = run_model(
        "fact_agri_processing", staged_agri_processing=[row], dim_period=period_rows("2022-Q3"),
        ref_reporter=[{"reporter_code": "gaoshan", "division_code": GAOSHAN}], dim_division=[town],
    )  # fmt: skip
    names = ("delivery_id", "sheet_name", "sheet_row", "year", "quarter", "township_code", "division_key")
    assert picked(facts, *names, "sales_revenue_ytd_yuan") == [
        ("d1", "农产品加工", 7, 2022, 3, GAOSHAN, f"{GAOSHAN}@2021-10-31", Decimal(500))
    ]


def test_a_quarters_flow_is_this_minus_the_quarter_before(run_model: RunModel) -> None:
    rows = [
        processing("E1", "2021-Q4", 900),
        processing("E1", "2022-Q1", 100),
        processing("E1", "2022-Q2", 250),
        processing("E1", "2022-Q4", 400),
        processing("E2", "2022-Q3", 300),
        processing("E2", "2022-Q4", 280),
    ]
    periods = period_rows(*{row["period"] for row in rows})
    facts = run_model("fact_agri_processing", staged_agri_processing=rows, dim_period=periods)
    assert picked(facts, "credit_code", "period", "sales_revenue_quarter_yuan") == [
        ("E1", "2021-Q4", None),
        ("E1", "2022-Q1", Decimal(100)),
        ("E1", "2022-Q2", Decimal(150)),
        ("E2", "2022-Q3", None),
        ("E1", "2022-Q4", None),
        ("E2", "2022-Q4", Decimal(-20)),
    ]


def test_a_profile_is_of_the_village_as_it_was_at_the_end_of_the_year(run_model: RunModel) -> None:
    rows = [
        {"village_code": "140214101200", "period": "2020", "registered_households": 90},
        {"village_code": "140214101200", "period": "2021", "registered_households": 80},
    ]
    facts = run_model(
        "fact_village_profile",
        staged_village_profile=rows,
        dim_period=period_rows("2020", "2021"),
        dim_division=[VILLAGE, VILLAGE_LATER],
    )
    assert picked(facts, "year", "division_key", "township_code", "registered_households") == [
        (2020, "140214101200@2020-06-30", GAOSHAN, 90),
        (2021, "140214101200@2021-10-31", GAOSHAN, 80),
    ]


def test_a_months_visits_are_of_the_village_as_it_was_at_the_end_of_the_month(run_model: RunModel) -> None:
    site = {"village_code": "140214101200", "site_name": "古堡民俗院"}
    rows = [
        site | {"period": "2021-09", "visits": 30, "revenue_yuan": Decimal(1500)},
        site | {"period": "2021-10", "visits": 20, "revenue_yuan": Decimal(900)},
    ]
    facts = run_model(
        "fact_rural_tourism",
        staged_rural_tourism=rows,
        dim_period=period_rows("2021-09", "2021-10"),
        dim_division=[VILLAGE, VILLAGE_LATER],
    )
    assert picked(facts, "year", "month", "visits", "revenue_yuan", "division_key", "township_code") == [
        (2021, 9, 30, Decimal(1500), "140214101200@2020-06-30", GAOSHAN),
        (2021, 10, 20, Decimal(900), "140214101200@2021-10-31", GAOSHAN),
    ]


def note(number: str, period: str = "2022-12-31", amount: int | None = 100, **fields: Any) -> Row:
    return {
        "reporter_code": "rcb",
        "note_number": number,
        "period": period,
        "borrower_key": "b1",
        "borrower_type": "农户",
        "grant_date": date(2022, 3, 1),
        "amount_yuan": amount if amount is None else Decimal(amount),
        "balance_yuan": Decimal(40),
    } | fields


def grant(serial: str, number: str, amount: int = 100, **fields: Any) -> Row:
    return {
        "reporter_code": "rcb",
        "transaction_serial": serial,
        "note_number": number,
        "period": "2022-03-31",
        "borrower_key": "b1",
        "transaction_type": "发放",
        "transaction_amount_yuan": Decimal(amount),
        "grant_date": date(2022, 3, 1),
    } | fields


@pytest.fixture
def disbursed(run_model: RunModel) -> Callable[..., list[Row]]:
    def run(*notes: Row, flows: list[Row] | None = None) -> list[Row]:
        return run_model(
            "fact_loan_disbursement",
            staged_loan_note=list(notes),
            staged_loan_transaction=flows or [],
            dim_division=[VILLAGE, VILLAGE_LATER, UNKNOWN],
        )

    return run


def test_a_balance_is_kept_for_every_date(run_model: RunModel) -> None:
    notes = [note("N1", "2022-11-30"), note("N1", "2022-12-31", balance_yuan=Decimal(30))]
    facts = run_model("fact_loan_balance", staged_loan_note=notes, dim_division=[UNKNOWN])
    assert picked(facts, "note_number", "as_of_date", "balance_yuan") == [
        ("N1", date(2022, 11, 30), Decimal(40)),
        ("N1", date(2022, 12, 31), Decimal(30)),
    ]


def test_a_note_is_granted_once_as_its_first_snapshot_has_it(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note("N1", "2022-11-30", 120, delivery_id="later"),
        note("N1", "2022-04-30", 100, delivery_id="first", sheet_row=9),
    )
    assert picked(facts, "note_number", "amount_yuan", "grant_date", "delivery_id", "sheet_row") == [
        ("N1", Decimal(100), date(2022, 3, 1), "first", 9)
    ]


def test_numbers_that_are_equal_but_for_leading_zeros_are_one_note_which_is_flagged(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        note("002022110001", "2022-11-30"),
        note("2022110001", "2022-12-31", 100),
        note("0311", "2022-12-31", flags="row__hidden"),
        note("311", "2022-12-31"),
        note("N1", "2022-12-31"),
    )
    assert sorted(picked(facts, "note_number", "flags")) == [
        ("002022110001", "row__note_number_padded"),
        ("0311", "row__hidden;row__note_number_padded"),
        ("N1", None),
    ]


def test_a_grant_tells_the_corrected_fields_of_its_flow_and_of_its_note(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        note("N1", corrected="borrower_type"),
        note("N2"),
        flows=[grant("S1", "N1", corrected="transaction_amount_yuan"), grant("S2", "N2")],
    )
    assert picked(facts, "note_number", "corrected") == [
        ("N1", "transaction_amount_yuan;borrower_type"),
        ("N2", None),
    ]


def test_a_grant_may_be_older_than_the_first_snapshot(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(note("N1", "2021-01-31", grant_date=date(2019, 5, 6)))
    assert picked(facts, "grant_date", "is_new_disbursement") == [(date(2019, 5, 6), True)]


def test_the_same_number_at_two_banks_is_two_notes(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(note("N1"), note("N1", reporter_code="citic"))
    assert sorted(picked(facts, "institution_code", "note_number")) == [
        ("citic", "N1"),
        ("rcb", "N1"),
    ]


@pytest.mark.parametrize(
    ("fields", "is_new"),
    [
        ({"grant_type": None}, True),
        ({"grant_type": "新增"}, True),
        ({"grant_type": "借新还旧"}, False),
        ({"grant_type": "无还本续贷"}, False),
        ({"grant_type": "展期"}, False),
        ({"grant_type": "新增", "prior_note_number": "N0"}, False),
        ({"extension_count": 2}, True),
    ],
)
def test_a_renewal_is_kept_and_is_no_new_disbursement(
    disbursed: Callable[..., list[Row]], fields: Row, is_new: bool
) -> None:
    assert picked(disbursed(note("N1", **fields)), "is_new_disbursement") == [(is_new,)]


@pytest.mark.parametrize(
    ("reported", "kept", "is_farm"),
    [("农户", "农户", True), ("企业", "企业", False), (None, "unknown", False)],
)
def test_a_missing_borrower_type_is_unknown_and_no_farm_household(
    disbursed: Callable[..., list[Row]], reported: str | None, kept: str, is_farm: bool
) -> None:
    facts = disbursed(note("N1", borrower_type=reported))
    assert picked(facts, "borrower_type", "is_farm_household") == [(kept, is_farm)]


def test_a_loan_belongs_to_the_division_of_its_grant_date(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note("N1", village_code="140214101200", grant_date=date(2021, 10, 30)),
        note("N2", village_code="140214101200", grant_date=date(2021, 10, 31)),
        note("N3", village_code=None),
    )
    assert sorted(picked(facts, "note_number", "division_key")) == [
        ("N1", "140214101200@2020-06-30"),
        ("N2", "140214101200@2021-10-31"),
        ("N3", "unknown"),
    ]


def test_a_bank_that_sends_flows_is_counted_by_them(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note(
            "N1",
            "2022-03-31",
            None,
            household_key="h1",
            village_code="140214101200",
            due_date=date(2023, 3, 1),
        ),
        note("N2", "2022-03-31", None),
        note("N3", reporter_code="citic"),
        flows=[
            grant("S1", "N1", 60),
            grant("S2", "N1", 30, transaction_type="收回"),
            grant("S3", "N9", 50, borrower_key="b9"),
        ],
    )
    names = (
        "institution_code",
        "transaction_serial",
        "amount_yuan",
        "household_key",
        "division_key",
        "due_date",
    )
    assert sorted(picked(facts, *names)) == [
        ("citic", "", Decimal(100), "citic/b1", "unknown", date(2020, 6, 30)),
        ("rcb", "S1", Decimal(60), "rcb/h1", "140214101200@2021-10-31", date(2023, 3, 1)),
        ("rcb", "S3", Decimal(50), "rcb/b9", "unknown", None),
    ]


def test_a_stock_without_amounts_and_without_flows_grants_nothing(
    disbursed: Callable[..., list[Row]],
) -> None:
    assert disbursed(note("N1", "2022-03-31", None)) == []
