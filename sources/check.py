"""Checks of files that are not sent yet: what their receipts would be, without keeping anything."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.delivery import Staging, stage
from sources.holding.decisions import read_decisions
from sources.holding.home_states import read_judgements
from sources.holding.judge import Judge
from sources.holding.states import DeliveryStates, delivery_states
from sources.home.archive import archive, readable
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.internal_error import FAULTS, failed_receipts
from sources.read_as import describe_reading
from sources.reading.worker import Reader
from sources.replies.content import to_text
from sources.replies.outbox import read_reply, rejected_rows
from sources.text.quoting import suggest


@dataclass(frozen=True)
class CheckedDelivery:
    """A receipt that is not kept.

    problems: sheet, cell, field, rule, message of each. words: the receipt as a sender reads it. reading: the column of
    each field, and the first rows as they were read.
    """

    receipt: Receipt
    problems: list[dict[str, str]]
    words: str
    reading: tuple[str, ...] = ()


def check_file(
    path: Path,
    reader: Reader,
    references: References,
    *,
    reporter: str | None,
    now: Callable[[], datetime],
    beside: Home | None = None,
) -> list[CheckedDelivery]:
    """Archive and stage a file in a temporary home, and return its receipts.

    reporter: who would send it, by code, name or folder; without one, the folder that the file lies in, as in an inbox.
    beside: the home
    whose deliveries decide whether it would be held.
    Raises LookupError when neither is a reporter, and OSError when the file cannot be read.
    """
    folder = find_folder(references.reporters, reporter or readable(path.resolve().parent.name), reporter)
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch))
        home.prepare()
        dropped = home.inbox / folder / path.name
        dropped.parent.mkdir(parents=True)
        shutil.copyfile(path, dropped)
        arrival = archive(home, dropped, now())
        staging = Staging(home, references, arrival, 1, now())
        try:
            receipts = stage(staging, reader, lambda _: None)
        except FAULTS as error:
            receipts = failed_receipts(staging, [], error)
        states = _judge(home, references, receipts, beside, now()) if beside else DeliveryStates()
        return [_summarize(home, references, receipt, states) for receipt in receipts]


def find_folder(reporters: Sequence[Reporter], text: str, given: str | None) -> str:
    """Find the inbox folder of a reporter by its code, name or folder.

    given: what was asked for, None where the file's own folder was tried. Raises LookupError.
    """
    for reporter in reporters:
        if text in (reporter.code, reporter.name, reporter.folder):
            return reporter.folder
    if given is not None:
        nearest = suggest(text, [name for reporter in reporters for name in (reporter.name, reporter.folder)])
        raise LookupError(f"没有填报单位“{text}”{nearest}；--reporter 可写名称、文件夹或代码")
    known = "、".join(dict.fromkeys(reporter.name for reporter in reporters))
    raise LookupError(f"请用 --reporter 指明填报单位，名称或代码都可以：{known}")


def _judge(
    home: Home, references: References, receipts: list[Receipt], beside: Home, now: datetime
) -> DeliveryStates:
    """Judge deliveries as if they arrived in another home now; nothing is written there."""
    judge = Judge(beside, references)
    judge.known = read_judgements(beside)
    states = delivery_states(
        read_receipts(beside), read_decisions(beside), judge, now, references.tables_judged_last
    )
    for receipt in receipts:
        files = {
            name: [
                part.model_copy(update={"path": str(home.root / part.path)})
                for part in getattr(receipt, name)
            ]
            for name in ("staged_files", "candidate_files")
        }
        states.add(receipt.model_copy(update=files), judge)
    return states


def _summarize(
    home: Home, references: References, receipt: Receipt, states: DeliveryStates
) -> CheckedDelivery:
    reading = tuple(describe_reading(home, references, receipt))
    rejected = rejected_rows(home, receipt)
    problems = [
        {"sheet": r.sheet, "cell": r.cell, "field": "", "rule": r.rule, "message": r.message}
        for r in receipt.reasons
    ]
    for row in rejected.iter_rows(named=True):
        place = {"sheet": row["sheet_name"], "cell": row["cell"], "field": row["field"]}
        problems.append(place | {"rule": row["rule"], "message": row["message"]})
    return CheckedDelivery(receipt, problems, to_text(read_reply(home, references, receipt, states)), reading)
