"""A load from the command line: one run of the `nightly` job, in the run history of its home."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

import dagster as dg

from pipelines.definitions import definitions
from pipelines.figures import key_figures
from pipelines.instance import fail_abandoned, run_history
from pipelines.lock import COMMAND_WAIT_SECONDS, hold
from pipelines.outcome import Outcome
from pipelines.schedules import SILENT
from sources.home import Home
from warehouse.publish import current, latest
from warehouse.query import query
from warehouse.store import Store


def load(root: Path, *, settle_seconds: float) -> Outcome:
    """Receive, build, check and publish now. Raises Locked when another load does not end in time."""
    home, store, run_id = Home(root), Store(root), str(uuid4())
    home.prepare()
    with (
        hold(root, run_id, wait_seconds=COMMAND_WAIT_SECONDS) as abandoned_run_id,
        run_history(root) as instance,
    ):
        if abandoned_run_id:
            fail_abandoned(instance, abandoned_run_id)
        before = latest(store)
        result = _run(root, instance, run_id, settle_seconds)
        published, now_current = latest(store) != before, current(store)
        return Outcome(
            deliveries=_counts(result, "deliveries"),
            rows=_counts(result, "rows"),
            checks=_checks(result.get_asset_check_evaluations()),
            version=now_current.version if now_current else None,
            published=published,
            synthetic=home.synthetic,
            figures=key_figures(partial(query, store)) if now_current else {},
            run_id=run_id,
            error=_error(result),
        )


def _run(
    root: Path, instance: dg.DagsterInstance, run_id: str, settle_seconds: float
) -> dg.ExecuteInProcessResult:
    return (
        definitions(root)
        .resolve_job_def("nightly")
        .execute_in_process(
            run_config=SILENT | {"ops": {"intake": {"config": {"settle_seconds": settle_seconds}}}},
            instance=instance,
            run_id=run_id,
            raise_on_error=False,
        )
    )


def _counts(result: dg.ExecuteInProcessResult, what: str) -> dict[str, int]:
    """The numbers that `intake` recorded as `<what>_<outcome>`; empty when it did not get so far."""
    counts = {}
    for event in result.events_for_node("intake"):
        if event.is_step_materialization:
            for name, value in event.step_materialization_data.materialization.metadata.items():
                kind, _, outcome = name.partition("_")
                if kind == what and isinstance(value.value, int):
                    counts[outcome] = value.value
    return counts


def _checks(evaluations: Sequence[dg.AssetCheckEvaluation]) -> dict[str, int]:
    counts = {"passed": 0, "warned": 0, "failed": 0}
    for evaluation in evaluations:
        if evaluation.passed:
            counts["passed"] += 1
        elif evaluation.severity == dg.AssetCheckSeverity.WARN:
            counts["warned"] += 1
        else:
            counts["failed"] += 1
    return counts


def _error(result: dg.ExecuteInProcessResult) -> str | None:
    """The first cause in the words it was raised with."""
    if result.success:
        return None
    for event in result.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            if data.user_failure_data and data.user_failure_data.description:
                return data.user_failure_data.description
            error = data.error
            while error and error.cause:
                error = error.cause
            if error and error.cls_name == "DagsterExecutionInterruptedError":
                return "加载被中断，没有发布；已收的报送都在，再次执行 xiangcang load 即可继续"
            if error:
                return error.message.strip()
    return result.get_run_failure_event().message
