"""The events that each check causes, written together: a load has thousands of them.

Dagster builds, compiles and runs two statements of its own for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dagster import DagsterEventType
from sqlalchemy import bindparam
from sqlalchemy.engine import Connection

from pipelines.state.dagster_private import AssetCheckExecutionRecordStatus as Status
from pipelines.state.dagster_private import AssetCheckExecutionsTable, EventLogEntry, SqlEventLogStorageTable

_INSERT = SqlEventLogStorageTable.insert()
_INSERT_NUMBERED = _INSERT.returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)
_PLAN = AssetCheckExecutionsTable.insert()
_EVALUATE = AssetCheckExecutionsTable.update().where(
    AssetCheckExecutionsTable.c.asset_key == bindparam("of_asset"),
    AssetCheckExecutionsTable.c.check_name == bindparam("of_check"),
    AssetCheckExecutionsTable.c.run_id == bindparam("of_run"),
    AssetCheckExecutionsTable.c.partition.is_(None),
)


@dataclass(frozen=True)
class CheckEvent:
    """An event of a check, its row in the log as Dagster makes it, and its number in the index."""

    event: EventLogEntry
    row: dict[str, Any]
    number: int

    @property
    def is_evaluation(self) -> bool:
        return self.event.dagster_event_type == DagsterEventType.ASSET_CHECK_EVALUATION

    @property
    def kept(self) -> dict[str, Any]:
        """What the index keeps of a check in a run: its last event."""
        return {
            "evaluation_event": self.row["event"],
            "evaluation_event_timestamp": self.row["timestamp"],
            "evaluation_event_storage_id": self.number,
        }

    def planned(self) -> dict[str, Any]:
        planned: Any = self.event.get_dagster_event().event_specific_data
        return self.kept | {
            "asset_key": planned.asset_key.to_string(),
            "check_name": planned.check_name,
            "run_id": self.event.run_id,
            "execution_status": Status.PLANNED.value,
        }

    def evaluated(self) -> dict[str, Any]:
        evaluation: Any = self.event.get_dagster_event().event_specific_data
        materialized = evaluation.target_materialization_data
        return self.kept | {
            "of_asset": evaluation.asset_key.to_string(),
            "of_check": evaluation.check_name,
            "of_run": self.event.run_id,
            "execution_status": (Status.SUCCEEDED if evaluation.passed else Status.FAILED).value,
            "materialization_event_storage_id": materialized.storage_id if materialized else None,
        }


def is_of_check(event: EventLogEntry) -> bool:
    """Whether a check causes such an event: planned, evaluated (of no partition), or the output of a step."""
    data: Any = event.dagster_event.event_specific_data if event.dagster_event else None
    match event.dagster_event_type:
        case DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED:
            return data.partitions_subset is None
        case DagsterEventType.ASSET_CHECK_EVALUATION:
            return data.partition is None
        case kind:
            return kind == DagsterEventType.STEP_OUTPUT


def write(
    events: Sequence[EventLogEntry], rows: Sequence[dict[str, Any]], run: Connection, index: Connection
) -> list[CheckEvent]:
    """Write events, of which is_of_check, with their rows into the file of their run and into the index.

    Returns evaluations, some of which were not planned: the index keeps them one by one.
    """
    run.execute(_INSERT, rows)
    indexed = [
        (event, row)
        for event, row in zip(events, rows, strict=True)
        if event.dagster_event_type != DagsterEventType.STEP_OUTPUT
    ]
    numbers = index.scalars(_INSERT_NUMBERED, [row for _, row in indexed]) if indexed else ()
    checks = [CheckEvent(event, row, number) for (event, row), number in zip(indexed, numbers, strict=True)]
    planned = [check.planned() for check in checks if not check.is_evaluation]
    evaluations = [check for check in checks if check.is_evaluation]
    if planned:
        index.execute(_PLAN, planned)
    if not evaluations:
        return []
    updated = index.execute(_EVALUATE, [check.evaluated() for check in evaluations])
    return evaluations if updated.rowcount != len(evaluations) else []
