"""Every model and check, on both engines, on rows that hypothesis makes: nulls, ties, negatives, ends of years."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks.staged_district import StagedDistrict, district_frames
from schemas.field import Column, columns
from schemas.lineage import Staged
from tests.district import STAGED
from tests.examples import examples
from tests.spark.both_engines import build_on_both
from tests.spark.same_tables import differences
from tests.spark.server import Server

COUNTY = StagedDistrict(townships=2, villages=2, years=(2021, 2022), lines=3, loan_notes=20, keys=3)
EDITED_SHARE = 0.2
_LINEAGE = {column.name for column in columns(Staged)}
_EDGES: dict[type[pl.DataType], list[object]] = {
    pl.Decimal: [Decimal(value) for value in ("-1.00", "0.00", "0.01", "0.05", "10000.00")],
    pl.Int64: [-500, 0, 500, 1_000],
    pl.Date: [date(2020, 2, 29), date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31)],
    pl.Boolean: [True, False],
    pl.String: ["", "甲", "乙", "a'b", "a\\b", "a;b", "%_"],
}
"""Values at which engines may differ, few enough to be equal often."""


def edges(column: Column) -> list[object]:
    """The values that a cell of a column is given; none of what says where and when a row lies."""
    if column.name in _LINEAGE or column.key or column.place or column.references:
        return []
    values = list(column.allowed) if column.allowed else _EDGES.get(column.dtype.base_type(), [])
    return [*values, *([None, None] if column.nullable else [])]


def edited(frame: pl.DataFrame, table: str, seed: int) -> pl.DataFrame:
    """A staged table with a share of its cells at the edges."""
    chosen = random.Random(seed)
    changed = []
    for column in columns(STAGED[table]):
        values = edges(column)
        if values:
            cells = [
                chosen.choice(values) if chosen.random() < EDITED_SHARE else cell
                for cell in frame[column.name]
            ]
            changed.append(pl.Series(column.name, cells, column.dtype))
    return frame.with_columns(changed)


@st.composite
def counties(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Everything that a build is given."""
    frames = district_frames(COUNTY)
    for table in STAGED:
        name = f"staged_{table}"
        frames[name] = edited(frames[name], table, draw(st.integers(0, 2**32)))
    return frames


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    return server.address()


@settings(
    examples(4), phases=[Phase.explicit, Phase.generate]
)  # an example takes minutes: none is made smaller
@given(sources=counties())
def test_every_table_is_the_same(
    address: str, tmp_path_factory: pytest.TempPathFactory, sources: dict[str, pl.DataFrame]
) -> None:
    folder: Path = tmp_path_factory.mktemp("rows")
    assert differences(*build_on_both(sources, folder, address)) == {}
