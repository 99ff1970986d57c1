"""Of Dagster's events, written many at a time, what is needed is kept: the UI shows what it would of all of them."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

from pipelines.state.event_log import UNCHANGED, EventLog
from pipelines.state.instance import run_history

PLANNED = dg.DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED
CLERKS = dg.AssetKey("clerks")
HELD, FAILED = dg.AssetCheckKey(CLERKS, "held"), dg.AssetCheckKey(CLERKS, "failed")


class Day(dg.Config):
    """rows: None where the clerks are as they were. held: whether the first check holds."""

    rows: int | None = 2
    held: bool = True


@dg.multi_asset(
    specs=[dg.AssetSpec(CLERKS), dg.AssetSpec("reports", deps=[CLERKS])],
    check_specs=[dg.AssetCheckSpec("held", asset=CLERKS), dg.AssetCheckSpec("failed", asset=CLERKS)],
)
def offices(
    context: dg.AssetExecutionContext, config: Day
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    context.log_event(dg.AssetObservation(CLERKS, metadata={"seen": 1}))
    yield dg.MaterializeResult(
        asset_key=CLERKS, metadata={UNCHANGED: True} if config.rows is None else {"rows": config.rows}
    )
    yield dg.AssetCheckResult(passed=config.held, asset_key=CLERKS, check_name="held")
    yield dg.AssetCheckResult(
        passed=False, asset_key=CLERKS, check_name="failed", metadata={"failed_rows": 1}
    )
    yield dg.MaterializeResult(asset_key="reports")


@pytest.fixture(scope="module")
def events() -> list[EventLogEntry]:
    """The events of a run, in their order: all that Dagster has."""
    with dg.DagsterInstance.ephemeral() as instance:
        run_id = dg.materialize([offices], instance=instance).run_id
        return [*instance.all_logs(run_id)]


@pytest.fixture(scope="module")
def needed(events: list[EventLogEntry]) -> list[EventLogEntry]:
    """Those that are kept."""
    return [e for e in events if kind(e) != PLANNED and output(e) not in ("clerks_held", "clerks_failed")]


def kind(event: EventLogEntry) -> dg.DagsterEventType | None:
    return event.dagster_event_type


def output(event: EventLogEntry) -> str | None:
    data: Any = event.dagster_event.event_specific_data if event.dagster_event else None
    return data.output_name if kind(event) == dg.DagsterEventType.STEP_OUTPUT else None


def content(event: EventLogEntry) -> tuple[Any, ...]:
    """What a reader of an event gets to see, but for metadata of outputs, which its materialization has."""
    dagster_event = event.get_dagster_event()
    shown = (kind(event), event.step_key, event.timestamp, event.message)
    return shown if output(event) else (*shown, dagster_event.event_specific_data)


def test_assets_are_what_dagster_knows_of_them(events: list[EventLogEntry], tmp_path: Path) -> None:
    ours, dagsters = EventLog(str(tmp_path / "ours")), SqliteEventLogStorage(str(tmp_path / "dagsters"))
    for event in events:
        ours.store_event(event)
        dagsters.store_event(event)
    of_ours, of_dagsters = (
        [
            (entry.asset_key, entry.last_materialization, entry.last_run_id)
            for record in log.get_asset_records()
            if (entry := record.asset_entry)
        ]
        for log in (ours, dagsters)
    )
    assert of_ours == of_dagsters
    assert len(of_ours) == 2


def test_checks_are_what_dagster_knows_of_them(events: list[EventLogEntry], tmp_path: Path) -> None:
    ours, dagsters = EventLog(str(tmp_path / "ours")), SqliteEventLogStorage(str(tmp_path / "dagsters"))
    for event in events:
        ours.store_event(event)
        dagsters.store_event(event)
    of_ours, of_dagsters = (
        {
            key.name: (record.status.value, record.run_id, record.evaluation)
            for key, record in log.get_latest_asset_check_execution_by_key([HELD, FAILED]).items()
        }
        for log in (ours, dagsters)
    )
    assert of_ours == of_dagsters
    assert {name: status for name, (status, _, _) in of_ours.items()} == {
        "held": "SUCCEEDED",
        "failed": "FAILED",
    }


def test_a_run_holds_what_a_reader_needs(
    events: list[EventLogEntry], needed: list[EventLogEntry], tmp_path: Path
) -> None:
    log = EventLog(str(tmp_path))
    for event in events:
        log.store_event(event)
    assert [*map(content, log.get_logs_for_run(events[0].run_id))] == [*map(content, needed)]
    assert len(needed) == len(events) - 4


@pytest.mark.parametrize(
    ("second", "kept_of_second"),
    [
        ({"rows": None}, []),
        ({"rows": None, "held": False}, ["held"]),
        ({"rows": 2}, ["failed", "held"]),
    ],
    ids=["nothing is new", "a result is new", "the table is made anew, so its checks are of it"],
)
def test_an_evaluation_that_repeats_what_stands_is_not_kept(
    tmp_path: Path, second: dict[str, Any], kept_of_second: list[str]
) -> None:
    with run_history(tmp_path) as instance:
        log = instance.event_log_storage
        for day in ({"rows": 2}, {"rows": None}, second):
            run = dg.materialize(
                [offices], instance=instance, run_config={"ops": {"offices": {"config": day}}}
            )
        latest = log.get_latest_asset_check_execution_by_key([HELD, FAILED])
        assert (
            sorted(key.name for key, record in latest.items() if record.run_id == run.run_id)
            == kept_of_second
        )


def test_the_last_materialization_of_what_is_unchanged_stands(tmp_path: Path) -> None:
    with run_history(tmp_path) as instance:
        for day in ({"rows": 2}, {"rows": None}):
            dg.materialize([offices], instance=instance, run_config={"ops": {"offices": {"config": day}}})
        event = instance.get_latest_materialization_event(CLERKS)
        assert event is not None
        assert event.asset_materialization is not None
        assert event.asset_materialization.metadata["rows"].value == 2


def test_a_killed_run_keeps_its_events_to_the_last_that_began_or_ended_a_step(
    needed: list[EventLogEntry], tmp_path: Path
) -> None:
    killed = EventLog(str(tmp_path))
    kinds = [*map(kind, needed)]
    started = kinds.index(dg.DagsterEventType.STEP_START)
    last_check = len(kinds) - kinds[::-1].index(dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    for event in needed[:last_check]:
        killed.store_event(event)
    kept = EventLog(str(tmp_path)).get_logs_for_run(needed[0].run_id)
    assert [*map(content, kept)] == [*map(content, needed[: len(kept)])]
    assert started < len(kept) < last_check


def test_whoever_reads_sees_what_waits(needed: list[EventLogEntry], tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    for count, event in enumerate(needed, 1):
        log.store_event(event)
        assert len(log.get_logs_for_run(event.run_id)) == count


def test_whoever_watches_a_run_gets_its_events(needed: list[EventLogEntry], tmp_path: Path) -> None:
    writing, watching = EventLog(str(tmp_path)), EventLog(str(tmp_path))
    seen: list[EventLogEntry] = []
    first, *others = needed
    writing.store_event(first)
    watching.get_logs_for_run(first.run_id)
    watching.watch(first.run_id, None, lambda event, _: seen.append(event))
    for event in others:
        writing.store_event(event)
    give_up_at = time.monotonic() + 300
    while len(seen) < len(needed) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    watching.dispose()
    assert [*map(content, seen)] == [*map(content, needed)]


def test_what_waits_is_written_in_the_end(events: list[EventLogEntry], tmp_path: Path) -> None:
    log = EventLog(str(tmp_path))
    check = next(e for e in events if kind(e) == dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    log.store_event(check)
    log.dispose()
    assert [*map(content, EventLog(str(tmp_path)).get_logs_for_run(check.run_id))] == [content(check)]


def test_no_event_waits_for_the_disk(tmp_path: Path) -> None:
    with run_history(tmp_path) as instance:
        log, normal = instance.event_log_storage, 1
        assert isinstance(log, EventLog)
        with log.index_connection() as connection:
            assert connection.exec_driver_sql("pragma synchronous").scalar() == normal
