"""The events that each check causes, written together, and only where they say something new: a load has thousands.

Dagster builds, compiles and runs two statements of its own for each, and keeps of each check what was planned, its
evaluation and its output, in two files. Here it is the evaluation, unless that repeats the one that stands.
"""

import json
from collections.abc import Sequence
from typing import Any

from dagster import DagsterEventType
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from pipelines.state.dagster_private import AssetCheckExecutionRecordStatus as Status
from pipelines.state.dagster_private import (
    AssetCheckExecutionsTable,
    EventLogEntry,
    SqlEventLogStorageTable,
    serialize_value,
)

_INSERT = SqlEventLogStorageTable.insert()
_INSERT_NUMBERED = _INSERT.returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)
_CHECK = AssetCheckExecutionsTable.c
Row = dict[str, Any]


def is_planned(event: EventLogEntry) -> bool:
    """Whether an event says that a run intends a check (of no partition). It is not kept: its evaluation is, or what stood."""
    kind: Any = event.dagster_event_type
    return kind == DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED and not _data(event).partitions_subset


def is_evaluation(event: EventLogEntry) -> bool:
    """Whether an event is the evaluation of a check (of no partition) by a run."""
    kind: Any = event.dagster_event_type
    return (
        bool(event.run_id) and kind == DagsterEventType.ASSET_CHECK_EVALUATION and not _data(event).partition
    )


def is_output_of(event: EventLogEntry, evaluation: EventLogEntry) -> bool:
    """Whether an event is the output by which a step has reported an evaluation to Dagster. Nothing reads it again."""
    if event.run_id != evaluation.run_id or event.dagster_event_type != DagsterEventType.STEP_OUTPUT:
        return False
    check = _data(evaluation)
    name = f"{check.asset_key.to_python_identifier()}_{check.check_name}".replace(".", "_")
    return bool(_data(event).output_name == name)


def write(events: Sequence[EventLogEntry], rows: Sequence[Row], run: Connection, index: Connection) -> None:
    """Write evaluations of a run, with their rows of the log, into the file of the run and into the index.

    One that repeats what stands, of the same materialization, is not written: the UI goes on showing that. In the index's
    own log, which numbers evaluations, nobody reads them: there stands a note in place of each.
    """
    standing = _standing(events, index)
    new = [
        (event, row)
        for event, row in zip(events, rows, strict=True)
        if not _repeats(row, standing.get(_key(event)))
    ]
    if not new:
        return
    run.execute(_INSERT, [row for _, row in new])
    note = serialize_value(new[0][0]._replace(dagster_event=None, user_message="see asset_check_executions"))
    numbers = index.scalars(_INSERT_NUMBERED, [row | {"event": note} for _, row in new])
    index.execute(
        AssetCheckExecutionsTable.insert(),
        [_execution(event, row, number) for (event, row), number in zip(new, numbers, strict=True)],
    )


def _standing(events: Sequence[EventLogEntry], index: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Read the last run and event of checks, by asset and name."""
    newest = (
        select(func.max(_CHECK.id))
        .where(_CHECK.asset_key.in_({_key(event)[0] for event in events}), _CHECK.partition.is_(None))
        .group_by(_CHECK.asset_key, _CHECK.check_name)
    )
    rows = index.execute(
        select(_CHECK.asset_key, _CHECK.check_name, _CHECK.run_id, _CHECK.evaluation_event).where(
            _CHECK.id.in_(newest)
        )
    )
    return {(asset, check): (run_id, event or "{}") for asset, check, run_id, event in rows}


def _repeats(row: Row, standing: tuple[str, str] | None) -> bool:
    """Whether an evaluation equals the one that stands, which was of the same materialization or of one by its own run."""
    if standing is None:
        return False
    run_id, event = standing
    now, before = _content(row["event"]), _content(event)
    target, target_before = (data.pop("target_materialization_data", None) for data in (now, before))
    return now == before and (target == target_before or (target is not None and target["run_id"] == run_id))


def _content(event: str) -> dict[str, Any]:
    return dict((json.loads(event).get("dagster_event") or {}).get("event_specific_data") or {})


def _execution(event: EventLogEntry, row: Row, number: int) -> Row:
    """Give what the index keeps of the evaluation of a check."""
    evaluation = _data(event)
    asset, check = _key(event)
    materialized = evaluation.target_materialization_data
    return {
        "asset_key": asset,
        "check_name": check,
        "run_id": event.run_id,
        "execution_status": (Status.SUCCEEDED if evaluation.passed else Status.FAILED).value,
        "evaluation_event": row["event"],
        "evaluation_event_timestamp": row["timestamp"],
        "evaluation_event_storage_id": number,
        "materialization_event_storage_id": materialized.storage_id if materialized else None,
    }


def _key(event: EventLogEntry) -> tuple[str, str]:
    return _data(event).asset_key.to_string(), _data(event).check_name


def _data(event: EventLogEntry) -> Any:
    return event.get_dagster_event().event_specific_data
