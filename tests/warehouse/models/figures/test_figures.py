"""The values of figures, from staged rows of two townships and a bank."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests.warehouse.two_townships import DEEP, DIVISIONS, FAR, GAOSHAN, HIGH, KOUQUAN, Figures, Row, division


def columns(figures: Figures, *names: str, period: str = "2022") -> dict[str, tuple[Any, ...]]:
    """Some columns of one period's figures, by division."""
    return {place: tuple(row[n] for n in names) for (place, when), row in figures.items() if when == period}


def values(figures: Figures, period: str = "2022") -> dict[str, Any]:
    return {place: value for place, (value,) in columns(figures, "value", period=period).items()}


def enterprise(code: str, period: str, sales: int, reporter: str = "gaoshan", **fields: Any) -> Row:
    return {
        "credit_code": code, "reporter_code": reporter, "period": period, "cluster": "乳品",
        "sales_revenue_ytd_yuan": Decimal(sales),
    } | fields  # fmt: skip


def village(code: str, period: str = "2022", reporter: str = "gaoshan", **fields: Any) -> Row:
    return {"village_code": code, "reporter_code": reporter, "period": period} | fields


def site(month: str, visits: int, village_code: str = HIGH, reporter: str = "gaoshan") -> Row:
    delivery = {"village_code": village_code, "reporter_code": reporter, "period": month}
    return delivery | {"site_name": "窑洞", "visits": visits}


def note(number: str, granted: date, amount: int, as_of: str = "2022-12-31", **fields: Any) -> Row:
    return {
        "reporter_code": "rcb_yungang", "period": as_of, "note_number": number, "borrower_type": "农户",
        "village_code": HIGH, "borrower_key": "b", "household_key": "h", "grant_date": granted,
        "amount_yuan": Decimal(amount), "balance_yuan": Decimal(amount), "grant_type": "新增",
    } | fields  # fmt: skip


def test_townships_add_up_to_the_county(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "agri_processing_sales_revenue",
        staged_agri_processing=[
            enterprise("E1", "2022-Q4", 100),
            enterprise("E2", "2022-Q4", 20),
            enterprise("E3", "2022-Q4", 3, "kouquan"),
        ],
    )
    assert values(computed) == {"云冈区": 123, "高山镇": 120, "口泉乡": 3}


def test_a_cumulative_year_is_its_last_quarter(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "agri_processing_sales_revenue",
        staged_agri_processing=[
            enterprise("E1", "2022-Q3", 70),
            enterprise("E1", "2022-Q4", 100),
            enterprise("E3", "2022-Q3", 2, "kouquan"),
        ],
    )
    assert values(computed) == {"云冈区": 102, "高山镇": 100, "口泉乡": 2}
    assert values(computed, "2022-Q3") == {"云冈区": 72, "高山镇": 70, "口泉乡": 2}
    assert values(computed, "2022-Q4") == {"云冈区": 100, "高山镇": 100}


def test_monthly_flows_add_up_to_quarter_and_year(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "rural_tourism_visits",
        staged_rural_tourism=[site("2022-01", 5), site("2022-03", 7), site("2022-04", 30)],
    )
    assert {period: row["value"] for (place, period), row in computed.items() if place == "云冈区"} == {
        "2022-01": 5, "2022-03": 7, "2022-04": 30, "2022-Q1": 12, "2022-Q2": 30, "2022": 42,
    }  # fmt: skip


def test_figures_to_date_count_from_their_start(figures: Callable[..., Figures]) -> None:
    before, first, second = date(2020, 12, 31), date(2021, 1, 1), date(2022, 6, 1)
    computed = figures(
        "farmer_loan_disbursed_cum",
        staged_loan_note=[
            note("N0", before, 1000, "2021-12-31"),
            note("N1", first, 100, "2021-12-31"),
            note("N1", first, 100),
            note("N2", second, 20),
        ],
    )
    assert values(computed, "2021") == {"云冈区": 100, "高山镇": 100, "高山村": 100}
    assert values(computed) == {"云冈区": 120, "高山镇": 120, "高山村": 120}


def test_loans_count_where_they_were_granted_not_where_they_were_reported(
    figures: Callable[..., Figures],
) -> None:
    computed = figures(
        "farm_loan_disbursed",
        staged_loan_note=[note("N1", date(2022, 11, 30), 100), note("N2", date(2022, 12, 1), 20)],
    )
    assert values(computed, "2022-12") == {"云冈区": 20, "高山镇": 20, "高山村": 20}
    assert values(computed, "2022-Q4") == {"云冈区": 120, "高山镇": 120, "高山村": 120}


