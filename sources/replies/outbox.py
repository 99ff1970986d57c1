"""The outbox: in each sender's folder a reply per delivery and, for forms without persons, a marked copy."""

import logging
from dataclasses import replace

import polars as pl

from sources.county.contract import WorkbookContract
from sources.county.references import References
from sources.holding.states import DeliveryStates
from sources.home.folders import Home, write_whole
from sources.home.receipts import Receipt
from sources.reading.cells import Unreadable
from sources.reading.marking.names import OUTCOME_WORDS, copy_name, receipt_stem
from sources.reading.worker import Reader
from sources.replies.content import Reply, compose_reply
from sources.replies.excel import to_excel
from sources.replies.html import to_html
from sources.replies.own_sheets import find_own_sheets
from sources.replies.redaction import find_redacted_cells

log = logging.getLogger(__name__)


def write_replies(
    home: Home, references: References, reader: Reader, receipts: list[Receipt], states: DeliveryStates
) -> None:
    """Write the replies to all deliveries of one file; a later revision, a decision or an error removes the files of before.

    The page is always written, the workbooks where there are reasons.
    """
    replies = [read_reply(home, references, receipt, states) for receipt in receipts]
    file = receipts[0].file
    files: dict[str, bytes] = {}
    if (copy := _mark_copy(home, references, reader, replies)) is not None:
        word = min((reply.outcome_word for reply in replies), key=OUTCOME_WORDS.index)
        name = copy_name(word, file.name, receipts[0].arrival_id)
        files[name] = copy
        replies = [replace(reply, copy=name) if reply.lines else reply for reply in replies]
    for reply in replies:
        files |= _receipt_files(reply)
    folder = home.outbox / (file.folder or "未识别的文件夹")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, data in files.items():
        write_whole(folder / name, data)
    is_first = receipts[0].revision == 1 and not any(
        reply.decision or reply.receipt.is_internal_error for reply in replies
    )
    if not is_first:
        for path in folder.glob(f"*.{receipts[0].arrival_id}[-.]*"):
            if path.name not in files:
                path.unlink()


def read_reply(home: Home, references: References, receipt: Receipt, states: DeliveryStates) -> Reply:
    """Read the reply to one delivery, as its rows were staged and as it counts."""
    table = references.columns_to_fill(receipt.table) if receipt.table else []
    by_name = {column.name: column for column in table}
    reply = compose_reply(receipt, rejected_rows(home, receipt), by_name)
    return replace(
        reply,
        holds=tuple(states.holds_of(receipt).values()),
        decision=states.decided.get(receipt.delivery_id),
    )


def rejected_rows(home: Home, receipt: Receipt) -> pl.DataFrame:
    """Read the reasons of a delivery's rows, as staged; a frame without columns if there are none."""
    return pl.concat(
        [pl.read_parquet(home.root / part.path) for part in receipt.rejected_files] or [pl.DataFrame()]
    )


def _receipt_files(reply: Reply) -> dict[str, bytes]:
    number = reply.receipt.delivery_id.rsplit("-", 1)[1]
    receipt = reply.receipt
    stem = receipt_stem(reply.outcome_word, receipt.file.name, receipt.arrival_id, number)
    files = {f"{stem}.html": to_html(reply).encode()}
    if reply.lines or reply.totals:
        files[f"{stem}.xlsx"] = to_excel(reply)
    return files


def _mark_copy(home: Home, references: References, reader: Reader, replies: list[Reply]) -> bytes | None:
    """Mark the wrong cells in a copy of the file; None where there are none, or where it may hold persons."""
    if not all(_is_workbook_without_persons(references, reply) for reply in replies):
        return None
    lines = [line for reply in replies for line in reply.lines]
    if not any(line.cell for line in lines):
        return None
    sha256 = replies[0].receipt.file.sha256
    data = (home.archive / sha256).read_bytes()
    try:
        workbook, receipt = reader.read(data), replies[0].receipt
        redacted = find_redacted_cells(workbook, references)
        if redacted is None:
            return None
        own = find_own_sheets(workbook, receipt, references, receipt.received_at.date())
        return reader.mark(data, lines, redacted | {name: [] for name in own}, own)
    except Unreadable as error:
        log.warning("file %s is not marked: %s %s", sha256[:12], error.rule, error.detail)
        return None


def _is_workbook_without_persons(references: References, reply: Reply) -> bool:
    contract = references.contracts.get(reply.receipt.contract)
    return isinstance(contract, WorkbookContract) and not reply.personal
