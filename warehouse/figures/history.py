"""Figures as they were published, version by version."""

from pathlib import Path

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.query import read
from warehouse.database.store import Store

FIGURES = "figure.parquet"
"""In a version's record: every row of `mart_figure`."""

KEY = ("indicator_code", "division_code", "period", "basis")


class NoVersionFigures(XiangcangError):
    """A version is unknown, or kept no figures."""


def read_figures(file: Path) -> pl.DataFrame:
    """The figures of a file that was built, in the order of their key."""
    return read(file, f"select * from mart_figure order by {', '.join(KEY)}")


def published_figures(store: Store, version: str) -> pl.DataFrame:
    """The figures that a version was published with. Raises NoFigures."""
    path = store.record(version) / FIGURES
    if not path.exists():
        known = "、".join(sorted(record.parent.name for record in store.history.glob(f"v*/{FIGURES}")))
        raise NoVersionFigures(f"没有版本 {version} 的指标数；有：{known or '无'}")
    return pl.read_parquet(path)


def difference(store: Store, before: str, after: str) -> pl.DataFrame:
    """Figures whose value or status differs between two versions, or that only one of them has.

    The key, names (the later ones) and unit, then value_before, value_after, status_before, status_after.
    Raises NoFigures.
    """
    named = ("indicator_name", "unit", "division_name")
    told = [
        published_figures(store, version).select(
            *KEY, *named, pl.col("value").alias(f"value_{role}"), pl.col("status").alias(f"status_{role}")
        )
        for version, role in ((before, "before"), (after, "after"))
    ]
    both = told[0].join(told[1], on=KEY, how="full", coalesce=True)
    both = both.with_columns(pl.coalesce(f"{name}_right", name).alias(name) for name in named)
    differs = pl.any_horizontal(
        pl.col(f"{what}_before").ne_missing(pl.col(f"{what}_after")) for what in ("value", "status")
    )
    order = ("value_before", "value_after", "status_before", "status_after")
    return both.filter(differs).select(*KEY, *named, *order).sort(KEY)
