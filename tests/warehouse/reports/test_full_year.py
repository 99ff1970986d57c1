"""Which year pages are of: the last full one, also when the first reports of the next are in."""

import duckdb
import polars as pl
import pytest

from warehouse.reports.bulletin.figures import Query, full_year
from warehouse.reports.quality.reading import SQL


def warehouse(figures: dict[str, int]) -> Query:
    """A warehouse with so many figures of the county of each year."""
    rows = [(period, f"i{number}") for period, count in figures.items() for number in range(count)]
    connection = duckdb.connect()
    connection.execute(
        "create table mart_figure as select unnest($1) as period, unnest($2) as indicator_code, '数' as indicator_name,"
        " 'county' as division_level, 'year' as period_grain, 'period' as basis, 1 as value, '个' as unit,"
        " 'final' as status, '' as status_reasons",
        [[period for period, _ in rows], [code for _, code in rows]],
    )

    def query(sql: str) -> pl.DataFrame:
        result = connection.execute(sql)
        return pl.DataFrame(result.fetchall(), schema=[name for name, *_ in result.description], orient="row")

    return query


@pytest.mark.parametrize(
    ("figures", "year"),
    [
        ({"2021": 10, "2022": 12}, 2022),
        ({"2021": 10, "2022": 12, "2023": 2}, 2022),
        ({"2021": 10, "2022": 12, "2023": 6}, 2023),
        ({"2022": 1}, 2022),
    ],
)
def test_the_first_reports_of_a_year_do_not_make_it_the_year_of_the_pages(
    figures: dict[str, int], year: int
) -> None:
    query = warehouse(figures)

    assert full_year(query) == year
    assert set(query(SQL["figures"])["period"]) == {str(year)}
