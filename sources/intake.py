"""Intake: files from the inbox to the archive, and from the archive to staged rows and receipts."""

import logging
from collections.abc import Callable, Iterable, Iterator
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
    on_reread: Callable[[int, int], None] | None = None,
) -> list[Receipt]:
    """Archive what has settled in the inbox, stage what is new or was staged under other rules.

    Returns the new receipts, in the order of arrival: a file that is read again under other rules has none
    where nothing comes of it. on_receipt: called with each; on_reread: called, where files were read again, with
    how many, and of how many something came. Raises MixedSynthetic when real and sample
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
    by_arrival: dict[str, list[Receipt]] = {}
    for receipt in newest(revisions):
        by_arrival.setdefault(receipt.arrival_id, []).append(receipt)
    new: list[Receipt] = []
    reread = changed = 0
    for receipts, is_known, is_same in _stage_all(home, reader, arrivals, by_arrival, references, now):
        reread += is_known
        if not is_same:
            changed += is_known
            write_replies(home, references, reader, receipts)
            for receipt in receipts:
                write_receipt(home, receipt)
                if on_receipt:
                    on_receipt(receipt)
            new.extend(receipts)
    if reread and on_reread:
        on_reread(reread, changed)
    return new


def _stage_all(
    home: Home,
    reader: Reader,
    arrivals: list[Arrival],
    by_arrival: dict[str, list[Receipt]],
    references: References,
    now: Callable[[], datetime],
) -> Iterator[tuple[list[Receipt], bool, bool]]:
    """Stage each file that is new, or was staged under other rules.

    Yields its receipts, whether the file was known, and whether its receipts say the same as before: then the rules
    are noted in them, else they are to be written before the next file is staged.
    """
    in_force: dict[tuple[str, str, str], Receipt] = {}  # when the arrival that is looked at came
    for arrival in arrivals:
        known = by_arrival.get(arrival.arrival_id, [])
        receipts = known
        if not known or _is_stale(home, known, references):
            revision = known[0].revision + 1 if known else 1
            receipts = stage(Staging(home, references, arrival, revision, now()), reader, in_force.get)
            if is_same := _is_same(home, known, receipts):
                receipts = _note_rules(home, known, receipts)
            yield receipts, bool(known), is_same
        in_force |= {receipt.key: receipt for receipt in receipts if receipt.outcome == "accepted"}


def _is_same(home: Home, known: list[Receipt], receipts: list[Receipt]) -> bool:
    """Whether reading a file again gave what its receipts say already, and the rows that they name are there."""
    return [r.content for r in known] == [r.content for r in receipts] and _has_files(home, known)


def _note_rules(home: Home, known: list[Receipt], receipts: list[Receipt]) -> list[Receipt]:
    """Note in the receipts of a file that these rules give the same; the rows staged anew are removed."""
    for receipt in receipts:
        for part in receipt.data_files:
            (home.root / part.path).unlink()
    noted = [
        old.model_copy(update={"rules_hash": new.rules_hash})
        for old, new in zip(known, receipts, strict=True)
    ]
    for receipt in noted:
        write_receipt(home, receipt)
    return noted


def _has_files(home: Home, receipts: list[Receipt]) -> bool:
    return all((home.root / part.path).exists() for receipt in receipts for part in receipt.data_files)


def _is_stale(home: Home, receipts: list[Receipt], references: References) -> bool:
    """Whether the rules have changed since, or a data file is gone, as after a restored backup."""
    return any(
        r.rules_hash != references.rules_hash(r.contract, r.reporter_code, r.period) for r in receipts
    ) or not _has_files(home, receipts)


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
    named = {part.path for receipt in receipts for part in receipt.data_files}
    for path in sweep(home, named):
        log.info("swept %s", path.name)