def test_what_is_counted_once_is_counted_once_at_each_level(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "processing_cluster_named_count",
        staged_agri_processing=[
            enterprise("E1", "2022-Q4", 1, cluster="乳品"),
            enterprise("E2", "2022-Q4", 1, cluster="乳品"),
            enterprise("E3", "2022-Q4", 1, cluster="药茶"),
            enterprise("E4", "2022-Q4", 1, "kouquan", cluster="乳品"),
        ],
    )
    assert values(computed) == {"云冈区": 2, "高山镇": 2, "口泉乡": 1}


def test_a_ratio_is_taken_anew_at_each_level(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "village_bus_coverage_rate",
        staged_village_profile=[
            village(HIGH, has_bus_service=True),
            village(FAR, has_bus_service=False),
            village(DEEP, reporter="kouquan", has_bus_service=True),
        ],
    )
    assert columns(computed, "value", "numerator", "denominator") == {
        "云冈区": (Decimal("66.6667"), 2, 3),
        "高山镇": (50, 1, 2),
        "口泉乡": (100, 1, 1),
        "高山村": (100, 1, 1),
        "远山村": (0, 0, 1),
        "深沟村": (100, 1, 1),
    }


def test_a_ratio_to_nothing_has_no_value(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "tap_water_coverage_rate",
        staged_village_profile=[
            village(HIGH, registered_households=0, tap_water_households=0),
            village(FAR, registered_households=80, tap_water_households=60),
        ],
    )
    assert columns(computed, "value", "numerator", "denominator") == {
        "云冈区": (75, 60, 80),
        "高山镇": (75, 60, 80),
        "高山村": (None, 0, 0),
        "远山村": (75, 60, 80),
    }


def test_who_reported_nothing_that_fits_has_zero_and_who_did_not_report_no_figure(
    figures: Callable[..., Figures],
) -> None:
    computed = figures(
        "farm_loan_balance",
        staged_loan_note=[note("N1", date(2022, 1, 1), 100, borrower_type="企业", village_code=FAR)],
    )
    assert values(computed) == {"云冈区": 0, "高山镇": 0, "远山村": 0}


def test_rows_of_unknown_places_are_the_countys_and_unknown(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "farm_loan_balance",
        staged_loan_note=[
            note("N1", date(2022, 1, 1), 100),
            note("N2", date(2022, 1, 1), 7, village_code=None),
        ],
    )
    assert values(computed) == {"云冈区": 107, "高山镇": 100, "高山村": 100, "未分乡镇": 7}
    assert columns(computed, "division_code", "division_level")["未分乡镇"] == ("unassigned", "unassigned")


def test_a_place_keeps_its_figures_after_it_left_the_list(figures: Callable[..., Figures]) -> None:
    left = division(HIGH, "高山村", "village", GAOSHAN, valid_to=date(2021, 10, 31))
    computed = figures(
        "farm_loan_balance",
        ref_division=[*DIVISIONS[:3], left],
        staged_loan_note=[note("N1", date(2022, 1, 1), 100)],
    )
    assert values(computed) == {"云冈区": 100, "高山镇": 100, "高山村": 100}


def test_villages_are_counted_on_the_basis_of_each_list(figures: Callable[..., Figures]) -> None:
    left = division(FAR, "远山村", "village", GAOSHAN, valid_to=date(2021, 10, 31))
    came = division(DEEP, "深沟村", "village", KOUQUAN, valid_from=date(2021, 10, 31))
    computed = figures("admin_village_count", ref_division=[*DIVISIONS[:4], left, came])

    assert columns(computed, "value", "basis", period="2020") == {
        "云冈区": (2, "2020"), "高山镇": (2, "2020"), "口泉乡": (0, "2020"),
    }  # fmt: skip
    assert columns(computed, "value", "basis", period="2022") == {
        "云冈区": (2, "2022"), "高山镇": (1, "2022"), "口泉乡": (1, "2022"),
    }  # fmt: skip
    assert {place for place, _ in computed} == {"云冈区", "高山镇", "口泉乡"}


def test_rows_that_are_counted_and_flagged_are_told(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "agri_processing_sales_revenue",
        staged_agri_processing=[
            enterprise("E1", "2022-Q4", 100, flags="jump"),
            enterprise("E2", "2022-Q4", 20),
            enterprise("E3", "2022-Q3", 3, flags="jump"),
        ],
    )
    assert columns(computed, "source_rows", "flagged_rows")["云冈区"] == (2, 1)


def test_rows_that_are_counted_and_corrected_are_told(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "agri_processing_sales_revenue",
        staged_agri_processing=[
            enterprise("E1", "2022-Q4", 100, corrected="sales_revenue_ytd_yuan"),
            enterprise("E2", "2022-Q4", 20),
            enterprise("E3", "2022-Q3", 3, corrected="sales_revenue_ytd_yuan"),
        ],
    )
    assert columns(computed, "source_rows", "corrected_rows")["云冈区"] == (2, 1)
