"""Months added up, and amounts per head."""

from collections.abc import Callable
from typing import Any

from tests.warehouse.two_townships import DIVISIONS, HIGH, REPORTERS, Row, sales, visits

Given = Callable[..., Callable[[str], list[Row]]]
SERIES = """
select series, value, previous_value, change_pct, status
from mart_figure_series
where division_level = 'county' and period = '{}' and indicator_code = '{}'
"""


def series(
    given: Given, period: str, code: str = "rural_tourism_visits", **tables: list[Row]
) -> dict[str, tuple[Any, ...]]:
    select = given(ref_division=DIVISIONS, ref_reporter=REPORTERS, **tables)
    rows = select(SERIES.format(period, code))
    return {row["series"]: tuple(row.values())[1:] for row in rows}


def test_january_and_february_stand_together(given: Given) -> None:
    """The Spring Festival falls in either."""
    rows = [
        visits("gaoshan", month, number)
        for month, number in [("2021-01", 40), ("2021-02", 60), ("2022-01", 60), ("2022-02", 50)]
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


def test_amounts_are_given_per_head_of_the_registered_population(given: Given) -> None:
    village = {"village_code": HIGH, "reporter_code": "gaoshan", "period": "2022", "registered_persons": 40}
    per_head = series(
        given, "2022", "agri_processing_sales_revenue",
        staged_agri_processing=[sales("gaoshan", "2022-Q4", 100)], staged_village_profile=[village],
    )  # fmt: skip
    assert per_head == {"per_head": (2.5, None, None, "final")}
