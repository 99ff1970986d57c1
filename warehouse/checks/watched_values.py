"""SQL written from watched.toml: the SELECT of watched numbers, factors of wrong units, and settings."""

import polars as pl

from schemas.catalogue import BUILT
from schemas.field import columns
from schemas.watched import WatchedFact, watched

_PART = "case when length(d.period) = 4 then '' else substr(d.period, 6, 2) end"
"""The part of the year: Q3 of 2022-Q3, 06 of 2022-06 and of 2022-06-30."""


def watched_values() -> str:
    """Write the SELECT of one row per watched number, with the columns of `dq_watched_value`."""
    return "\nunion all\n".join(
        _branch(fact, field, watched_fact)
        for fact, watched_fact in watched().fact.items()
        for field in watched_fact.columns
    )


def watched_slips() -> str:
    """Write one row per watched column and factor of a wrong unit: fact_table, field, slip."""
    rows = [
        f"('{fact}', '{field}', {slip})"
        for fact, watched_fact in watched().fact.items()
        for field, slips in watched_fact.columns.items()
        for slip in slips
    ]
    return f"(values {', '.join(rows)})"


def watch_setting(name: str) -> str:
    """Write a number from the settings in watched.toml."""
    return str(getattr(watched().settings, name))


def _branch(fact: str, field: str, watched_fact: WatchedFact) -> str:
    season_peers = watched_fact.season_peers or watched().settings.fewest_values
    entity = _concatenate(watched_fact.entity) or "cast(null as varchar)"
    part = _PART if watched_fact.entity else "''"
    peer_group = _concatenate(watched_fact.peers) or "''"
    (column,) = [column for column in columns(BUILT[fact]) if column.name == field]
    return (
        f"select '{fact}' as fact_table, '{field}' as field,"
        " f.delivery_id, f.sheet_name, f.sheet_block, f.sheet_row, d.reporter_code, d.period,"
        f" cast(f.{field} as double) as value,"
        f" {entity} as entity, {peer_group} as peer_group,"
        f" cast(substr(d.period, 1, 4) as integer) as year, {part} as part,"
        f" cast({season_peers} as integer) as season_peers,"
        f" {str(column.dtype == pl.Int64).lower()} as is_count"
        f" from {fact} as f inner join dq_delivery as d on d.delivery_id = f.delivery_id"
        f" where f.{field} is not null"
    )


def _concatenate(names: list[str]) -> str:
    """Write columns of the fact as a single text with `/` between; the empty text for none."""
    return f"concat_ws('/', {', '.join(f'f.{name}' for name in names)})" if names else ""
