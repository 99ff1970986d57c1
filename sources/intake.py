"""Intake: files from the inbox to the archive, and from the archive to staged rows and receipts."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.validate import assert_armed
from sources.county.references import References, read_references
from sources.delivery import Staging, stage
from sources.home.archive import Arrival, archive, read_arrivals
from sources.home.folders import Home, MixedSynthetic
from sources.home.inbox import find_settled
from sources.home.receipts import Receipt, newest, read_every_revision, write_receipt
from sources.reading.worker import Reader
from sources.replies.outbox import write_replies
from sources.staging.files import sweep

log = logging.getLogger(__name__)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def receive(
    home: Home,
    reader: Reader,
    *,
    now: Callable[[], datetime],
    settle_seconds: float = 2.0,
    references: References | None = None,
    on_receipt: Callable[[Receipt], None] | None = None,
) -> list[Receipt]:
    """Archive what has settled in the inbox, stage what is new or was staged under other rules.

    Returns the new receipts, in the order of arrival. Raises MixedSynthetic when real and sample
    deliveries would mix, CorrectionError when a correction of the home is at fault, and
    ValidationDisarmed when the environment weakens the checks.
    """
    assert_armed()
    home.prepare()
    references = (references or read_references()).with_corrections(home.corrections)
    for reporter in references.reporters:
        (home.inbox / reporter.folder).mkdir(exist_ok=True, mode=0o700)
    revisions = read_every_revision(home)
    _sweep(home, revisions)
    for path in find_settled(home, settle_seconds):
        archive(home, path, _received_at(home, path, now))
    arrivals = read_arrivals(home)
    _assert_unmixed(arrivals)
    return _stage_all(home, reader, arrivals, newest(revisions), references, now, on_receipt)


def _stage_all(
    home: Home,
    reader: Reader,
    arrivals: list[Arrival],
    receipts: list[Receipt],
    references: References,
    now: Callable[[], datetime],
    on_receipt: Callable[[Receipt], None] | None,
) -> list[Receipt]:
    by_arrival: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_arrival.setdefault(receipt.arrival_id, []).append(receipt)
    in_force: dict[tuple[str, str, str], Receipt] = {}  # when the arrival that is looked at came
    new = []
    for arrival in arrivals:
        of_arrival = by_arrival.get(arrival.arrival_id, [])
        if not of_arrival or _is_stale(home, of_arrival, references):
            revision = of_arrival[0].revision + 1 if of_arrival else 1
            staging = Staging(home, references, arrival, revision, now())
            of_arrival = stage(staging, reader, in_force.get)
            write_replies(home, references, reader, of_arrival)
            for receipt in of_arrival:
                write_receipt(home, receipt)
                if on_receipt:
                    on_receipt(receipt)
            new.extend(of_arrival)
        in_force |= {receipt.key: receipt for receipt in of_arrival if receipt.outcome == "accepted"}
    return new


def _is_stale(home: Home, receipts: list[Receipt], references: References) -> bool:
    """Whether the rules have changed since, or a data file is gone, as after a restored backup."""
    parts = [part for receipt in receipts for part in receipt.staged_files + receipt.rejected_files]
    return any(
        r.rules_hash != references.rules_hash(r.contract, r.reporter_code, r.period) for r in receipts
    ) or not all((home.root / part.path).exists() for part in parts)


def _received_at(home: Home, path: Path, now: Callable[[], datetime]) -> datetime:
    if home.synthetic:  # the sample's year passes in one load: a file's own time stands in for its arrival
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(SHANGHAI)
    return now().astimezone(SHANGHAI)


def _assert_unmixed(arrivals: Iterable[Arrival]) -> None:
    if len({arrival.synthetic for arrival in arrivals}) > 1:
        raise MixedSynthetic(
            "此目录里既有合成示例数据又有真实报送，拒绝装载；请为真实数据另设 XIANGCANG_HOME"
        )


def _sweep(home: Home, receipts: list[Receipt]) -> None:
    named = {part.path for receipt in receipts for part in receipt.staged_files + receipt.rejected_files}
    for path in sweep(home, named):
        log.info("swept %s", path.name)
