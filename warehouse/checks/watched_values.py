"""The SELECT of the numbers that are held against others, written from watched.toml, and its settings."""

import polars as pl

from schemas.catalogue import BUILT
from schemas.field import columns
from schemas.watched import WatchedFact, watched

_PART = "case when length(d.period) = 4 then '' else substr(d.period, 6, 2) end"
"""Q3 of 2022-Q3, 06 of 2022-06 and of 2022-06-30."""


def watched_values() -> str:
    """One row per watched number; the columns of `dq_watched_value`."""
    return "\nunion all\n".join(
        _branch(fact, field, said) for fact, said in watched().fact.items() for field in said.columns
    )


def watched_slips() -> str:
    """One row per watched column and factor of a wrong unit: fact_table, field, slip."""
    rows = [
        f"('{fact}', '{field}', {slip})"
        for fact, said in watched().fact.items()
        for field, slips in said.columns.items()
        for slip in slips
    ]
    return f"(values {', '.join(rows)})"


def watch_setting(name: str) -> str:
    """A number of the settings."""
    return str(getattr(watched().settings, name))


def _branch(fact: str, field: str, said: WatchedFact) -> str:
    season_peers = said.season_peers or watched().settings.fewest_values
    (column,) = [column for column in columns(BUILT[fact]) if column.name == field]
    return (
        f"select '{fact}' as fact_table, '{field}' as field,"
        " f.delivery_id, f.sheet_name, f.sheet_block, f.sheet_row, d.reporter_code, d.period,"
        f" cast(f.{field} as double) as value,"
        f" {_joined(said.entity) or 'cast(null as varchar)'} as entity, {_joined(said.peers) or repr('')} as peer_group,"
        f" cast(substr(d.period, 1, 4) as integer) as year, {_PART if said.entity else repr('')} as part,"
        f" cast({season_peers} as integer) as season_peers,"
        f" {str(column.dtype == pl.Int64).lower()} as is_count"
        f" from {fact} as f inner join dq_delivery as d on d.delivery_id = f.delivery_id"
        f" where f.{field} is not null"
    )


def _joined(names: list[str]) -> str:
    return f"concat_ws('/', {', '.join(f'f.{name}' for name in names)})" if names else ""
