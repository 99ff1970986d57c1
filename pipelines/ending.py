"""The end of a load: its record is kept, metrics, quality and home page written, the alert sent, old runs forgotten.

Put here: what every load ends with, however it was started. Keep out: what a step learns, see `state.open_load`.
"""

import logging
from datetime import datetime
from pathlib import Path

import dagster as dg

from pipelines.alerts.channels import alert
from pipelines.pages.home import write_home_page
from pipelines.pages.quality import write_quality_page
from pipelines.state.instance import fail_abandoned
from pipelines.state.last_good import keep_last_good
from pipelines.state.load_record import LoadRecord, State, read_records, record_of, write_record
from pipelines.state.metrics import write_metrics
from pipelines.state.open_load import LoadProgress, OpenLoad, left_open
from pipelines.state.retention import prune
from schemas.errors import log_failure
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from warehouse.build.publish import current
from warehouse.database.store import Store

LOAD_STEP = "load"
"""The step that ends a load: the last of its run, whatever became of the others."""

INTERRUPTED = "加载被中断，没有发布；已收的报送都在，再次执行 xiangcang load 即可继续"
_log = logging.getLogger("xiangcang")


def end(instance: dg.DagsterInstance, root: Path, load: OpenLoad) -> LoadRecord:
    """Keep the record of a load, write the page, send the alert that is due, forget the oldest runs."""
    record = _record(root, load.progress)
    write_record(root, record)
    write_metrics(root, record)
    record = _with_page(root, record)
    alert(root, record)
    if record.ended_well and not record.page_error:
        progress = load.progress
        keep_last_good(root, record, given=progress.given, holds_until=progress.holds_until)
    prune(instance, record.ended_at)
    load.close()
    return record


def end_abandoned(instance: dg.DagsterInstance, root: Path, run_id: str) -> None:
    """End the load of a process that was killed, unless its record is there."""
    unfinished = fail_abandoned(instance, run_id)
    load = left_open(root, run_id)
    if record_of(root, run_id) is not None:
        if load:
            load.close()
    elif load or unfinished:
        load = load or _unknown_load(instance, root, run_id)
        load.fail(INTERRUPTED)
        end(instance, root, load)


def _unknown_load(instance: dg.DagsterInstance, root: Path, run_id: str) -> OpenLoad:
    """Begin the load of a run that was killed before its first step, or under an earlier release."""
    run = instance.get_run_record_by_id(run_id)
    if run is None:
        raise LookupError(f"run {run_id} is not in the run history of {root}")
    started = run.start_time or run.create_timestamp.timestamp()
    job = run.dagster_run.job_name
    progress = LoadProgress(run_id=run_id, job=job, started_at=datetime.fromtimestamp(started, SHANGHAI))
    return OpenLoad(root, progress).begin()


def _with_page(root: Path, record: LoadRecord) -> LoadRecord:
    """Write quality page and home page. What goes wrong there ends neither the load nor the alert: the record says so."""
    try:
        write_quality_page(root)
        write_home_page(root)
    except Exception as error:  # noqa: BLE001 - whatever it is, the load has ended as it has
        log_failure(_log, "the quality page was not written, or the home page after it", error)
        without_page = record.model_copy(update={"page_error": f"{type(error).__name__}: {error}"})
        write_record(root, without_page)
        return without_page
    return record


def _record(root: Path, progress: LoadProgress) -> LoadRecord:
    published_now = current(Store(root))
    version = published_now.version if published_now else None
    failing = sorted(
        progress.failing, key=lambda c: (not c.blocking, c.severity, -c.failed_rows, c.asset, c.check)
    )
    error = progress.error
    quality_score_pct, figure_statuses = _standing(root, progress, version)
    return LoadRecord(
        run_id=progress.run_id,
        job=progress.job,
        started_at=progress.started_at,
        ended_at=datetime.now(SHANGHAI),
        state=_state(progress, error),
        version=version,
        published=progress.published_version is not None,
        synthetic=Home(root).synthetic,
        deliveries=progress.deliveries,
        rows=progress.rows,
        open_rejected_deliveries=progress.open_rejected_deliveries,
        checks=progress.checks,
        failing=tuple(failing),
        error=error,
        internal_errors=progress.internal_errors,
        quality_score_pct=quality_score_pct,
        figure_statuses=figure_statuses,
    )


def _state(progress: LoadProgress, error: str | None) -> State:
    if error:
        return "blocked" if any(check.blocking for check in progress.failing) else "failed"
    if progress.published_version:
        return "published"
    return "unchanged" if "warehouse" in progress.ended_steps else "received"


def _standing(root: Path, progress: LoadProgress, version: str | None) -> tuple[float | None, dict[str, int]]:
    """Take score and statuses that this load computed, or those that the load before recorded of the same version."""
    if progress.quality_score_pct is not None:
        return progress.quality_score_pct, progress.figure_statuses
    before = next(read_records(root), None)
    is_same = before is not None and before.version == version
    return (before.quality_score_pct, before.figure_statuses) if before and is_same else (None, {})
