"""Months added up, and amounts per head."""

from collections.abc import Callable
from typing import Any

from tests.warehouse.two_townships import DIVISIONS, HIGH, REPORTERS, Row, sales, visits

Given = Callable[..., Callable[[str], list[Row]]]
SERIES = "select series, value, previous_value, change_pct, status from mart_figure_series where period = '{}' and division_level = 'county' {} order by series"


def series(given: Given, period: str, more: str = "", **tables: list[Row]) -> dict[str, tuple[Any, ...]]:
    select = given(ref_division=DIVISIONS, ref_reporter=REPORTERS, **tables)
    rows = select(SERIES.format(period, more))
    return {row["series"]: tuple(row.values())[1:] for row in rows}


def test_january_and_february_are_told_together(given: Given) -> None:
    """The Spring Festival falls in either."""
    rows = [
        visits("gaoshan", month, number)
        for month, number in [("2021-01", 10), ("2021-02", 90), ("2022-01", 100), ("2022-02", 10)]
    ]
    added = series(given, "2022-02", staged_rural_tourism=rows)
    assert added == {
        "january_february": (110, 100, 10, "final"),
        "year_to_date": (110, 100, 10, "final"),
    }


def test_twelve_months_are_added_up_where_none_is_missing(given: Given) -> None:
    months = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]
    rows = [visits("gaoshan", month, 10 if month < "2022" else 11) for month in months if month != "2022-02"]
    assert series(given, "2022-01", staged_rural_tourism=rows)["rolling_12_months"][:2] == (121, None)
    assert series(given, "2022-05", staged_rural_tourism=rows) == {}


def test_amounts_are_told_per_head_of_the_registered_population(given: Given) -> None:
    village = {"village_code": HIGH, "reporter_code": "gaoshan", "period": "2022", "registered_persons": 40}
    of_sales = "and indicator_code = 'agri_processing_sales_revenue'"
    told = series(
        given, "2022", of_sales,
        staged_agri_processing=[sales("gaoshan", "2022-Q4", 100)], staged_village_profile=[village],
    )  # fmt: skip
    assert told == {"per_head": (2.5, None, None, "final")}
