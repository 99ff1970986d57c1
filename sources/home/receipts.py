"""Receipts: what became of each delivery. A receipt renamed into place is the commit of its files."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from schemas.files.sealed import read_sealed, seal
from schemas.files.strict import Strict
from sources.home.folders import Home, write_whole
from sources.text.personal import hide_in_name, hide_personal

KeptText = Annotated[str, AfterValidator(hide_personal)]
"""A text of a record, masked when the record is made, whoever makes it."""

KeptName = Annotated[str, AfterValidator(hide_in_name)]
"""The name of a file in a record."""

Outcome = Literal["accepted", "rejected", "duplicate"]

INTERNAL_ERROR = "delivery__internal_error"
"""The rule of the reason that a delivery has on which the program failed."""


class FileFacts(Strict):
    """The file that arrived; folder is the reporter's inbox folder."""

    name: KeptName
    folder: str
    sha256: str
    size_bytes: int
    format: str


class Reason(Strict):
    """One reason why a delivery was rejected whole. cell: an address, or empty where no cell is to blame.

    periods: those that it may be of, where it names more than one.
    """

    rule: str
    sheet: str
    cell: str
    message: KeptText
    periods: tuple[str, ...] = ()


class RowCounts(Strict):
    """Rows of a delivery: candidate = accepted + rejected + skipped; flagged are among the accepted."""

    candidate: int = 0
    accepted: int = 0
    rejected: int = 0
    flagged: int = 0
    skipped: int = 0


class SheetAccount(Strict):
    """Cell conservation of one sheet (lines of a text file), and where each field lay.

    columns and cells: by field the letters of its column, or its one cell; scales: by field how many of its
    unit a stated unit is; agreed_units: the stated units that the sheet does not print, but the contract has.
    What differs in the n-th of several blocks stands under `field[n]` too.
    """

    name: str
    hidden: bool
    read_cells: int
    classes: dict[str, int]
    ignored_reasons: dict[str, int]
    columns: dict[str, str]
    cells: dict[str, str]
    scales: dict[str, str] = {}
    agreed_units: dict[str, str] = {}
    blocks: int = 1

    def in_block(self, by_field: dict[str, str], field: str, block: int) -> str | None:
        """Return the entry of a field in one block (from 1) out of columns, cells or scales."""
        return by_field.get(f"{field}[{block}]", by_field.get(field))


class ControlTotal(Strict):
    """A printed total (None if no number) against the sum of its rows, both in the field's unit.

    computed: of the rows as corrected, or as they were sent where only those agree. fits_visible: whether it
    agrees only with the rows that are neither hidden nor struck out.
    """

    sheet: str
    cell: str
    field: str
    label: KeptText
    printed: Decimal | None
    computed: Decimal
    agrees: bool
    fits_visible: bool = False


class AppliedCorrection(Strict):
    """Outcome of a correction: applied, or not because the cell does not hold what is expected.

    sheet_block, sheet_row: of the row that the cell lies in; None where the cell stands for several rows.
    found: the cell's text; None where it is no cell of the field, or the form has personal fields.
    """

    id: str
    sheet: str
    cell: str
    field: str
    applied: bool
    sheet_block: int | None = None
    sheet_row: int | None = None
    found: KeptText | None = None


class PrintedRuleViolation(Strict):
    """A record that breaks a rule of its own sheet. cell: the first figure of the left side."""

    cell: str
    left: Decimal
    right: Decimal


class PrintedRule(Strict):
    """A rule that the sheet prints itself (`12=13+14`), at its cell, and the records evaluated by it.

    not_understood: why it could not be evaluated, in Chinese; else empty. skipped: records with figures, but
    with blanks or texts where the rule needs a figure.
    """

    sheet: str
    cell: str
    text: KeptText
    not_understood: KeptText = ""
    evaluated: int = 0
    skipped: int = 0
    violations: list[PrintedRuleViolation] = []


def row_of(cell: str) -> int | None:
    """Give the row of an address, from 1; None where there is no cell."""
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else None


class Answer(Strict):
    """What a sender says to a query of an earlier reply (查询与答复). cell: empty where it is about a whole delivery.

    query: the reason that it answers, as the sender's file repeats it; empty where it stands in a column of the form.
    """

    sheet: KeptText
    cell: str
    query: KeptText = ""
    text: KeptText

    @property
    def row(self) -> int | None:
        """The row of its cell, from 1; None without a cell."""
        return row_of(self.cell)


