"""Rows of figures as a trace shows them."""

from pathlib import Path

import polars as pl

from pipelines.tracing import StoredValues
from sources.home.folders import Home


def stored(home: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as a trace shows them, with what the archived files hold."""
    with StoredValues(Home(home)) as values:
        return values.add_to(rows)
