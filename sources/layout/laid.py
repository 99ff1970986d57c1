"""What a block holds once it is laid out: candidate rows, printed totals, and a class for every cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from schemas.errors import XiangcangError
from schemas.field import Column
from sources.layout.block import Block, Classes, Problem, Stated, stated
from sources.reading.cells import cell_address
from sources.text.period import parse_period
from sources.text.squeeze import squeeze
from sources.text.unit import dimension

Cell = tuple[str, str]
"""Text and kind of a cell."""


class Unconserved(XiangcangError):
    """Cells of a sheet were neither read nor accounted for: a fault of this program, never of the file."""


@dataclass
class Total:
    """A printed total: its label, its cells by field, and the candidates it adds up (half open).

    A 小计 adds up the rows since the total before it, any other total all rows of the block.
    """

    label: str
    cells: dict[str, tuple[Cell, str]]
    rows: tuple[int, int] | None


@dataclass(eq=False)
class Laid:
    """What a block holds, before anything is parsed.

    texts and kinds: by field, one entry a candidate row. rows: 1-based sheet rows of the candidates.
    columns: field to 0-based column; cells: field to address, for what does not lie in a column.
    unread_columns: those of its rows that the contract passes over; passed_over: rows without a record that
    have such cells; footer_rows: what stands below; all 0-based.
    goes_on: whether its rows go on from the part before it, so that a total adds up both.
    """

    block: Block
    reporter: Stated | None = None
    period: Stated | None = None
    unit: Stated | None = None
    title: str = ""
    rows: list[int] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    township: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    classes: Classes = field(default_factory=Classes)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0
    goes_on: bool = False
    unread_columns: set[int] = field(default_factory=set)
    passed_over: list[int] = field(default_factory=list)
    footer_rows: list[int] = field(default_factory=list)

    def unread(self) -> set[tuple[int, int]]:
        """The cells (row, column) that are known to be of no use here: persons' names and telephones, remarks."""
        block, rows = self.block, [*(row - 1 for row in self.rows), *self.passed_over]
        beside = {(row, column) for row in rows for column in self.unread_columns}
        width = range(block.first_column, block.end_column)
        return beside | {(row, column) for row in self.footer_rows for column in width}


def read_head(laid: Laid, header_top: int) -> None:
    """Read title, reporter, period and unit of measure from the rows above the header."""
    block, layout = laid.block, laid.block.contract.workbook
    head = range(block.first_row, header_top)
    laid.reporter = stated(block, head, layout.reporter_line)
    laid.period = stated(block, head, layout.period_line) or _lone_period(block, head)
    if laid.reporter and (dated := _DATE_AT_END.search(laid.reporter.text)):  # 填报单位：高山镇      20 16 年
        cell, name = laid.reporter.cell, laid.reporter.text[: dated.start()].strip()
        laid.reporter = Stated(name, cell) if name else None
        if laid.period is None and _is_period(block, dated[0]):
            laid.period = Stated(dated[0], cell)
    laid.unit = stated(block, head, layout.unit_line)
    if block.title_row is not None:
        laid.title = "".join(block.sheet.text[block.title_row][c] for c in block.filled(block.title_row))


_DATE_AT_END = re.compile(
    r"(?:^|\s)[（(]?[12一二]\s*[\d九〇○零][\d\s〇○零一二三四五六七八九十年月日季度第上下半全前至到.~～—－-]*[年月日季度][）)]?$"
)


def _lone_period(block: Block, rows: range) -> Stated | None:
    """A cell over the table that holds nothing but a period, and does not belong to a label."""
    for row in rows:
        before = ""
        for column in block.filled(row):
            text = block.sheet.text[row][column].strip()
            alone = _DATE_AT_END.match(text) and not before.endswith((":", "："))
            if alone and _is_period(block, text):
                return Stated(text, cell_address(row, column))
            before = text
    return None


def _is_period(block: Block, text: str) -> bool:
    """Whether a date is of the form's grain; a day over a yearly form is the one it was filled in on."""
    grain = block.contract.grain
    return parse_period(text, grain) is not None and (grain == "date" or "日" not in text)


def conserve(sheet_name: str, read_cells: int, classes: Iterable[Classes]) -> None:
    """Raise Unconserved unless the classes of a sheet's cells add up to what the reader read."""
    classed = sum(sum(c.counts.values()) for c in classes)
    if classed != read_cells:
        raise Unconserved(f"sheet {sheet_name!r}: {read_cells} cells read, {classed} classed")


def label_of(texts: list[str], labels: list[str], *, loose: bool = False) -> str | None:
    """The label that one of a row's texts is, or for a sum ends with (`全镇合计`); the first text may also
    go on after it (`其中：乳品`).
    """
    wanted, sums = _squeezed(tuple(labels))
    for text in texts:
        if text in wanted or text.endswith(sums):
            return text
    if not texts or not texts[0].startswith(wanted):
        return None
    return next((label for label in wanted if _goes_on(texts[0], label, loose)), None)


@lru_cache
def _squeezed(labels: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels as they are compared, and those of them that sums end with."""
    wanted = tuple(map(squeeze, labels))
    return wanted, tuple(_SUMS.intersection(wanted))


_SUMS = {"合计", "总计", "小计"}


def _goes_on(text: str, label: str, loose: bool) -> bool:
    if not text.startswith(label):
        return False
    return text[len(label)] in ":(、,;" or (loose and len(label) >= 3) or label == "其中"


def adds_up(column: Column) -> bool:
    """Whether the column's total is the sum of its rows: a number that is no ratio, or how many are true."""
    return (column.dtype.is_numeric() or column.dtype == pl.Boolean) and dimension(column.unit) != "ratio"
