"""The files that a load rejected: grouped by what is wrong, each group with a message, a cell and a file to look at."""

from collections.abc import Iterable
from typing import NamedTuple

from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.replies.outbox import rejected_rows


class Fault(NamedTuple):
    """What is first wrong with a file. cell: with its sheet, empty where none is to blame."""

    rule: str
    cell: str
    message: str


class RejectedGroup(NamedTuple):
    """Files with the same fault; message, cell and file are those of the first."""

    files: int
    message: str
    cell: str
    file: str


def group_rejected(home: Home, receipts: Iterable[Receipt]) -> list[RejectedGroup]:
    """Group rejected deliveries by the rule that they broke first, the most frequent first."""
    groups: dict[str, list[tuple[Receipt, Fault]]] = {}
    for receipt in receipts:
        if receipt.outcome == "rejected":
            fault = _find_fault(home, receipt)
            groups.setdefault(fault.rule, []).append((receipt, fault))
    listed = [
        RejectedGroup(len(group), fault.message, fault.cell, f"{receipt.file.folder}/{receipt.file.name}")
        for group in groups.values()
        for receipt, fault in group[:1]
    ]
    return sorted(listed, key=lambda group: -group.files)


def _find_fault(home: Home, receipt: Receipt) -> Fault:
    """Find what is first wrong: with a row, where rows are to blame, else with the delivery."""
    rows = rejected_rows(home, receipt)
    if rows.width:
        for row in rows.filter(rows["severity"] == "reject").head(1).iter_rows(named=True):
            return Fault(row["rule"], _place(row["sheet_name"], row["cell"]), row["message"])
    for reason in receipt.reasons:
        return Fault(reason.rule, _place(reason.sheet, reason.cell), reason.message)
    return Fault("", "", "未写明原因")


def _place(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if sheet and cell else sheet or cell
