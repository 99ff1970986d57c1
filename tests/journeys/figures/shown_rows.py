"""Rows of figures as a trace gives and shows them."""

from pathlib import Path

import polars as pl

from pipelines.tracing import StoredValues
from sources.home.folders import Home
from warehouse.database.store import Store
from warehouse.figures.trace import trace, traced_rows


def rows_of(
    store: Store, indicator: str, period: str, division: str | None = None
) -> dict[str, pl.DataFrame]:
    """The rows of each term of a figure, as its trace gives them."""
    traced = trace(store, indicator, period, division)
    return {term.term: pl.concat(traced_rows(store, traced.figure, term.term)) for term in traced.terms}


def stored(home: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as a trace shows them, with what the archived files hold."""
    with StoredValues(Home(home)) as values:
        return values.add_to(rows)
