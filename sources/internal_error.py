"""Files that the program itself fails on: a receipt that says so, and a traceback in the log without what they hold."""

import logging
import traceback

from polars.exceptions import PanicException

from sources.delivery import Staging, begin_receipt
from sources.home.archive import Arrival
from sources.home.receipts import INTERNAL_ERROR, Reason, Receipt, RowCounts
from sources.layout.draft import Draft

log = logging.getLogger(__name__)

FAULTS = (Exception, PanicException)
"""What one file may raise without stopping the others; a panic of polars is no Exception."""

_OF_THE_MACHINE = (OSError, MemoryError)
_MESSAGE = (
    "程序处理这份文件时出错（错误编号 {number}），不一定是填报有误；请把编号告诉数据管理员，由其按编号查日志。"
    "程序改正后会自动重读，不必重报；急用时可核对内容、另存为新文件后再报"
)
_MESSAGE_OF_THE_MACHINE = (
    "收件的计算机读写这份文件时出错（错误编号 {number}），如没有权限、磁盘已满；请把编号告诉数据管理员，"
    "由其按编号查日志。排除后下次收件会自动重试，不必重报"
)


def failed_receipts(staging: Staging, known: list[Receipt], error: BaseException) -> list[Receipt]:
    """Make the receipts of a file that raised an error, and log where it did. known: those it has so far.

    They are rejected, one for each delivery that is known of the file. The number is the arrival's. What the
    machine is to blame for is tried again at every load, the rest once the rules or the program change.
    """
    log_error(staging.arrival, error)
    is_of_the_machine = isinstance(error, _OF_THE_MACHINE)
    message = _MESSAGE_OF_THE_MACHINE if is_of_the_machine else _MESSAGE
    text = message.format(number=staging.arrival.arrival_id)
    reason = Reason(rule=INTERNAL_ERROR, sheet="", cell="", message=text)
    return [
        _reject(receipt, staging, reason, try_again=is_of_the_machine)
        for receipt in known or [_blank_receipt(staging)]
    ]


def log_error(arrival: Arrival, error: BaseException) -> None:
    """Log where an error came from, under the number that its receipt has."""
    log.error("internal error %s, file %s: %s", arrival.arrival_id, arrival.sha256[:12], _trace(error))


def _trace(error: BaseException) -> str:
    """Write the types of an error and of its causes, each with its frames; their words may quote a cell."""
    lines = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__name__)
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}')
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


def _reject(receipt: Receipt, staging: Staging, reason: Reason, *, try_again: bool) -> Receipt:
    terms = (receipt.contract, receipt.reporter_code, receipt.period)
    return Receipt(
        **receipt.model_dump(include=_KEPT),
        file=receipt.file,
        revision=staging.revision,
        staged_at=staging.staged_at,
        outcome="rejected",
        reasons=[reason],
        rows=RowCounts(),
        totals_accepted_by=staging.accepted_totals.get(receipt.delivery_id, ""),
        rules_hash="" if try_again else staging.references.rules_hash(*terms),
    )


_KEPT = {
    "delivery_id", "arrival_id", "deliveries_in_file", "contract", "table", "form_title", "reporter_code",
    "period", "county_code", "received_at", "synthetic",
}  # fmt: skip
"""What of a receipt says which delivery it is."""


def _blank_receipt(staging: Staging) -> Receipt:
    """Make the receipt of a file of which no more is known than how it arrived."""
    arrival, references = staging.arrival, staging.references
    reporter = references.reporter_of(arrival.folder, arrival.received_at.date())
    return begin_receipt(staging, Draft(None), reporter, "unknown")
