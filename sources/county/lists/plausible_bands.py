"""Bands of plausible values: the least and the greatest that a number of a fact can be in this county."""

from pathlib import Path

import polars as pl

from schemas.catalogue import Catalogue
from schemas.field import Column, columns, polars_schema
from schemas.tables.reference import RefPlausibleBand
from sources.county.lists.county_list import CountyList, ListError

BANDS = "plausible_bands.csv"


class BandError(ListError):
    """A fault in the file of bands; the message names the line and what is allowed."""


def read_plausible_bands(path: Path, catalogue: Catalogue) -> pl.DataFrame:
    """Read the bands, typed.

    Raises BandError for a line of no number of a fact, or whose limits are no band.
    """
    bands = CountyList(path, "上下限", list(polars_schema(RefPlausibleBand)), BandError)
    typed = bands.read().with_columns(pl.col("least", "most").cast(pl.Float64, strict=False))
    seen = set()
    for line, row in enumerate(typed.iter_rows(named=True), start=2):
        named = row["fact_table"], row["field"]
        if fault := _fault(catalogue, *named, row["least"], row["most"]) or (
            "写了两次" if named in seen else None
        ):
            raise bands.fault(line, ".".join(filter(None, named)), fault)
        seen.add(named)
    return typed


def _fault(
    catalogue: Catalogue, fact: str, field: str, least: float | None, most: float | None
) -> str | None:
    """Say what is wrong with a line, or None."""
    facts = sorted(name for name in catalogue.built if name.startswith("fact_"))
    if fact not in facts:
        return f"没有这张事实表；应为 {'、'.join(facts)}"
    numbers = [column.name for column in columns(catalogue.built[fact]) if _is_reported_number(column)]
    if field not in numbers:
        return f"没有这个数字字段；应为 {'、'.join(numbers)}"
    if least is None or most is None or least > most:
        return "上下限应是两个数，下限不大于上限"
    return None


def _is_reported_number(column: Column) -> bool:
    return column.dtype.is_numeric() and bool(column.watch or column.unwatched)