class DataFile(Strict):
    """A Parquet file, by its path under the home."""

    path: str
    sha256: str
    rows: int


class Receipt(Strict):
    """Outcome of one delivery, under the rules of `rules_hash`.

    totals_accepted_by: the steward by whose word it counts although its totals disagree; empty without one.
    """

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
    answers: list[Answer] = []
    staged_files: list[DataFile] = []
    rejected_files: list[DataFile] = []
    candidate_files: list[DataFile] = []
    rules_hash: str = ""
    supersedes: str = ""
    totals_accepted_by: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Table, reporter and period: a later delivery of the same key supersedes an earlier one.

        A delivery whose form or period is unknown has its own id for a period, and supersedes none.
        """
        return self.table, self.reporter_code, self.period if self.table and self.period else self.delivery_id

    @property
    def possible_periods(self) -> tuple[str, ...]:
        """The periods that it may be of: its own, those that it names where they disagree, or none where none was read."""
        named = [period for reason in self.reasons for period in reason.periods]
        return tuple(named) or ((self.period,) if self.period else ())

    @property
    def is_internal_error(self) -> bool:
        """Whether the program failed on the file."""
        return any(reason.rule == INTERNAL_ERROR for reason in self.reasons)

    @property
    def is_tried_again(self) -> bool:
        """Whether every load reads the file again, as the machine is to blame that it could not be read or kept."""
        return self.is_internal_error and not self.rules_hash

    @property
    def data_files(self) -> list[DataFile]:
        """The Parquet files of the delivery: its staged rows, the reasons of the others, and these as they were sent."""
        return self.staged_files + self.rejected_files + self.candidate_files

    @property
    def content(self) -> dict[str, Any]:
        """What became of the delivery, whenever and under whichever rules: outcome, rows, reasons, account of cells."""
        differs = {"revision", "staged_at", "rules_hash", "staged_files", "rejected_files", "candidate_files"}
        return self.model_dump(exclude=differs) | {
            "staged": [(part.sha256, part.rows) for part in self.staged_files],
            "rejected": [(part.sha256, part.rows) for part in self.rejected_files],
        }


def write_receipt(home: Home, receipt: Receipt) -> None:
    """Commit a receipt. Earlier revisions stay."""
    path = home.receipts / f"{receipt.delivery_id}.r{receipt.revision}.json"
    write_whole(path, seal(receipt.model_dump_json(indent=1).encode()))


def remove_receipts(home: Home, arrival_id: str, revision: str = "") -> None:
    """Remove the receipts of an arrival, or of one revision (`.r2`) of it, that were written to no purpose."""
    for path in home.receipts.glob(f"*-{arrival_id}-*{revision}.json"):
        path.unlink()


def read_receipts(home: Home) -> list[Receipt]:
    """Read the newest complete revision of every arrival's receipts, in the order of arrival."""
    return newest(read_every_revision(home))


def read_every_revision(home: Home) -> list[Receipt]:
    """Read all receipts, also those that later ones replaced or that a killed load left incomplete."""
    paths = sorted(home.receipts.glob("*.json"))
    return [read_receipt_file(path) for path in paths]


def read_receipt_file(path: Path) -> Receipt:
    """Read one receipt. Raises ValueError for one that is damaged."""
    stat = path.stat()
    return _read_receipt(path, stat.st_ino, stat.st_mtime_ns)


@cache  # a load reads all receipts often, and one is put in place whole: the same inode holds the same text
def _read_receipt(path: Path, _inode: int, _changed_ns: int) -> Receipt:
    return Receipt.model_validate_json(read_sealed(path))


def newest(every: Iterable[Receipt]) -> list[Receipt]:
    """Keep of all receipts the newest complete revision of every arrival's, in the order of arrival."""
    by_arrival: dict[str, dict[int, list[Receipt]]] = {}
    for receipt in every:
        by_arrival.setdefault(receipt.arrival_id, {}).setdefault(receipt.revision, []).append(receipt)
    kept: list[Receipt] = []
    for revisions in by_arrival.values():
        complete = [r for r, receipts in revisions.items() if len(receipts) == receipts[0].deliveries_in_file]
        if complete:
            kept.extend(revisions[max(complete)])
    return in_order(kept)


def in_order(receipts: Iterable[Receipt]) -> list[Receipt]:
    """Sort receipts by time of arrival."""
    return sorted(receipts, key=lambda r: (r.received_at, r.delivery_id))
