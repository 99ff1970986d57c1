"""Receipts: what became of each delivery. A receipt renamed into place is the commit of its files."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from schemas.strict import Strict
from sources.home.folders import Home, write_whole

Outcome = Literal["accepted", "rejected", "duplicate"]


class FileFacts(Strict):
    """The file that arrived; folder is the reporter's inbox folder."""

    name: str
    folder: str
    sha256: str
    size_bytes: int
    format: str


class Reason(Strict):
    """Why a delivery was rejected whole. cell is an address, or empty where no cell is to blame."""

    rule: str
    sheet: str
    cell: str
    message: str


class RowCounts(Strict):
    """candidate = accepted + rejected + skipped; flagged are among the accepted."""

    candidate: int = 0
    accepted: int = 0
    rejected: int = 0
    flagged: int = 0
    skipped: int = 0


class SheetAccount(Strict):
    """Cell conservation of one sheet (lines of a text file), and where each field lay.

    columns and cells: by field the letters of its column, or its one cell; scales: how many of the field's
    unit one of its stated unit is. What differs in the n-th of several blocks is said
    again under `field[n]`.
    """

    name: str
    hidden: bool
    read_cells: int
    classes: dict[str, int]
    ignored_reasons: dict[str, int]
    columns: dict[str, str]
    cells: dict[str, str]
    scales: dict[str, str] = {}
    blocks: int = 1

    def in_block(self, said: dict[str, str], field: str, block: int) -> str | None:
        """What columns, cells or scales say of a field in one block."""
        return said.get(f"{field}[{block}]", said.get(field))


class ControlTotal(Strict):
    """A printed total (None if no number) against the sum of its rows, both in the field's unit.

    computed: of the rows as corrected, or as they were sent where only those agree.
    """

    sheet: str
    cell: str
    field: str
    label: str
    printed: Decimal | None
    computed: Decimal
    agrees: bool


class AppliedCorrection(Strict):
    """What came of a correction: applied, or not because the cell does not say what is expected.

    sheet_block, sheet_row: of the row that the cell lies in; None where it is said for several rows.
    found: what the cell says; None where it is no cell of the field, or the form has personal fields.
    """

    id: str
    sheet: str
    cell: str
    field: str
    applied: bool
    sheet_block: int | None = None
    sheet_row: int | None = None
    found: str | None = None


class PrintedRuleViolation(Strict):
    """A record against a rule of its own sheet. cell: the first figure of the left side."""

    cell: str
    left: Decimal
    right: Decimal


class PrintedRule(Strict):
    """A rule that the sheet prints itself (`12=13+14`), at its cell, and the records held against it.

    not_understood: why it could not be, in Chinese; else empty. skipped: records with figures of which it
    says nothing.
    """

    sheet: str
    cell: str
    text: str
    not_understood: str = ""
    evaluated: int = 0
    skipped: int = 0
    violations: list[PrintedRuleViolation] = []


class DataFile(Strict):
    """A Parquet file, by its path under the home."""

    path: str
    sha256: str
    rows: int


class Receipt(Strict):
    """What became of one delivery, under the rules of `rules_hash`."""

    delivery_id: str
    arrival_id: str
    revision: int
    deliveries_in_file: int
    contract: str
    table: str
    form_title: str
    reporter_code: str
    period: str
    county_code: str
    received_at: datetime
    staged_at: datetime
    outcome: Outcome
    synthetic: bool
    file: FileFacts
    reasons: list[Reason] = []
    rows: RowCounts = RowCounts()
    rule_counts: dict[str, int] = {}
    sheets: list[SheetAccount] = []
    control_totals: list[ControlTotal] = []
    corrections: list[AppliedCorrection] = []
    printed_rules: list[PrintedRule] = []
    staged_files: list[DataFile] = []
    rejected_files: list[DataFile] = []
    rules_hash: str = ""
    supersedes: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What deliveries supersede one another within: table, reporter, period.

        One whose form or period could not be told stands for itself.
        """
        return self.table, self.reporter_code, self.period if self.table and self.period else self.delivery_id


def write_receipt(home: Home, receipt: Receipt) -> None:
    """Commit a receipt. Earlier revisions stay."""
    path = home.receipts / f"{receipt.delivery_id}.r{receipt.revision}.json"
    write_whole(path, receipt.model_dump_json(indent=1).encode())


def read_receipts(home: Home) -> list[Receipt]:
    """The newest complete revision of every arrival's receipts, in the order of arrival."""
    return newest(read_every_revision(home))


def read_every_revision(home: Home) -> list[Receipt]:
    """All receipts, also those that later ones replaced or that a killed load left incomplete."""
    found = sorted(home.receipts.glob("*.json"))
    return [_read(path, facts.st_ino, facts.st_mtime_ns) for path in found if (facts := path.stat())]


@cache
def _read(path: Path, inode: int, changed_ns: int) -> Receipt:
    """A receipt is put in place whole, so that the same file says the same: a load asks for all of them often."""
    return Receipt.model_validate_json(path.read_bytes())


def newest(every: Iterable[Receipt]) -> list[Receipt]:
    """Of all receipts, the newest complete revision of every arrival's, in the order of arrival."""
    by_arrival: dict[str, dict[int, list[Receipt]]] = {}
    for receipt in every:
        by_arrival.setdefault(receipt.arrival_id, {}).setdefault(receipt.revision, []).append(receipt)
    found: list[Receipt] = []
    for revisions in by_arrival.values():
        complete = [r for r, receipts in revisions.items() if len(receipts) == receipts[0].deliveries_in_file]
        if complete:
            found.extend(revisions[max(complete)])
    return in_order(found)


def in_order(receipts: Iterable[Receipt]) -> list[Receipt]:
    """By time of arrival."""
    return sorted(receipts, key=lambda r: (r.received_at, r.delivery_id))


def in_force(receipts: Iterable[Receipt], cut_off: datetime) -> list[Receipt]:
    """The deliveries that count at a time: the last accepted one of each table, reporter and period."""
    found = {r.key: r for r in in_order(receipts) if r.received_at <= cut_off and r.outcome == "accepted"}
    return in_order(found.values())


def open_deliveries(receipts: Iterable[Receipt], cut_off: datetime) -> list[Receipt]:
    """What a steward must look at: the last delivery of each table, reporter and period, but duplicates."""
    found = {r.key: r for r in in_order(receipts) if r.received_at <= cut_off and r.outcome != "duplicate"}
    return in_order(found.values())
