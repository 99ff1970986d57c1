"""Types of what is sent, before it is bytes: records, layouts, deliveries, and the files that carry them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sample.district.registers import DistrictReporter

FileKind = Literal["xlsx", "xls", "html", "text"]
Numbers = Literal["number", "text", "thousands", "full_width"]

Value = str | int | Decimal | bool | date | None
Record = dict[str, Value]
"""A line of a form: values by field of its table, and by Chinese label for columns that are not read."""


class ErrorCell(str):
    """The text of an Excel error, such as #DIV/0!."""


@dataclass(frozen=True)
class SentColumn:
    """A column: its field, or its label if it is not read, and its header cells from the top."""

    field: str
    header: tuple[str, ...]


@dataclass(frozen=True)
class SheetLayout:
    """A sheet with one record per line.

    unit_place: where 元 or 万元 is stated. numbers: how figures are typed, in turn. missing: what stands
    for a missing value, in turn. lines: how reporter, period and unit are stated above the header.
    rules: the balances between numbered columns that the form prints below its body.
    """

    title: str
    columns: tuple[SentColumn, ...]
    sheet: str = "Sheet1"
    money_unit: str = "元"
    unit_place: Literal["line", "row", "header"] = "line"
    numbers: tuple[Numbers, ...] = ("number",)
    yes_no: tuple[str | int, str | int] = ("是", "否")
    missing: tuple[str, ...] = ("—",)
    dates: tuple[str, ...] = ("excel",)
    lines: Literal["cells", "beside", "joined"] = "cells"
    totals: Literal["top", "bottom", "none"] = "bottom"
    subtotals_by: str | None = None
    blank_line_every: int = 0
    spaced_labels: bool = False
    box: tuple[str, ...] = ()
    rules: str = ""
    notes_sheet: bool = False
    empty_sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormLayout:
    """A workbook with one sheet per record, indicators running down (甲 name, 乙 unit, 丙 code)."""

    title: str
    indicators: tuple[tuple[str, str, str, str], ...]
    yes_no: tuple[str, str] = ("是", "否")
    missing: tuple[str, ...] = ("/",)


@dataclass(frozen=True)
class LedgerLayout:
    """A delimited text with a header line and a trailer. headers: pairs of field or label, and header."""

    headers: tuple[tuple[str, str], ...]
    encoding: Literal["gbk", "utf-8-sig"]
    dates: str
    thousands: bool
    tab_after_numbers: bool


@dataclass(frozen=True)
class PbocLayout:
    """The `|`-separated lines of a PBOC file, without a header; fields: in their order."""

    fields: tuple[str, ...]


Layout = SheetLayout | FormLayout | LedgerLayout | PbocLayout


@dataclass(frozen=True)
class Sending:
    """The records of one form, from one reporter, for one period; its layout is drawn later.

    reporter: its code. The first record's keys are the columns, in their order; a key that is no field of
    the table is the heading of a column that the contract does not read.
    """

    contract: str
    reporter: str
    period: str
    records: list[Record]


@dataclass(frozen=True)
class SentReason:
    """A rule that a record (by position) is expected to break, and the field whose cell is shown."""

    record: int
    field: str
    rule: str


@dataclass(frozen=True)
class Signers:
    """The persons named in a form's footer."""

    head: str
    statistician: str
    filler: str
    phone: str


@dataclass
class SentDelivery:
    """One form of one reporter for one period, before it is laid out.

    memo: 其中 and 上年同期 lines. slips: by position of a record, the cells that are written otherwise than
    meant; a correction of the home restores them. total_errors: by field, the amount by which a printed
    total is off. rule: the one that rejects the delivery as a whole; reasons: those for single records.
    """

    reporter: DistrictReporter
    contract: str
    period: str
    records: list[Record]
    layout: Layout
    stated_reporter: str
    stated_period: str
    signers: Signers
    signed_on: date
    memo: list[Record] = field(default_factory=list)
    slips: dict[int, Record] = field(default_factory=dict)
    total_errors: Record = field(default_factory=dict)
    only_totals: bool = False
    rule: str | None = None
    reasons: list[SentReason] = field(default_factory=list)

    @property
    def table(self) -> str:
        """The staged table that its contract fills."""
        return self.contract.split(".")[0]

    @property
    def key(self) -> tuple[str, str, str]:
        """Table, reporter and period: a later delivery with the same key replaces this one."""
        return self.table, self.reporter.code, self.period


@dataclass
class SentFile:
    """A file of the inbox: its deliveries, its arrival, and how its bytes are damaged on the way.

    suffix: the extension that the sender gave it; kind: its real format. fault: the kind of dirt, None for
    a clean file; note: a remark for the manifest, in Chinese. harm: bytes as sent to bytes as they arrive.
    """

    folder: str
    stem: str
    suffix: str
    kind: FileKind
    arrival: datetime
    deliveries: list[SentDelivery]
    fault: str | None = None
    note: str = ""
    harm: Callable[[bytes], bytes] | None = None

    @property
    def path(self) -> str:
        """Its path relative to the home."""
        return f"inbox/{self.folder}/{self.stem}{self.suffix}"
