"""What a bulletin reads."""

from collections.abc import Callable

import duckdb
import pytest

from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.reports.bulletin.figures import NoBulletinFigures, YearOfFigures, read_year

Read = Callable[..., YearOfFigures]


def test_a_year_is_read_with_its_months_but_without_other_years(read_2022: Read) -> None:
    year_of_figures = read_2022()
    assert {f.period for f in year_of_figures.figures} == {"2022", "2022-05", "2022-10"}
    assert len(year_of_figures.of_district) == 4
    assert (year_of_figures.version.version, year_of_figures.version.is_synthetic) == ("v000003", True)


def test_villages_are_not_read(read_2022: Read) -> None:
    village = FIGURES[1] | {"division_level": "village", "division_code": "140214101200"}
    assert len(read_2022([FIGURES[0], village]).figures) == 1


def test_a_year_without_figures_says_which_there_are(read_2022: Read) -> None:
    with pytest.raises(NoBulletinFigures, match="没有 2019 年的数；现有年份：2021、2022"):
        read_2022(year=2019)


def test_figures_of_two_districts_are_no_bulletin(read_2022: Read) -> None:
    other = FIGURES[0] | {"division_code": "140213000000", "division_name": "平城区"}
    with pytest.raises(NoBulletinFigures, match="云冈区、平城区"):
        read_2022([FIGURES[0], other], INDICATORS)


def test_a_version_of_an_earlier_program_is_read_without_what_it_did_not_say(
    published: Callable[..., Store],
) -> None:
    store = published()
    with duckdb.connect(str(store.current)) as warehouse:
        for column in ("status_reasons", "observation_status", "change_status"):
            warehouse.execute(f"alter table mart_figure drop column {column}")
    figures = read_year(lambda sql: query(store, sql), 2022).figures
    assert {(f.status_reasons, f.observation_status, f.change_status) for f in figures} == {
        (None, None, None)
    }
