"""The national plan's indicators as analysts find them."""

from pathlib import Path

from warehouse.database.query import query
from warehouse.database.store import Store


def test_every_national_indicator_that_is_fed_has_a_figure(sample_home: Path) -> None:
    rows = query(
        Store(sample_home),
        "select n.national_code, n.indicator_code is not null as is_fed, count(f.value) as figures "
        "from dim_national_indicator as n left join mart_figure as f on f.indicator_code = n.indicator_code "
        "and f.period = '2022' and f.division_level = 'county' group by all",
    )
    assert rows.height == 22
    assert [code for code, is_fed, figures in rows.iter_rows() if is_fed != (figures == 1)] == []
