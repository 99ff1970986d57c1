"""How a run ends, however it was started: its record is kept, and those who must know are told."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.alerts.channels import alert
from pipelines.assets.tables import SCORE_KEY
from pipelines.pages.quality import write_quality_page
from pipelines.state.instance import fail_abandoned
from pipelines.state.load_record import FailingCheck, LoadRecord, State, read_records, record_of, write_record
from pipelines.state.retention import prune
from schemas.check_result import Severity
from sources.home.folders import Home
from sources.intake import SHANGHAI
from warehouse.build.publish import current
from warehouse.database.store import Store

_log = logging.getLogger("xiangcang")
_Type = dg.DagsterEventType
_STEP_ENDS = {_Type.STEP_SUCCESS, _Type.STEP_SKIPPED, _Type.STEP_FAILURE}
_INTERRUPTED = "加载被中断，没有发布；已收的报送都在，再次执行 xiangcang load 即可继续"
_SEVERITY: dict[dg.AssetCheckSeverity, Severity] = {
    dg.AssetCheckSeverity.ERROR: "error",
    dg.AssetCheckSeverity.WARN: "warn",
}
_FAILED_AS = {"error": "failed", "warn": "warned"}


def end(instance: dg.DagsterInstance, root: Path, run_id: str, *, refusal: str | None = None) -> LoadRecord:
    """Keep the record of a run whose steps are over, send the alert that is due, and forget the oldest runs.

    refusal: why the run got no further than asking for its home, if so.
    """
    record = _record(instance, root, run_id, refusal)
    write_record(root, record)
    record = _with_page(root, record)
    alert(root, record)
    newest_published = next((kept.run_id for kept in read_records(root) if kept.published), None)
    prune(instance, record.ended_at, kept_run_id=newest_published)
    return record


def _with_page(root: Path, record: LoadRecord) -> LoadRecord:
    """Write the quality page. What goes wrong there ends neither the run nor the alert: the record then says so."""
    try:
        write_quality_page(root)
    except Exception as error:  # noqa: BLE001 - whatever it is, the load has ended as it has
        _log.exception("the quality page was not written")
        told = record.model_copy(update={"page_error": f"{type(error).__name__}: {error}"})
        write_record(root, told)
        return told
    return record


def end_abandoned(instance: dg.DagsterInstance, root: Path, run_id: str) -> None:
    """End the run of a process that was killed, unless it was over or its record is there."""
    if fail_abandoned(instance, run_id) and record_of(root, run_id) is None:
        end(instance, root, run_id)


def _record(instance: dg.DagsterInstance, root: Path, run_id: str, refusal: str | None) -> LoadRecord:
    told = instance.get_run_record_by_id(run_id)
    if told is None:
        raise LookupError(f"run {run_id} is not in the run history of {root}")
    ends = _events(instance, run_id, _STEP_ENDS)
    evaluations = [
        event.asset_check_evaluation_data
        for event in _events(instance, run_id, {_Type.ASSET_CHECK_EVALUATION})
    ]
    made = [
        event.step_materialization_data.materialization
        for event in _events(instance, run_id, {_Type.ASSET_MATERIALIZATION})
    ]
    counts = _counts(made)
    failing = _failing(evaluations)
    error = refusal or _error(instance, told.dagster_run, ends)
    published = any("version" in materialization.metadata for materialization in made)
    now_current = current(Store(root))
    version = now_current.version if now_current else None
    return LoadRecord(
        run_id=run_id,
        job=told.dagster_run.job_name,
        started_at=datetime.fromtimestamp(told.start_time or told.create_timestamp.timestamp(), SHANGHAI),
        ended_at=datetime.now(SHANGHAI),
        state=_state(error, failing, published, {event.step_key for event in ends}),
        version=version,
        published=published,
        synthetic=Home(root).synthetic,
        deliveries=_named(counts, "deliveries"),
        rows=_named(counts, "rows"),
        open_rejected_deliveries=counts.get("open_rejected_deliveries"),
        checks=_checks(evaluations),
        failing=failing,
        error=error,
        quality_score_pct=_score(root, made, version),
    )


def _events(
    instance: dg.DagsterInstance, run_id: str, types: set[dg.DagsterEventType]
) -> list[dg.DagsterEvent]:
    """Of these types alone: a run has thousands of others."""
    return [entry.get_dagster_event() for entry in instance.all_logs(run_id, of_type=types)]


def _state(
    error: str | None, failing: Iterable[FailingCheck], published: bool, steps: set[str | None]
) -> State:
    if error:
        return "blocked" if any(check.blocking for check in failing) else "failed"
    if published:
        return "published"
    return "unchanged" if "warehouse" in steps else "received"


def _score(root: Path, made: Iterable[dg.AssetMaterialization], version: str | None) -> float | None:
    """The mean score of the forms: as this run computed it, or as the one before told it of the same version."""
    for materialization in made:
        if materialization.asset_key == SCORE_KEY:
            told = materialization.metadata.get("score_pct")
            return told.value if isinstance(told, dg.FloatMetadataValue) else None
    before = next(read_records(root), None)
    return before.quality_score_pct if before and before.version == version else None


def _counts(made: Iterable[dg.AssetMaterialization]) -> dict[str, int]:
    """The numbers that `intake` recorded; empty when it did not get so far."""
    return {
        name: value.value
        for materialization in made
        if materialization.asset_key == dg.AssetKey("intake")
        for name, value in materialization.metadata.items()
        if isinstance(value.value, int)
    }


def _named(counts: Mapping[str, int], what: str) -> dict[str, int]:
    """Those called `<what>_<outcome>`, by outcome."""
    return {
        name.removeprefix(f"{what}_"): count for name, count in counts.items() if name.startswith(f"{what}_")
    }


def _checks(evaluations: Iterable[dg.AssetCheckEvaluation]) -> dict[str, int]:
    counts = Counter("passed" if e.passed else _FAILED_AS[_SEVERITY[e.severity]] for e in evaluations)
    return {outcome: counts[outcome] for outcome in ("passed", "warned", "failed")}


def _failing(evaluations: Iterable[dg.AssetCheckEvaluation]) -> tuple[FailingCheck, ...]:
    """The gravest first: blocking, then errors, then those that most rows broke."""
    failing = [
        FailingCheck.model_validate(
            {name: evaluation.metadata[name].value for name in ("title", "failed_rows", "checked_rows")}
            | {
                "asset": evaluation.asset_key.to_user_string(),
                "check": evaluation.check_name,
                "severity": _SEVERITY[evaluation.severity],
                "blocking": bool(evaluation.blocking),
            }
        )
        for evaluation in evaluations
        if not evaluation.passed
    ]
    return tuple(
        sorted(failing, key=lambda c: (not c.blocking, c.severity, -c.failed_rows, c.asset, c.check))
    )


def _error(instance: dg.DagsterInstance, run: dg.DagsterRun, ends: list[dg.DagsterEvent]) -> str | None:
    """The first cause in the words it was raised with; None where every step came to its end."""
    for event in ends:
        if event.is_step_failure:
            return _cause(event.step_failure_data)
    for event in _events(instance, run.run_id, {_Type.RUN_FAILURE}):
        return event.message or _INTERRUPTED
    return None if _planned(instance, run) <= {event.step_key for event in ends} else _INTERRUPTED


def _cause(failure: Any) -> str:
    if failure.user_failure_data and failure.user_failure_data.description:
        return str(failure.user_failure_data.description)
    error = failure.error
    while error.cause:
        error = error.cause
    if error.cls_name == "DagsterExecutionInterruptedError":
        return _INTERRUPTED
    return str(error.message).strip()


def _planned(instance: dg.DagsterInstance, run: dg.DagsterRun) -> set[str | None]:
    """The steps of a run."""
    if run.execution_plan_snapshot_id is None:
        raise LookupError(f"run {run.run_id} has no plan")
    return set(instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id).step_keys_to_execute)
