"""What is kept of each load: one file in `history/loads`, named by when the load ended, never changed."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from schemas.files.sealed import read_sealed, seal
from schemas.files.strict import Strict
from schemas.thresholds import Severity
from sources.home.folders import write_whole
from sources.home.soundness import unreadable

_log = logging.getLogger("xiangcang")

State = Literal["published", "unchanged", "blocked", "failed", "received"]

STATES = {
    "published": "已发布新版本",
    "unchanged": "没有改动，未重建",
    "blocked": "检查未通过，没有发布",
    "failed": "加载失败",
    "received": "已收件",
}


class FailingCheck(Strict):
    """A check that did not hold. asset: as the UI names it; failed_rows of checked_rows broke the rule."""

    asset: str
    check: str
    title: str
    severity: Severity
    blocking: bool
    failed_rows: int
    checked_rows: int


class LoadRecord(Strict):
    """How one load ended. The counts are its own; version is the published one after it.

    run_id: of Dagster's run; a load that ended before one began has an id of its own.

    deliveries: accepted, rejected, duplicate. rows: candidate, accepted, flagged, rejected, skipped.
    open_rejected_deliveries: those still to be sent again, as things stand; None, like empty counts, where receiving did
    not get so far.
    checks: passed, warned, failed. failing: the gravest first. published: this load made the version,
    which it may have done and failed afterwards. error: why it failed, or None. quality_score_pct: the mean
    score of the forms in that version, where it is known. figure_statuses: how many of the district's figures of its
    last year have which status, in words. page_error: why the quality or the home page was not written, or
    None. internal_errors: how many of the rejected deliveries the program failed on. previous: the name of the record
    before this; None for the first, and in records of earlier releases. Times are Shanghai's.
    """

    run_id: str
    job: str
    started_at: datetime
    ended_at: datetime
    state: State
    version: str | None
    published: bool
    synthetic: bool
    deliveries: dict[str, int]
    rows: dict[str, int]
    open_rejected_deliveries: int | None
    checks: dict[str, int]
    failing: tuple[FailingCheck, ...]
    error: str | None
    quality_score_pct: float | None = None
    figure_statuses: dict[str, int] = {}
    page_error: str | None = None
    internal_errors: int = 0
    previous: str | None = None

    @property
    def name(self) -> str:
        """Of its file: names sort by the time of the end."""
        return f"{self.ended_at:%Y%m%dT%H%M%S}-{self.run_id[:8]}.json"

    @property
    def ended_well(self) -> bool:
        """Whether a whole load was done, up to the published file."""
        return self.state in ("published", "unchanged")

    @property
    def counts_of_figures(self) -> str:
        """Say how many figures of the district have which status."""
        return "，".join(f"{status} {count}" for status, count in self.figure_statuses.items())


def write_record(root: Path, record: LoadRecord) -> Path:
    """Keep it; the file is read-only from then on, and replaced only to add that the page was not written."""
    folder = _loads(root)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / record.name
    before = max((other.name for other in folder.glob("*.json") if other.name < record.name), default=None)
    linked = record.model_copy(update={"previous": before})
    write_whole(path, seal(linked.model_dump_json(indent=2).encode()))
    path.chmod(0o400)
    return path


def read_records(root: Path) -> Iterator[LoadRecord]:
    """Read the records of a home, newest first; a file is read when it is asked for, one that cannot be is left out."""
    for path in sorted(_loads(root).glob("*.json"), reverse=True):
        try:
            yield _read(path)
        except ValueError:
            _log.error("加载记录 %s 损坏，不计", path)


def damaged_load_records(root: Path) -> Iterator[Path]:
    """Find the records that are not what was written."""
    for path, _ in unreadable(_loads(root), _read):
        yield path


def lost_load_records(root: Path) -> list[str]:
    """List the records that those after them name and that are not there."""
    there = {path.name for path in _loads(root).glob("*.json")}
    return sorted({r.previous for r in read_records(root) if r.previous is not None} - there)


def _read(path: Path) -> LoadRecord:
    return LoadRecord.model_validate_json(read_sealed(path))


def record_of(root: Path, run_id: str) -> LoadRecord | None:
    """Read the record of one run, or None."""
    return next((record for record in read_records(root) if record.run_id == run_id), None)


def _loads(root: Path) -> Path:
    return root / "history" / "loads"
