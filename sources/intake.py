"""Intake: files from the inbox to the archive, and from the archive to staged rows and receipts."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.validate import assert_armed
from sources.county.references import References, read_references
from sources.delivery import Staging, stage
from sources.holding.decisions import last_word, read_accepted_totals, read_decisions
from sources.holding.home_states import KeptJudge, home_states
from sources.holding.states import DeliveryStates, JudgeDelivery, State
from sources.home.archive import (
    Arrival,
    Unsettled,
    archive,
    last_arrival,
    read_arrivals,
    readable,
    unarchived,
)
from sources.home.clock import SHANGHAI
from sources.home.folders import Home, MixedSynthetic
from sources.home.inbox import find_settled, irregular
from sources.home.receipts import (
    Receipt,
    read_receipts,
    remove_receipts,
    write_receipt,
)
from sources.home.removal import removal_of
from sources.home.soundness import has_digest, mend_arrivals, set_aside_damaged, sweep_parts, wrong_files
from sources.internal_error import FAULTS, failed_receipts, log_error
from sources.reading.worker import Reader
from sources.replies.outbox import write_replies
from sources.staging.files import sweep

log = logging.getLogger(__name__)


def receive(
    home: Home,
    reader: Reader,
    *,
    now: Callable[[], datetime],
    settle_seconds: float = 2.0,
    references: References | None = None,
    on_receipt: Callable[[Receipt, State], None] | None = None,
    on_reread: Callable[[int, int], None] | None = None,
) -> list[Receipt]:
    """Archive what has settled in the inbox, stage what is new or was staged under other rules.

    Returns the new receipts, in the order of arrival: a file that is read again under other rules has none
    where nothing comes of it. on_receipt: called with each, and what became of it; on_reread: called, where files
    were read again, with how many, and of how many something came. Raises MixedSynthetic when real and sample
    deliveries would mix, CorrectionError when a correction of the home is at fault, and ValidationDisarmed when
    the environment weakens the checks.
    """
    assert_armed()
    home.prepare()
    for path in sweep_parts(home):
        log.info("swept %s", path.name)
    set_aside_damaged(home)
    references = (references or read_references(home.county)).with_corrections(home.corrections)
    for reporter in references.reporters:
        (home.inbox / reporter.folder).mkdir(exist_ok=True, mode=0o700)
    receipts = read_receipts(home)
    mend_arrivals(home, receipts)
    _sweep(home, receipts)
    by_arrival: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_arrival.setdefault(receipt.arrival_id, []).append(receipt)
    states = DeliveryStates(decided=last_word(read_decisions(home)))
    with KeptJudge(home, references) as judge:
        accepted_totals = read_accepted_totals(home)
        has_rows = any(home.staging.rglob("*.parquet"))
        intake = _Intake(home, reader, references, now, by_arrival, judge, states, accepted_totals, has_rows)
        return _receive(intake, settle_seconds, on_receipt or (lambda *_: None), on_reread)


def _receive(
    intake: "_Intake",
    settle_seconds: float,
    report: Callable[[Receipt, State], None],
    on_reread: Callable[[int, int], None] | None,
) -> list[Receipt]:
    """Receive what has settled; see `receive`."""
    new = _archive_settled(intake, settle_seconds)
    for receipt in new:
        report(receipt, receipt.outcome)
    arrivals = read_arrivals(intake.home)
    _assert_unmixed(arrivals)
    reread = changed = 0
    for receipts, is_reread, is_same in _stage_all(intake, arrivals):
        reread += is_reread
        if not is_same:
            changed += is_reread
            new.extend(receipts)
            for receipt in receipts:
                report(receipt, intake.states.state_of(receipt))
    if reread and on_reread:
        on_reread(reread, changed)
    return new


@dataclass(frozen=True)
class _Intake:
    """What all files of one intake share, the receipts that there are, by arrival, and what the files so far count for.

    has_rows: whether any rows are staged; a restored home has none, and none of them is missed.
    """

    home: Home
    reader: Reader
    references: References
    now: Callable[[], datetime]
    by_arrival: dict[str, list[Receipt]]
    judge: JudgeDelivery
    states: DeliveryStates
    accepted_totals: Mapping[str, str]
    has_rows: bool

    def staging(self, arrival: Arrival) -> Staging:
        known = self.by_arrival.get(arrival.arrival_id)
        revision = known[0].revision + 1 if known else 1
        return Staging(self.home, self.references, arrival, revision, self.now(), self.accepted_totals)


def _archive_settled(intake: _Intake, settle_seconds: float) -> list[Receipt]:
    """Archive what has settled in the inbox.

    Returns new receipts of files that could not be archived. They stay where they are and are tried again by
    the next load, which takes such a receipt back once it is of no more use.
    """
    home, stuck, new = intake.home, set[str](), list[Receipt]()
    for path in irregular(home):
        log.warning("不收 %s：不是普通文件，如链接", readable(str(path.relative_to(home.inbox))))
    settled = find_settled(home, settle_seconds)
    last = last_arrival(home) if settled else None
    for path in settled:
        try:
            last = archive(home, path, _received_at(home, path, intake.now, last))
        except Unsettled as error:
            log.info("left to settle: %s", error)
        except FAULTS as error:
            arrival = unarchived(home, path, intake.now().astimezone(SHANGHAI))
            stuck.add(arrival.arrival_id)
            known = intake.by_arrival.get(arrival.arrival_id, [])
            receipts, is_same = _fail(intake, intake.staging(arrival), known, error)
            new += [] if is_same else receipts
    for arrival_id, receipts in intake.by_arrival.items():
        if not receipts[0].file.sha256 and arrival_id not in stuck:
            remove_receipts(home, arrival_id)
    return new


def _stage_all(intake: _Intake, arrivals: list[Arrival]) -> Iterator[tuple[list[Receipt], bool, bool]]:
    """Stage and answer each file that is new, or was staged under other rules.

    Yields its receipts, whether it was read again under other rules, and whether its receipts say the same as
    before: then the rules are noted in them, else they are written with their replies.
    """
    in_force: dict[tuple[str, str, str], Receipt] = {}  # when the arrival that is looked at came
    for arrival in arrivals:
        known = receipts = intake.by_arrival.get(arrival.arrival_id, [])
        if (not known or _is_stale(intake, known)) and _is_archived(intake.home, arrival, known):
            receipts, is_same = _stage_one(intake, arrival, known, in_force.get)
            yield receipts, bool(known and known[0].rules_hash), is_same
        for receipt in receipts:
            if receipt.delivery_id not in intake.states.added:
                intake.states.add(receipt, intake.judge)
            if intake.states.state_of(receipt) in ("accepted", "held"):
                in_force[receipt.key] = receipt


def _is_archived(home: Home, arrival: Arrival, known: list[Receipt]) -> bool:
    """Whether an archived file is what arrived; of one that is not, and was read before, the staged rows stay."""
    if not known or not arrival.sha256 or has_digest(home.archive / arrival.sha256, arrival.sha256):
        return True
    if removal := removal_of(home, arrival.sha256):
        log.info("%s/%s %s，不再重读，暂存的行照旧计入", arrival.folder, arrival.name, removal.text)
        return False
    log.error(
        "归档文件 %s（%s/%s）不在，或与收到时不同，不能重读；暂存的行照旧计入，请从备份恢复",
        arrival.sha256, arrival.folder, arrival.name,
    )  # fmt: skip
    return False


def _stage_one(
    intake: _Intake,
    arrival: Arrival,
    known: list[Receipt],
    in_force: Callable[[tuple[str, str, str]], Receipt | None],
) -> tuple[list[Receipt], bool]:
    """Stage and answer one file; whatever it raises becomes its receipt. Returns also whether that is as before."""
    staging = intake.staging(arrival)
    try:
        receipts = stage(staging, intake.reader, in_force)
        if _is_same(intake.home, known, receipts):
            return _note_rules(intake.home, known, receipts), True
        for receipt in receipts:
            intake.states.add(receipt, intake.judge)
        write_replies(intake.home, intake.references, intake.reader, receipts, intake.states)
        for receipt in receipts:
            write_receipt(intake.home, receipt)
        return receipts, False
    except FAULTS as error:
        return _fail(intake, staging, known, error)


def _fail(
    intake: _Intake, staging: Staging, known: list[Receipt], error: BaseException
) -> tuple[list[Receipt], bool]:
    """Answer a file that raised an error. Returns its receipts, and whether they say so already."""
    home, receipts = intake.home, failed_receipts(staging, known, error)
    if _is_same(home, known, receipts):
        return _note_rules(home, known, receipts), True
    try:
        write_replies(home, intake.references, intake.reader, receipts, intake.states)
    except FAULTS as another:
        log_error(staging.arrival, another)
    remove_receipts(home, staging.arrival.arrival_id, f".r{staging.revision}")
    for receipt in receipts:
        write_receipt(home, receipt)
    return receipts, False


def _is_same(home: Home, known: list[Receipt], receipts: list[Receipt]) -> bool:
    """Whether reading a file again gave what its receipts say already, and the rows that they name are there."""
    return [r.content for r in known] == [r.content for r in receipts] and not wrong_files(home, known)


def _note_rules(home: Home, known: list[Receipt], receipts: list[Receipt]) -> list[Receipt]:
    """Note in the receipts of a file that these rules give the same; the rows staged anew are removed."""
    for receipt in receipts:
        for part in (*receipt.staged_files, *receipt.rejected_files):
            (home.root / part.path).unlink()
    noted = [
        old.model_copy(update={"rules_hash": new.rules_hash, "candidate_files": new.candidate_files})
        for old, new in zip(known, receipts, strict=True)
    ]
    for receipt in noted:
        write_receipt(home, receipt)
    return noted


def _is_stale(intake: _Intake, receipts: list[Receipt]) -> bool:
    """Whether rules or decisions have changed since, or a data file is gone, as after a restored backup."""
    rules_hash, accepted = intake.references.rules_hash, intake.accepted_totals
    if any(
        r.rules_hash != rules_hash(r.contract, r.reporter_code, r.period)
        or r.totals_accepted_by != accepted.get(r.delivery_id, "")
        for r in receipts
    ):
        return True
    damaged = wrong_files(intake.home, receipts)
    for path in damaged if intake.has_rows else []:
        log.warning("%s is not as its receipt says: read again from the archive", path)
    return bool(damaged)


def answer_anew(
    home: Home, references: References, reader: Reader, receipt: Receipt, cut_off: datetime
) -> None:
    """Write the replies to a file again, when a decision on one of its deliveries has been taken."""
    receipts = read_receipts(home)
    states = home_states(home, references, receipts, cut_off)
    of_file = [other for other in receipts if other.arrival_id == receipt.arrival_id]
    write_replies(home, references, reader, of_file, states)


def _received_at(home: Home, path: Path, now: Callable[[], datetime], last: Arrival | None) -> datetime:
    """Give the time that an arrival is labelled with: later than that of the last, so that their order is that of arrival."""
    if home.synthetic:  # the sample's year passes in one load: a file's own time stands in for its arrival
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(SHANGHAI)
    at = now().astimezone(SHANGHAI)
    if last is None or at > last.received_at:
        return at
    log.warning("时钟为 %s，不晚于上一份报送的 %s：照到达的次序计", at, last.received_at)
    return last.received_at + timedelta(microseconds=1)


def _assert_unmixed(arrivals: Iterable[Arrival]) -> None:
    if len({arrival.synthetic for arrival in arrivals}) > 1:
        raise MixedSynthetic(
            "此目录里既有合成示例数据又有真实报送，拒绝装载；请为真实数据另设 XIANGCANG_HOME"
        )


def _sweep(home: Home, receipts: list[Receipt]) -> None:
    named = {part.path for receipt in receipts for part in receipt.data_files}
    for path in sweep(home, named):
        log.info("swept %s", path.name)
