"""Watched numbers as the templates of models read them: what each is compared by, and factors of wrong units."""

from dataclasses import dataclass

import polars as pl

from schemas.catalogue import Catalogue
from schemas.field import columns


@dataclass(frozen=True)
class WatchedColumn:
    """A watched column of a fact. entity, peers: columns that tell a row's series, and its peers, if there are any.

    season_peers: from how many peers on what happens to all of them is left out of a level.
    """

    fact: str
    field: str
    entity: list[str]
    peers: list[str]
    season_peers: int
    is_count: bool


def watched_columns(catalogue: Catalogue) -> list[WatchedColumn]:
    """List the watched columns of every fact."""
    return [
        WatchedColumn(
            fact=fact,
            field=column.name,
            entity=watched_fact.entity,
            peers=watched_fact.peers,
            season_peers=watched_fact.season_peers or catalogue.watch_settings.fewest_values,
            is_count=column.dtype == pl.Int64,
        )
        for fact, watched_fact in catalogue.watched.fact.items()
        for column in columns(catalogue.built[fact])
        if column.name in watched_fact.columns
    ]


def watched_slips(catalogue: Catalogue) -> list[tuple[str, str, int]]:
    """List fact, column and factor of a wrong unit, for each factor of a watched column."""
    return [
        (fact, field, slip)
        for fact, watched_fact in catalogue.watched.fact.items()
        for field, slips in watched_fact.columns.items()
        for slip in slips
    ]
