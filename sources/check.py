"""Checks of files that are not sent yet: what their receipts would be, without keeping anything."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sources.county.references import References
from sources.delivery import Staging, stage
from sources.home.archive import archive, readable
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.internal_error import FAULTS, failed_receipts
from sources.reading.worker import Reader
from sources.replies.content import to_text
from sources.replies.outbox import read_reply, rejected_rows


@dataclass(frozen=True)
class CheckedDelivery:
    """A receipt that is not kept.

    problems: sheet, cell, field, rule, message of each. words: the receipt as a sender reads it.
    """

    receipt: Receipt
    problems: list[dict[str, str]]
    words: str


def check_file(
    path: Path,
    reader: Reader,
    references: References,
    *,
    reporter_code: str | None,
    now: Callable[[], datetime],
) -> list[CheckedDelivery]:
    """Archive and stage a file in a temporary home, and return its receipts.

    reporter_code: who would send it; without one, the folder that the file lies in, as in an inbox.
    Raises LookupError when neither is a reporter, and OSError when the file cannot be read.
    """
    folders = {reporter.code: reporter.folder for reporter in references.reporters}
    folder = folders.get(reporter_code or "", readable(path.resolve().parent.name))
    if reporter_code not in folders and folder not in folders.values():
        known = "、".join(f"{code}（{name}）" for code, name in folders.items())
        raise LookupError(f"请用 --reporter 指明报送者：{known}")
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
            return [_summarize(home, references, receipt) for receipt in receipts]
        except FAULTS as error:
            failed = failed_receipts(staging, [], error)
            return [_summarize(home, references, receipt) for receipt in failed]


def _summarize(home: Home, references: References, receipt: Receipt) -> CheckedDelivery:
    rejected = rejected_rows(home, receipt)
    problems = [
        {"sheet": r.sheet, "cell": r.cell, "field": "", "rule": r.rule, "message": r.message}
        for r in receipt.reasons
    ]
    for row in rejected.iter_rows(named=True):
        place = {"sheet": row["sheet_name"], "cell": row["cell"], "field": row["field"]}
        problems.append(place | {"rule": row["rule"], "message": row["message"]})
    return CheckedDelivery(receipt, problems, to_text(read_reply(home, references, receipt)))
