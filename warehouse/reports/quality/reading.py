"""The input of the quality page: its queries on the published warehouse, and their rows as frames."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from warehouse.database.templates import render_line

Query = Callable[[str], pl.DataFrame]


@dataclass(frozen=True)
class Published:
    """Rows as the queries in `SQL` give them, in the order in which the page shows them."""

    expected: pl.DataFrame
    scores: pl.DataFrame
    totals: pl.DataFrame
    printed_rules: pl.DataFrame
    outliers: pl.DataFrame
    corrections: pl.DataFrame
    reporters: pl.DataFrame
    figures: pl.DataFrame
    doubts: pl.DataFrame


SQL = {field.name: render_line(Path(__file__).with_name(f"{field.name}.sql")) for field in fields(Published)}
"""Queries on the published warehouse; the page shows the first rows of each, and the query for all."""


def read_published(query: Query) -> Published:
    """Run every query. query: runs SQL on the published warehouse. Raises NothingPublished."""
    return Published(**{field.name: query(SQL[field.name]) for field in fields(Published)})
