"""Growth is over what both years have, and says so where that is too little."""

from collections.abc import Callable
from decimal import Decimal

from tests.warehouse.two_townships import (
    FAR,
    HIGH,
    Figures,
    Row,
    columns_of,
    in_force,
    sales,
    village,
    visits,
)

Build = Callable[..., Figures]
SALES, COUNTY = "agri_processing_sales_revenue", ("云冈区", "2022")
WASTE = "rural_waste_treatment_rate"


def test_growth_is_over_the_townships_that_reported_in_both_years(figures: Build) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[
            sales("gaoshan", "2021-Q4", 100),
            sales("gaoshan", "2022-Q4", 100),
            sales("kouquan", "2022-Q4", 12),
        ],
    )
    assert columns_of(computed[COUNTY], "value", "previous_value", "change_value", "change_pct") == (
        112,
        100,
        0,
        0,
    )


def test_growth_is_unknown_where_less_than_four_fifths_compare(figures: Build) -> None:
    computed = figures(
        SALES,
        staged_agri_processing=[
            sales("gaoshan", "2021-Q4", 100),
            sales("gaoshan", "2022-Q4", 110),
            sales("kouquan", "2022-Q4", 40),
        ],
    )
    assert columns_of(computed[COUNTY], "previous_value", "change_pct", "change_status") == (100, None, None)


def test_entries_and_exits_count_as_growth_but_not_over_the_same_enterprises(figures: Build) -> None:
    def enterprise(code: str, period: str, amount: int) -> Row:
        return sales("gaoshan", period, amount) | {"credit_code": code}

    computed = figures(
        SALES,
        staged_agri_processing=[
            enterprise("A", "2021-Q4", 100), enterprise("B", "2021-Q4", 100),
            enterprise("A", "2022-Q4", 110), enterprise("C", "2022-Q4", 150),
        ],
    )  # fmt: skip
    assert columns_of(computed[COUNTY], "change_pct", "change_pct_same_units") == (30, 10)


def test_growth_over_a_list_is_over_the_villages_that_both_years_have(figures: Build) -> None:
    of_list = [
        in_force("living_environment", "gaoshan", month) | {"frame": "list", "frame_rows": 2}
        for month in ("2021-12", "2022-12")
    ]
    computed = figures(
        "village_cleaner_count",
        staged_living_environment=[
            village(HIGH, "2021-12", 90) | {"cleaners": 10},
            village(HIGH, "2022-12", 90) | {"cleaners": 12},
            village(FAR, "2022-12", 90) | {"cleaners": 1},
        ],
        source_delivery=of_list,
    )
    assert columns_of(computed[COUNTY], "value", "previous_value", "change_pct") == (13, 10, 20)


def test_averages_change_in_per_cent_and_percentages_in_points(figures: Build) -> None:
    def household(year: str, yuan: int) -> Row:
        return {
            "reporter_code": "rcb_yungang", "period": year, "household_key": "a", "weight": Decimal(1),
            "resident_persons": 2, "disposable_income_yuan": Decimal(yuan),
        }  # fmt: skip

    income = figures(
        "rural_disposable_income_per_capita",
        staged_income_survey=[household("2021", 20_000), household("2022", 21_000)],
    )
    assert columns_of(income[COUNTY], "value", "change_value", "change_pct") == (10_500, 500, 5)
    waste = figures(
        WASTE, staged_living_environment=[village(HIGH, "2021-12", 90), village(HIGH, "2022-12", 95)]
    )
    assert columns_of(waste[COUNTY], "value", "change_value", "change_pct") == (95, 5, None)


def test_visits_of_a_village_that_began_are_compared_with_the_reporters_own_year_before(
    figures: Build,
) -> None:
    computed = figures(
        "rural_tourism_visits",
        staged_rural_tourism=[
            visits("gaoshan", "2021-01", 100), visits("gaoshan", "2022-01", 110),
            visits("gaoshan", "2022-01", 20) | {"village_code": FAR, "site_name": "水库"},
        ],
    )  # fmt: skip
    assert columns_of(computed["云冈区", "2022-01"], "value", "change_pct", "change_pct_same_units") == (
        130,
        30,
        10,
    )
