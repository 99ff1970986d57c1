"""How long the run history is kept: a load writes up to some 5 MB of it. Records, versions and receipts stay."""

from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
from sqlalchemy import Select, func, select

from pipelines.state.dagster_private import (
    AssetCheckExecutionsTable,
    SqlEventLogStorageTable,
    SqliteEventLogStorage,
)

KEPT_FOR = timedelta(days=90)
_AT_ONCE = 10

_OVER = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def prune(instance: dg.DagsterInstance, now: datetime) -> list[str]:
    """Delete runs that are older than is kept, a few at a time, and return their ids.

    Runs by which the UI knows a table or a check, as the last that made or evaluated it, are kept however old.
    """
    old = dg.RunsFilter(statuses=_OVER, created_before=now - KEPT_FOR)
    standing = _standing_runs(instance)
    pruned = [run_id for run_id in instance.get_run_ids(old) if run_id not in standing][:_AT_ONCE]
    for run_id in pruned:
        instance.delete_run(run_id)
        _delete_rest(instance, run_id)
    return pruned


def _standing_runs(instance: dg.DagsterInstance) -> set[str]:
    """Find the runs of the last materialization of each asset, and of the last evaluation of each check."""
    storage = instance.event_log_storage
    if not isinstance(storage, SqliteEventLogStorage):
        return set()
    event, check = SqlEventLogStorageTable.c, AssetCheckExecutionsTable.c
    made = event.dagster_event_type == dg.DagsterEventType.ASSET_MATERIALIZATION.value
    of_assets: Select[tuple[int]] = select(func.max(event.id)).where(made).group_by(event.asset_key)
    of_checks: Select[tuple[int]] = select(func.max(check.id)).group_by(check.asset_key, check.check_name)
    with storage.index_connection() as index:
        return {
            *index.scalars(select(event.run_id).where(event.id.in_(of_assets))),
            *index.scalars(select(check.run_id).where(check.id.in_(of_checks))),
        }


def _delete_rest(instance: dg.DagsterInstance, run_id: str) -> None:
    """Delete what Dagster leaves of a deleted run: its emptied file, and the results of its checks."""
    storage = instance.event_log_storage
    if isinstance(storage, SqliteEventLogStorage):
        Path(storage.path_for_shard(run_id)).unlink(missing_ok=True)
        with storage.index_connection() as index:
            index.execute(
                AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id)
            )
