"""Staging of one archived file: read it, lay it out, validate its rows, and make the receipts."""

import logging
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.home.archive import Arrival
from sources.home.folders import Home
from sources.home.receipts import FileFacts, Reason, Receipt, RowCounts
from sources.layout.block_content import Unconserved
from sources.layout.draft import Draft, check_in_force, refuse
from sources.reading.cells import Unreadable
from sources.reading.workbook import sniff
from sources.reading.worker import Reader
from sources.staging.stage import stage_rows
from sources.text.personal import hide_in_name
from sources.text_delivery import text_draft
from sources.workbook_delivery import workbook_drafts

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Staging:
    """One file to stage under one set of rules, and the revision and time that its receipts will have.

    accepted_totals: by delivery, who has accepted totals of it that disagree.
    """

    home: Home
    references: References
    arrival: Arrival
    revision: int
    staged_at: datetime
    accepted_totals: Mapping[str, str] = field(default_factory=dict)


def stage(
    staging: Staging, reader: Reader, in_force: Callable[[tuple[str, str, str]], Receipt | None]
) -> list[Receipt]:
    """Stage every delivery of one archived file and return the receipts, which are not yet written.

    in_force: the delivery that counts for a table, reporter and period when this one arrives.
    """
    reporter = staging.references.reporter_of(staging.arrival.folder, staging.arrival.received_at.date())
    with ExitStack() as scratch:
        file_format, drafts = _read_drafts(staging, reporter, reader, scratch)
        receipts = []
        for number, draft in enumerate(drafts, start=1):
            receipt = _stage_draft(staging, draft, reporter, file_format, number, len(drafts), in_force)
            receipts.append(receipt)
    return receipts


def _read_drafts(
    staging: Staging, reporter: Reporter | None, reader: Reader, scratch: ExitStack
) -> tuple[str, list[Draft]]:
    """Return the file's format and its drafts; one draft with a reason for a file that cannot be read.

    scratch: keeps the text that drafts read their rows from, until these are staged.
    """
    path, name = staging.home.archive / staging.arrival.sha256, staging.arrival.name
    file_format = _sniff_file(path)
    if reporter is None:
        message = f"文件夹“{staging.arrival.folder}”不属于任何报送者；请放入本单位的文件夹"
        return file_format, [Draft(None, reasons=[refuse("unknown_reporter", message)])]
    try:
        if file_format == "text":
            folder = scratch.enter_context(tempfile.TemporaryDirectory(dir=staging.home.staging))
            target = Path(folder) / "utf-8.txt"
            reader.transcode(path, target)
            return file_format, [text_draft(target, name, staging.references, reporter, reader)]
        workbook = reader.read_file(path)
        return workbook.format, workbook_drafts(workbook, hide_in_name(name), staging.references, reporter)
    except (Unreadable, Unconserved) as error:
        return file_format, [Draft(None, reasons=[_explain(staging.arrival, file_format, error)])]


def _explain(arrival: Arrival, file_format: str, error: Unreadable | Unconserved) -> Reason:
    """Log why a file is not read, and give the reason that its sender gets."""
    if isinstance(error, Unconserved):
        log.error("file %s: %s", arrival.sha256[:12], error)
        message = "有单元格或行没有归类，程序拒绝继续；请把此文件交系统维护者"
        return refuse("unconserved", message)
    log.info("file %s is unreadable: %s %s", arrival.sha256[:12], error.rule, error.detail)
    if file_format == "text" and error.rule in _UNREADABLE_TEXT:
        return refuse("unreadable", _UNREADABLE_TEXT[error.rule])
    return refuse(*_UNREADABLE[error.rule])


def _sniff_file(path: Path) -> str:
    with path.open("rb") as data:
        return sniff(data.read(1 << 20)) if path.stat().st_size > 64 << 20 else sniff(data.read())


