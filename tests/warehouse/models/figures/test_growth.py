"""A growth: this year's figure over last year's, its rows and its status those of both years."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from sources.text.period import period_end

Row = dict[str, Any]
Given = Callable[..., Callable[[str], list[Row]]]
FUND, GROWTH = "fiscal_rural_revitalization_fund", "fiscal_fund_yoy_growth"
COUNTY = "select * from mart_figure where division_level = 'county' and indicator_code = '{}' order by period"


def project(number: str, year: str, budgeted: int, level: str = "区级") -> Row:
    return {
        "project_number": number, "period": year, "level": level, "reporter_code": "rcb",
        "budgeted_yuan": Decimal(budgeted),
    }  # fmt: skip


FUNDS = [
    project("A", "2021", 300), project("B", "2021", 100), project("C", "2021", 9000, "中央"),
    project("D", "2022", 500), project("E", "2022", 7, "市级"),
]  # fmt: skip


@pytest.fixture
def figure(given: Given) -> Callable[..., dict[str, Row]]:
    """The county's figures of one indicator, by year."""

    def of(code: str, rows: list[Row] = FUNDS, **tables: list[Row]) -> dict[str, Row]:
        select = given(code, staged_fiscal_fund=rows, **tables)
        return {row["period"]: row for row in select(COUNTY.format(code))}

    return of


def test_it_is_told_in_percent_beside_both_years(figure: Callable[..., dict[str, Row]]) -> None:
    growth = figure(GROWTH)["2022"]
    assert (growth["value"], growth["numerator"], growth["denominator"]) == (25, 500, 400)
    assert (growth["source_rows"], growth["previous_value"], growth["change_pct"]) == (2, None, None)


def test_a_year_without_one_before_has_none(figure: Callable[..., dict[str, Row]]) -> None:
    assert figure(GROWTH).keys() == {"2022"}


def test_it_can_be_negative(figure: Callable[..., dict[str, Row]]) -> None:
    assert figure(GROWTH, [project("A", "2021", 300), project("A", "2022", 200)])["2022"]["value"] == Decimal(
        "-33.3333"
    )


def test_over_nothing_there_is_no_growth(figure: Callable[..., dict[str, Row]]) -> None:
    assert figure(GROWTH, [project("A", "2021", 0), project("A", "2022", 200)])["2022"]["value"] is None


def test_a_delivery_missing_last_year_leaves_it_incomplete(figure: Callable[..., dict[str, Row]]) -> None:
    owed = [
        {"staged_table": "fiscal_fund", "reporter_code": reporter, "period": year, "is_due": True}
        | {"period_end_date": period_end(year)}
        for reporter, year in [("rcb", "2021"), ("rcb", "2022"), ("gaoshan", "2021")]
    ]
    growth = figure(GROWTH, source_expected_delivery=owed)["2022"]
    assert (growth["status"], growth["missing_deliveries"]) == ("incomplete", 1)
    assert figure(FUND, source_expected_delivery=owed)["2022"]["status"] == "final"


def test_its_cells_are_those_of_both_years(given: Given) -> None:
    select = given(GROWTH, staged_fiscal_fund=FUNDS)
    cells = f"select term, value from mart_figure_cell where indicator_code = '{GROWTH}' and is_counted"
    rows = select(f"{cells} and period = '2022' order by all")
    assert [tuple(row.values()) for row in rows] == [
        ("denominator", 100),
        ("denominator", 300),
        ("numerator", 500),
    ]
