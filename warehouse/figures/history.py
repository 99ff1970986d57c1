"""Figures as they were published, by version, and the differences between two versions."""

from pathlib import Path

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.query import read
from warehouse.database.store import Store

FIGURES = "figure.parquet"
"""In a version's record: every row of `mart_figure`."""

KEY = ("indicator_code", "division_code", "period", "basis")


class NoVersionFigures(XiangcangError):
    """A version that is unknown, or whose record has no figures."""


def read_figures(file: Path) -> pl.DataFrame:
    """Read the figures of a built file, in the order of their key."""
    return read(file, "select * from mart_figure").sort(KEY)


def published_figures(store: Store, version: str) -> pl.DataFrame:
    """Read the figures that a version was published with. Raises NoVersionFigures."""
    path = store.record(version) / FIGURES
    if not path.exists():
        known = "、".join(sorted(record.parent.name for record in store.history.glob(f"v*/{FIGURES}")))
        raise NoVersionFigures(f"没有版本 {version} 的指标数；有：{known or '无'}")
    return pl.read_parquet(path)


def difference(store: Store, before: str, after: str) -> pl.DataFrame:
    """List the figures whose value or status differs between two versions, or that only one of them has.

    Columns: the key, names (of the later version) and unit, then value_before, value_after, status_before,
    status_after; rows in the order of the key. Raises NoVersionFigures.
    """
    labels = ("indicator_name", "unit", "division_name")
    earlier, later = (
        published_figures(store, version).select(
            *KEY, *labels, pl.col("value").alias(f"value_{role}"), pl.col("status").alias(f"status_{role}")
        )
        for version, role in ((before, "before"), (after, "after"))
    )
    both = earlier.join(later, on=KEY, how="full", coalesce=True)
    both = both.with_columns(pl.coalesce(f"{label}_right", label).alias(label) for label in labels)
    differs = pl.any_horizontal(
        pl.col(f"{column}_before").ne_missing(pl.col(f"{column}_after")) for column in ("value", "status")
    )
    compared = ("value_before", "value_after", "status_before", "status_after")
    return both.filter(differs).select(*KEY, *labels, *compared).sort(KEY)