_UNREADABLE = {
    "encrypted": ("encrypted", "文件有密码保护；请去掉密码后重新报送"),
    "undecodable": ("undecodable", "文本编码无法识别（应为 UTF-8 或 GB18030）；请重新导出"),
    "empty_file": ("unreadable", "文件是空的；请核对后重新报送"),
    "unknown_format": ("unreadable", "不是 Excel、WPS 表格或文本文件；请核对后重新报送"),
    "corrupt": ("unreadable", "文件损坏，无法打开；请在 Excel 中另存后重新报送"),
    "too_large": ("unreadable", "工作表超出可读的行列数；请删去多余的行列后重新报送"),
    "timeout": ("unreadable", "读取超时；请在 Excel 中另存后重新报送"),
    "killed": ("unreadable", "读取时程序被中止，文件可能损坏；请在 Excel 中另存后重新报送"),
}
"""Rule and message of the reason, by the rule of Unreadable."""

_UNREADABLE_TEXT = {
    "corrupt": "文本内容异常，无法读取；请从业务系统重新导出",
    "too_large": "有一行过长，不是规定的表格文本；请从业务系统重新导出",
    "timeout": "读取超时；请从业务系统重新导出，或按日期分成几个文件",
    "killed": "读取时程序被中止；请从业务系统重新导出",
}
"""Messages for text files where those for workbooks would not do."""


def begin_receipt(
    staging: Staging,
    draft: Draft,
    reporter: Reporter | None,
    file_format: str,
    number: int = 1,
    deliveries: int = 1,
) -> Receipt:
    """Make the receipt of a delivery of which no row is staged yet: rejected, without reasons.

    number: of the delivery among the deliveries of its file.
    """
    arrival, contract = staging.arrival, draft.contract
    delivery_id = f"{arrival.received_at:%Y%m%d}-{arrival.arrival_id}-{number}"
    return Receipt(
        delivery_id=delivery_id,
        arrival_id=arrival.arrival_id,
        revision=staging.revision,
        deliveries_in_file=deliveries,
        contract=contract.name if contract else "",
        table=contract.table if contract else "",
        form_title=draft.form_title,
        reporter_code=reporter.code if reporter else "",
        period=draft.period,
        county_code=staging.references.county_code,
        received_at=arrival.received_at,
        staged_at=staging.staged_at,
        outcome="rejected",
        synthetic=arrival.synthetic,
        answers=draft.answers,
        totals_accepted_by=staging.accepted_totals.get(delivery_id, ""),
        file=FileFacts(
            name=arrival.name, folder=arrival.folder, sha256=arrival.sha256,
            size_bytes=arrival.size_bytes, format=file_format,
        ),
    )  # fmt: skip


def _stage_draft(
    staging: Staging,
    draft: Draft,
    reporter: Reporter | None,
    file_format: str,
    number: int,
    deliveries: int,
    in_force: Callable[[tuple[str, str, str]], Receipt | None],
) -> Receipt:
    arrival, contract = staging.arrival, draft.contract
    receipt = begin_receipt(staging, draft, reporter, file_format, number, deliveries)
    rules_hash = staging.references.rules_hash(receipt.contract, receipt.reporter_code, receipt.period)
    receipt = receipt.model_copy(update={"rules_hash": rules_hash})
    if reporter is not None:
        draft.reasons += check_in_force(reporter, draft.period, arrival.received_at.date())
    predecessor = in_force(receipt.key)
    if contract is None or draft.reasons:
        return receipt.model_copy(
            update={"reasons": draft.reasons, "sheets": draft.sheets, "printed_rules": draft.printed_rules}
        )
    if predecessor is not None and predecessor.file.sha256 == arrival.sha256:
        candidate = predecessor.rows.candidate
        return receipt.model_copy(
            update={
                "outcome": "duplicate",
                "sheets": predecessor.sheets,
                "rows": RowCounts(candidate=candidate, skipped=candidate),
            }
        )
    assert reporter is not None  # without one there is no contract
    try:
        staged = stage_rows(staging.home, staging.references, draft, receipt)
    except (Unreadable, Unconserved) as error:  # texts are read while they are staged
        return receipt.model_copy(update={"reasons": [_explain(arrival, file_format, error)]})
    return staged.model_copy(update={"supersedes": predecessor.delivery_id if predecessor else ""})
