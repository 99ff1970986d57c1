"""The content of a block once it is laid out: candidate rows, printed totals, a class for every cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from schemas.errors import XiangcangError
from schemas.field import Column
from sources.layout.block import Block, CellClasses, Problem, StatedText, find_every_stated, find_stated
from sources.layout.column_name import unit_of
from sources.layout.period_texts import find_period_texts, take_date_off
from sources.layout.settle import PeriodText
from sources.reading.cells import cell_address
from sources.text.squeeze import squeeze
from sources.text.unit import dimension

Cell = tuple[str, str]
"""Text and kind of a cell."""


class Unconserved(XiangcangError):
    """Cells of a sheet that were neither read nor accounted for: a fault of the program, not of the file."""


@dataclass
class TotalRow:
    """A printed row of totals: its label, its cells by field, and the candidates it adds up (half open).

    A 小计 adds up the rows since the total before it, any other total all rows of the block.
    """

    label: str
    cells: dict[str, tuple[Cell, str]]
    rows: tuple[int, int] | None


@dataclass(eq=False)
class BlockContent:
    """The texts of a block by field, before anything is parsed.

    texts and kinds: by field, one entry a candidate row. rows: 1-based sheet rows of the candidates.
    units, headings: by field, as the sheet has them. agreed_units: by field, where only the contract has one.
    columns: field to 0-based column; cells: field to address, for fields that lie in no column. indicator_rows: the
    0-based rows of the indicators, where these run down.
    ignored: why, by column that the contract does not read. unread_columns: those that it ignores in its rows;
    passed_over: rows without a record that have such cells; footer_rows: the rows below the body; all 0-based.
    nil_rows: rows that say that there is nothing to report.
    goes_on: whether its rows continue those of the content before it, so that a total adds up both.
    """

    block: Block
    reporter: StatedText | None = None
    periods: list[PeriodText] = field(default_factory=list)
    unit_lines: list[StatedText] = field(default_factory=list)
    title: str = ""
    rows: list[int] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    township: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    units: dict[str, list[StatedText]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    agreed_units: dict[str, str] = field(default_factory=dict)
    totals: list[TotalRow] = field(default_factory=list)
    classes: CellClasses = field(default_factory=CellClasses)
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0
    nil_rows: list[int] = field(default_factory=list)
    goes_on: bool = False
    ignored: dict[int, str] = field(default_factory=dict)
    unread_columns: set[int] = field(default_factory=set)
    passed_over: list[int] = field(default_factory=list)
    footer_rows: list[int] = field(default_factory=list)
    indicator_rows: set[int] = field(default_factory=set)

    def unread(self) -> set[tuple[int, int]]:
        """List the cells (row, column) that no form reads: persons' names and telephones, remarks."""
        block, rows = self.block, [*(row - 1 for row in self.rows), *self.passed_over]
        beside = {(row, column) for row in rows for column in self.unread_columns}
        width = range(block.first_column, block.end_column)
        return beside | {(row, column) for row in self.footer_rows for column in width}


def report_uncalculated(content: BlockContent, rows: Iterable[int]) -> None:
    """Report formulas without a result in rows above the records: no heading, period or unit can be read there."""
    for row in rows:
        for column in content.block.filled_columns(row):
            if content.block.sheet.kinds[row][column] == "f":
                content.problems.append(
                    content.block.problem("delivery__formula_without_result", row, column, UNCALCULATED)
                )


UNCALCULATED = "公式没有结果；请在 Excel 中打开、重算并保存后重新报送"


def read_head(content: BlockContent, header_top: int) -> None:
    """Read title, reporter, period and unit of measure from the rows above the header."""
    block, layout = content.block, content.block.contract.workbook
    head = range(block.first_row, header_top)
    content.reporter = find_stated(block, head, layout.reporter_line)
    content.periods = find_period_texts(block, head)
    if content.reporter:  # 填报单位：高山镇      20 16 年
        content.reporter, dated = take_date_off(content.reporter)
        content.periods += dated
    content.unit_lines = list(find_every_stated(block, head, layout.unit_line))
    if block.title_row is not None:
        texts = {c: block.sheet.text[block.title_row][c] for c in block.filled_columns(block.title_row)}
        content.title = "".join(texts.values())
        in_title = [
            (c, unit)
            for c, text in texts.items()
            if ":" not in squeeze(text)
            if (unit := unit_of([squeeze(text)]))
        ]
        if content.unit_lines:
            content.unit_lines += [StatedText(unit, cell_address(block.title_row, c)) for c, unit in in_title]


def conserve(sheet_name: str, read_cells: int, classes: Iterable[CellClasses]) -> None:
    """Raise Unconserved unless the classes of a sheet's cells add up to the count of the reader."""
    classed = sum(sum(c.counts.values()) for c in classes)
    if classed != read_cells:
        raise Unconserved(f"sheet {sheet_name!r}: {read_cells} cells read, {classed} classed")


def find_label(texts: list[str], labels: list[str], *, loose: bool = False) -> str | None:
    """Find the label that one of a row's texts is, or for a sum ends with (`全镇合计`).

    The first text may also go on after the label (`其中：乳品`): after a sign, or if `loose` after any label of
    at least 3 characters.
    """
    wanted, sums = _squeezed(tuple(labels))
    for text in texts:
        if text in wanted or text.endswith(sums):
            return text
    if not texts or not texts[0].startswith(wanted):
        return None
    return next((label for label in wanted if _continues(texts[0], label, loose)), None)


@lru_cache
def _squeezed(labels: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Squeeze labels for comparing, and pick those of them that sums end with."""
    wanted = tuple(map(squeeze, labels))
    return wanted, tuple(SUMS.intersection(wanted))


SUMS = {"合计", "总计", "小计"}


def _continues(text: str, label: str, loose: bool) -> bool:
    if not text.startswith(label):
        return False
    return text[len(label)] in ":(、,;" or (loose and len(label) >= 3) or label == "其中"


def adds_up(column: Column) -> bool:
    """Tell whether the column's total is the sum of its rows: a number but no ratio, or how many are true."""
    return (column.dtype.is_numeric() or column.dtype == pl.Boolean) and dimension(column.unit) != "ratio"
