"""Candidate rows that are not accepted, as later deliveries are held against them: keys, places, and what is no text."""

from collections.abc import Iterable

import polars as pl

from schemas.field import Column
from schemas.validate import Split
from sources.home.folders import Home
from sources.home.keyed_hash import hide_keys
from sources.home.receipts import DataFile
from sources.staging.persons import pseudonymize


def select_unaccepted(
    candidates: pl.DataFrame, validated: Split, unread: pl.DataFrame, table: list[Column]
) -> pl.DataFrame:
    """Select the rows that are rejected, with the columns that are compared. unread: index of cells that were not read."""
    rejected = pl.concat(
        [
            validated.reasons.filter(severity="reject").select("index"),
            unread.select(pl.col("index").cast(pl.UInt32)),
        ]
    )
    return candidates[rejected["index"].unique()].select(_compared(table))


def collect_candidates(
    home: Home,
    unaccepted: Iterable[pl.DataFrame],
    staged: Iterable[DataFile],
    table: list[Column],
    institution: str,
) -> pl.DataFrame:
    """Collect the rows of all parts, persons and keys hashed. staged: the rows of a delivery rejected as a whole."""
    key = home.person_key()
    rejected = [pseudonymize(rows, table, key, institution) for rows in unaccepted]
    rows = [pl.read_parquet(home.root / part.path, columns=_compared(table)) for part in staged]
    return hide_keys(pl.concat([*rejected, *rows]), table, key) if rejected or rows else pl.DataFrame()


def _compared(table: list[Column]) -> list[str]:
    return [c.name for c in table if c.key or c.place or c.dtype != pl.String]
