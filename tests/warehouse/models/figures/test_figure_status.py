"""How complete a figure is, and the same of the year before."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.warehouse.two_townships import (
    DEEP,
    HIGH,
    Figures,
    expected,
    in_force,
    note,
    sales,
    visits,
)


def statuses(figures: Figures, period: str = "2022") -> dict[str, str]:
    return {place: row["status"] for (place, when), row in figures.items() if when == period}


SALES = "agri_processing_sales_revenue"


def test_what_is_held_is_missing_in_the_figure(figures: Callable[..., Figures]) -> None:
    held = in_force("agri_processing", "kouquan", "2022-Q4") | {
        "is_in_force": False, "is_open": True, "outcome": "held", "delivery_id": "held"
    }  # fmt: skip
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q4")],
        source_expected_delivery=[
            *expected("agri_processing", "gaoshan", "2022-Q4"),
            *expected("agri_processing", "kouquan", "2022-Q4", is_due=False),
        ],
        source_delivery=[in_force("agri_processing", "gaoshan", "2022-Q4"), held],
    )
    county = computed["云冈区", "2022"]
    assert (county["status"], county["missing_deliveries"], county["value"]) == ("incomplete", 1, 100)


def test_what_came_before_its_period_ended_is_provisional(figures: Callable[..., Figures]) -> None:
    early = [
        row | {"is_early": True} for row in expected("agri_processing", "gaoshan", "2022-Q4", is_due=False)
    ]
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q4")],
        source_expected_delivery=early,
        source_delivery=[in_force("agri_processing", "gaoshan", "2022-Q4")],
    )
    assert computed["云冈区", "2022"]["status"] == "provisional"


def test_what_all_have_reported_is_final(figures: Callable[..., Figures]) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q4"), sales("kouquan", "2022-Q4")],
        source_expected_delivery=[
            *expected("agri_processing", "gaoshan", "2022-Q4"),
            *expected("agri_processing", "kouquan", "2022-Q4"),
        ],
    )
    assert statuses(computed) == {"云冈区": "final", "高山镇": "final", "口泉乡": "final"}


def test_a_year_without_its_last_quarter_is_provisional(figures: Callable[..., Figures]) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q3", 70), sales("kouquan", "2022-Q4", 30)],
        source_expected_delivery=[
            *expected("agri_processing", "gaoshan", "2022-Q3"),
            *expected("agri_processing", "gaoshan", "2022-Q4", is_due=False),
            *expected("agri_processing", "kouquan", "2022-Q3", "2022-Q4"),
        ],
    )
    assert statuses(computed) == {"云冈区": "provisional", "高山镇": "provisional", "口泉乡": "final"}
    assert computed["云冈区", "2022"]["value"] == 100


def test_a_year_of_which_nothing_came_is_incomplete_once_it_is_due(figures: Callable[..., Figures]) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[sales("kouquan", "2022-Q4")],
        source_expected_delivery=[
            *expected("agri_processing", "gaoshan", "2022-Q3", "2022-Q4"),
            *expected("agri_processing", "kouquan", "2022-Q4"),
        ],
    )
    assert statuses(computed) == {"云冈区": "incomplete", "口泉乡": "final"}
    assert computed["云冈区", "2022"]["missing_deliveries"] == 1


def test_a_sum_needs_every_month(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "rural_tourism_visits",
        staged_rural_tourism=[visits("gaoshan", "2022-01"), visits("gaoshan", "2022-04")],
        source_expected_delivery=[
            *expected("rural_tourism", "gaoshan", "2022-01", "2022-02", "2022-03", "2022-04"),
            *expected("rural_tourism", "gaoshan", "2022-05", is_due=False),
        ],
    )
    assert {period: (row["status"], row["missing_deliveries"]) for (_, period), row in computed.items()} == {
        "2022-01": ("final", 0),
        "2022-04": ("final", 0),
        "2022-Q1": ("incomplete", 2),
        "2022-Q2": ("provisional", 0),
        "2022": ("incomplete", 2),
    }


def test_rejected_rows_make_a_figure_incomplete(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "farm_loan_balance",
        staged_loan_note=[note(HIGH, period="2022-11-30"), note(HIGH)],
        source_delivery=[
            in_force("loan_note", "rcb_yungang", "2022-11-30", rejected_rows=5),
            in_force("loan_note", "rcb_yungang", "2022-12-31", rejected_rows=2),
        ],
        source_expected_delivery=expected("loan_note", "rcb_yungang", "2022-11-30", "2022-12-31"),
    )
    assert (computed["云冈区", "2022"]["status"], computed["云冈区", "2022"]["rejected_rows"]) == (
        "incomplete",
        2,
    )
    assert computed["云冈区", "2022-11"]["rejected_rows"] == 5


def test_a_printed_total_that_disagrees_is_disputed(figures: Callable[..., Figures]) -> None:
    total = {"field": "visits", "cell": "D9", "agrees": False}
    computed = figures(
        "rural_tourism_visits",
        staged_rural_tourism=[visits("gaoshan", "2022-01"), visits("kouquan", "2022-01")],
        source_control_total=[
            total | {"delivery_id": "rural_tourism/gaoshan/2022-01"},
            total | {"delivery_id": "rural_tourism/kouquan/2022-01", "agrees": True},
        ],
        source_expected_delivery=[
            *expected("rural_tourism", "gaoshan", "2022-01"),
            *expected("rural_tourism", "kouquan", "2022-01"),
        ],
    )
    assert statuses(computed) == {
        "云冈区": "disputed", "高山镇": "disputed", "高山村": "disputed", "口泉乡": "final", "深沟村": "final",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rejected_rows", "agrees", "status"),
    [(0, True, "provisional"), (1, True, "incomplete"), (1, False, "disputed"), (0, False, "disputed")],
)
def test_the_weakest_status_wins(
    figures: Callable[..., Figures], rejected_rows: int, agrees: bool, status: str
) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[sales("gaoshan", "2022-Q3")],
        source_delivery=[in_force("agri_processing", "gaoshan", "2022-Q3", rejected_rows)],
        source_control_total=[{"delivery_id": "agri_processing/gaoshan/2022-Q3", "agrees": agrees}],
        source_expected_delivery=[
            *expected("agri_processing", "gaoshan", "2022-Q3"),
            *expected("agri_processing", "gaoshan", "2022-Q4", is_due=False),
        ],
    )
    assert statuses(computed) == {"云冈区": status, "高山镇": status}


def test_a_bank_that_is_missing_leaves_every_place_incomplete(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "farm_loan_disbursed",
        staged_loan_note=[note(HIGH), note(DEEP)],
        source_expected_delivery=[
            *expected("loan_note", "rcb_yungang", "2022-12-31"),
            *expected("loan_transaction", "psbc_yungang", "2022-11-30"),
        ],
    )
    assert set(statuses(computed)) == {"云冈区", "高山镇", "口泉乡", "高山村", "深沟村"}
    assert set(statuses(computed).values()) == {"incomplete"}


def test_one_banks_own_figure_needs_no_other_bank(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "farmer_loan_disbursed_cum",
        staged_loan_note=[note(HIGH)],
        source_expected_delivery=[
            *expected("loan_note", "rcb_yungang", "2022-12-31"),
            *expected("loan_note", "psbc_yungang", "2022-12-31"),
        ],
    )
    assert statuses(computed) == {"云冈区": "final", "高山镇": "final", "高山村": "final"}


def test_a_figure_to_date_needs_the_flows_of_all_years_since_its_start(
    figures: Callable[..., Figures],
) -> None:
    computed = figures(
        "farm_loan_household_to_date_count",
        staged_loan_note=[note(HIGH)],
        source_expected_delivery=[
            *expected("loan_note", "rcb_yungang", "2022-12-31"),
            *expected("loan_transaction", "psbc_yungang", "2021-03-31"),
        ],
    )
    assert computed["云冈区", "2022"]["missing_deliveries"] == 1


def compared(figures: Figures, period: str) -> dict[str, tuple[Any, ...]]:
    names = ("value", "previous_value", "change_value", "change_pct")
    return {place: tuple(row[n] for n in names) for (place, when), row in figures.items() if when == period}


def test_growth_compares_the_same_quarter_of_the_year_before(figures: Callable[..., Figures]) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[
            sales("gaoshan", "2021-Q3", 60),
            sales("gaoshan", "2021-Q4", 90),
            sales("gaoshan", "2022-Q3", 75),
        ],
    )
    grown, not_comparable = (75, 60, 15, Decimal("25.00")), (75, 90, None, None)
    assert compared(computed, "2022-Q3") == {"云冈区": grown, "高山镇": grown}
    assert compared(computed, "2022") == {"云冈区": not_comparable, "高山镇": not_comparable}


def test_growth_compares_the_same_months_of_the_year_before(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "rural_tourism_visits",
        staged_rural_tourism=[
            visits("gaoshan", "2021-01", 10), visits("gaoshan", "2021-02", 20), visits("gaoshan", "2021-03", 900),
            visits("gaoshan", "2022-01", 12), visits("gaoshan", "2022-02", 24),
        ],
    )  # fmt: skip
    assert compared(computed, "2022-02")["高山村"] == (24, 20, 4, Decimal("20.00"))
    assert compared(computed, "2022")["高山村"] == (36, 930, None, None)


def test_a_sum_that_is_still_to_grow_is_compared_provisionally(figures: Callable[..., Figures]) -> None:
    computed = figures(
        "rural_tourism_visits",
        staged_rural_tourism=[visits("gaoshan", "2021-01"), visits("gaoshan", "2022-01")],
        source_expected_delivery=expected("rural_tourism", "gaoshan", "2022-02", is_due=False),
    )
    assert compared(computed, "2022")["高山村"] == compared(computed, "2022-01")["高山村"] == (10, 10, 0, 0)
    assert [computed["高山村", period]["change_status"] for period in ("2022", "2022-01")] == [
        "provisional",
        "final",
    ]


def test_nothing_is_compared_with_a_year_that_is_missing(figures: Callable[..., Figures]) -> None:
    computed = figures(
        SALES, staged_agri_processing=[sales("gaoshan", "2020-Q4"), sales("gaoshan", "2022-Q4", 150)]
    )
    assert compared(computed, "2022") == dict.fromkeys(["云冈区", "高山镇"], (150, None, None, None))


def test_a_ratio_changes_by_points(figures: Callable[..., Figures]) -> None:
    profile = {"reporter_code": "gaoshan", "village_code": HIGH, "registered_households": 80}
    computed = figures(
        "tap_water_coverage_rate",
        staged_village_profile=[
            profile | {"period": "2021", "tap_water_households": 40},
            profile | {"period": "2022", "tap_water_households": 60},
        ],
    )
    assert compared(computed, "2022")["高山村"] == (75, 50, 25, None)
