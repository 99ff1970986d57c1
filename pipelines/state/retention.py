"""How long the run history is kept: a load writes some 17 MB of it. Records, versions and receipts stay."""

from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg

from pipelines.state.dagster_private import AssetCheckExecutionsTable, SqliteEventLogStorage

KEPT_FOR = timedelta(days=90)
_AT_ONCE = 10

_OVER = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def prune(instance: dg.DagsterInstance, now: datetime, *, kept_run_id: str | None) -> list[str]:
    """Delete runs that are older than is kept, a few at a time, and return their ids.

    kept_run_id: a run to keep however old: the newest that published, by which the UI knows the tables.
    """
    old = dg.RunsFilter(statuses=_OVER, created_before=now - KEPT_FOR)
    pruned = [run_id for run_id in instance.get_run_ids(old, limit=_AT_ONCE + 1) if run_id != kept_run_id]
    for run_id in pruned[:_AT_ONCE]:
        instance.delete_run(run_id)
        _delete_rest(instance, run_id)
    return pruned[:_AT_ONCE]


def _delete_rest(instance: dg.DagsterInstance, run_id: str) -> None:
    """Delete what Dagster leaves of a deleted run: its emptied file, and the results of its checks."""
    storage = instance.event_log_storage
    if isinstance(storage, SqliteEventLogStorage):
        Path(storage.path_for_shard(run_id)).unlink(missing_ok=True)
        with storage.index_connection() as index:
            index.execute(
                AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id)
            )
