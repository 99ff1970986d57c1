"""Traces of what is published, and the rows that they give."""

import polars as pl

from warehouse.database.query import open_published
from warehouse.database.store import Store
from warehouse.figures.trace import MEMORY, Traced, trace, traced_rows


def trace_in(store: Store, indicator: str, period: str, division: str | None = None) -> Traced:
    """The trace of a figure."""
    with open_published(store, memory_limit=MEMORY) as published:
        return trace(published, indicator, period, division)


def rows_of(
    store: Store, indicator: str, period: str, division: str | None = None
) -> dict[str, pl.DataFrame]:
    """The rows of each term of a figure, as its trace gives them."""
    with open_published(store, memory_limit=MEMORY) as published:
        traced = trace(published, indicator, period, division)
        return {
            term.term: pl.concat(traced_rows(published, traced.figure, term.term)) for term in traced.terms
        }
