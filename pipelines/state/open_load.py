"""The load that is under way: one typed object in the home, written again whenever a step has learnt something.

Put here: what steps tell about a load. Keep out: what the end of a load makes of it, see `pipelines.ending`.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.state.load_record import FailingCheck
from schemas.check_result import CheckResult, count_outcomes
from schemas.files.strict import Strict
from sources.home.folders import write_whole

_log = logging.getLogger("xiangcang")


class LoadProgress(Strict):
    """What is known so far. A load that is killed leaves this behind.

    ended_steps: keys of Dagster's steps. deliveries, rows, open_rejected_deliveries, checks, failing, internal_errors: as
    in LoadRecord. given, holds_until: as in LastGood. published_version: the version that this load made. error: why the
    first step that failed did.
    """

    run_id: str
    job: str
    started_at: datetime
    ended_steps: tuple[str, ...] = ()
    deliveries: dict[str, int] = {}
    rows: dict[str, int] = {}
    open_rejected_deliveries: int | None = None
    checks: dict[str, int] = {"passed": 0, "warned": 0, "failed": 0}
    failing: tuple[FailingCheck, ...] = ()
    published_version: str | None = None
    quality_score_pct: float | None = None
    figure_statuses: dict[str, int] = {}
    error: str | None = None
    internal_errors: int = 0
    given: dict[str, str] = {}
    holds_until: date | None = None


class OpenLoad:
    """The progress of one load and its file, `history/loads/<run>.open`, from its first step to its end."""

    def __init__(self, root: Path, progress: LoadProgress) -> None:
        self.progress = progress
        self._file = _file(root, progress.run_id)

    def give(self, given: dict[str, str]) -> None:
        """Note what the load is given, before its file is there."""
        self.progress = self.progress.model_copy(update={"given": given})

    def begin(self) -> "OpenLoad":
        """Write the file."""
        self._append()
        return self

    def receive(
        self,
        deliveries: dict[str, int],
        rows: dict[str, int],
        open_rejected_deliveries: int,
        internal_errors: int = 0,
    ) -> None:
        """Append the counts of what came in, by outcome, and the rejected deliveries still to be sent again."""
        self._append(
            deliveries=deliveries,
            rows=rows,
            open_rejected_deliveries=open_rejected_deliveries,
            internal_errors=internal_errors,
        )

    def check(self, results: Iterable[tuple[str, CheckResult]]) -> None:
        """Append results of checks, each with the asset that it belongs to, as the UI names it."""
        failing, severities = list(self.progress.failing), []
        for asset, result in results:
            severities.append(result.severity)
            if result.severity is not None:
                failing.append(
                    FailingCheck(
                        asset=asset,
                        check=result.name,
                        title=result.title,
                        severity=result.severity,
                        blocking=result.blocking,
                        failed_rows=result.failed_rows,
                        checked_rows=result.checked_rows,
                    )
                )
        more = count_outcomes(severities)
        checks = {outcome: count + more[outcome] for outcome, count in self.progress.checks.items()}
        self._append(checks=checks, failing=tuple(failing))

    def hold_until(self, day: date | None) -> None:
        """Append the first day whose date alone changes a result."""
        self._append(holds_until=day)

    def publish(self, version: str) -> None:
        """Append the version that this load made."""
        self._append(published_version=version)

    def score(self, quality_score_pct: float, figure_statuses: dict[str, int]) -> None:
        """Append the mean quality score of the forms, and how many of the district's figures have which status."""
        self._append(quality_score_pct=quality_score_pct, figure_statuses=figure_statuses)

    def end_step(self, step: str) -> None:
        """Append that a step came to its end."""
        self._append(ended_steps=(*self.progress.ended_steps, step))

    def fail(self, error: str) -> None:
        """Append why a step failed; of several the first counts."""
        self._append(error=self.progress.error or error)

    def close(self) -> None:
        """Remove the file: what it says is in the record of the load."""
        self._file.unlink(missing_ok=True)

    @property
    def is_open(self) -> bool:
        """Whether the load has not been ended yet."""
        return self._file.exists()

    def _append(self, **learnt: Any) -> None:
        self.progress = self.progress.model_copy(update=learnt)
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self._file, self.progress.model_dump_json(indent=1).encode())


def left_open(root: Path, run_id: str) -> OpenLoad | None:
    """Read what a load left behind that was never ended, or None; a damaged file is set aside."""
    file = _file(root, run_id)
    try:
        return OpenLoad(root, LoadProgress.model_validate_json(file.read_bytes())) if file.exists() else None
    except ValueError:
        aside = file.replace(file.with_suffix(".damaged"))
        _log.error("%s 损坏，移到 %s", file, aside)
        return None


def _file(root: Path, run_id: str) -> Path:
    return root / "history" / "loads" / f"{run_id}.open"
