"""Dagster's events, written many at a time, are what Dagster itself would have written."""

import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from pipelines.state.event_log import EventLog
from pipelines.state.instance import run_history

CLERKS = dg.AssetKey("clerks")
HELD, FAILED = dg.AssetCheckKey(CLERKS, "held"), dg.AssetCheckKey(CLERKS, "failed")


@dg.multi_asset(
    specs=[dg.AssetSpec(CLERKS), dg.AssetSpec("reports", deps=[CLERKS])],
    check_specs=[dg.AssetCheckSpec("held", asset=CLERKS), dg.AssetCheckSpec("failed", asset=CLERKS)],
)
def offices(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    context.log_event(dg.AssetObservation(CLERKS, metadata={"seen": 1}))
    yield dg.MaterializeResult(asset_key=CLERKS, metadata={"rows": 2})
    yield dg.AssetCheckResult(passed=True, asset_key=CLERKS, check_name="held")
    yield dg.AssetCheckResult(
        passed=False, asset_key=CLERKS, check_name="failed", metadata={"failed_rows": 1}
    )
    yield dg.MaterializeResult(asset_key="reports")


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[EventLogEntry]:
    """The events of a run, in their order."""
    with run_history(tmp_path_factory.mktemp("home")) as instance:
        run_id = dg.materialize([offices], instance=instance).run_id
        return instance.all_logs(run_id)


def rows(log: SqliteEventLogStorage, table: str) -> list[tuple]:
    """The contents of a table of the index, but for the time at which each was written."""
    with log.index_connection() as connection:
        records = [dict(row) for row in connection.exec_driver_sql(f"select * from {table}").mappings()]
    return [tuple(value for name, value in row.items() if name != "create_timestamp") for row in records]


@pytest.mark.parametrize("table", ["event_logs", "asset_keys", "asset_event_tags", "asset_check_executions"])
def test_the_index_holds_what_dagster_writes_one_by_one(
    events: list[EventLogEntry], tmp_path: Path, table: str
) -> None:
    ours, dagsters = EventLog(str(tmp_path / "ours")), SqliteEventLogStorage(str(tmp_path / "dagsters"))
    for event in events:
        ours.store_event(event)
        dagsters.store_event(event)
    assert rows(ours, table) == rows(dagsters, table)
    assert len(rows(ours, table)) >= 2


def test_a_run_holds_what_dagster_writes_one_by_one(events: list[EventLogEntry], tmp_path: Path) -> None:
    ours, dagsters = EventLog(str(tmp_path / "ours")), SqliteEventLogStorage(str(tmp_path / "dagsters"))
    for event in events:
        ours.store_event(event)
        dagsters.store_event(event)
    run_id = events[0].run_id
    assert [*ours.get_logs_for_run(run_id)] == [*dagsters.get_logs_for_run(run_id)] == events


def test_a_check_that_was_not_planned_is_kept(events: list[EventLogEntry], tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    for event in events:
        if event.dagster_event_type != dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED:
            log.store_event(event)
    latest = log.get_latest_asset_check_execution_by_key([HELD, FAILED])
    assert {key.name: record.status.value for key, record in latest.items()} == {
        "held": "SUCCEEDED",
        "failed": "FAILED",
    }


def test_a_killed_run_keeps_its_events_to_the_last_that_began_or_ended_a_step(
    events: list[EventLogEntry], tmp_path: Path
) -> None:
    killed = EventLog(str(tmp_path))
    kinds = [event.dagster_event_type for event in events]
    started = kinds.index(dg.DagsterEventType.STEP_START)
    last_check = len(kinds) - kinds[::-1].index(dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    for event in events[:last_check]:
        killed.store_event(event)
    kept = EventLog(str(tmp_path)).get_logs_for_run(events[0].run_id)
    assert [*kept] == events[: len(kept)]
    assert started < len(kept) < last_check


def test_whoever_reads_sees_what_waits(events: list[EventLogEntry], tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    for count, event in enumerate(events, 1):
        log.store_event(event)
        assert len(log.get_logs_for_run(event.run_id)) == count


def test_whoever_watches_a_run_gets_its_events(events: list[EventLogEntry], tmp_path: Path) -> None:
    writing, watching = EventLog(str(tmp_path)), EventLog(str(tmp_path))
    seen: list[EventLogEntry] = []
    first, *others = events
    writing.store_event(first)
    watching.get_logs_for_run(first.run_id)
    watching.watch(first.run_id, None, lambda event, _: seen.append(event))
    for event in others:
        writing.store_event(event)
    give_up_at = time.monotonic() + 300
    while len(seen) < len(events) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    watching.dispose()
    assert seen == events


def test_what_waits_is_written_in_the_end(events: list[EventLogEntry], tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    check = next(e for e in events if e.dagster_event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    log.store_event(check)
    log.dispose()
    assert EventLog(str(tmp_path)).get_logs_for_run(check.run_id) == [check]


def test_no_event_waits_for_the_disk(tmp_path: Path) -> None:
    with run_history(tmp_path) as instance, instance.event_log_storage.index_connection() as connection:
        normal = 1
        assert connection.exec_driver_sql("pragma synchronous").scalar() == normal
