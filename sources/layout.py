"""Lay out a block: cells become candidate rows, control totals, and a class for every cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from schemas.field import Column
from sources.block import Block, Classes, Problem, Stated, stated
from sources.cells import cell_address
from sources.contract import squeeze
from sources.header import Header, find_header

Cell = tuple[str, str]
"""Text and kind of a cell."""


class Unconserved(AssertionError):
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


def lay_out_rows(block: Block, table: list[Column]) -> Laid | None:
    """Lay out a block in which a record is a row; None where it has no header of this contract.

    table: the columns that are to be filled. Raises nothing: what is wrong becomes a problem.
    """
    layout = block.contract.workbook
    assert layout is not None
    lines = {
        name: stated(block, range(block.first_row, block.end_row), labels)
        for name, labels in layout.lines.items()
    }
    header = find_header(block, table, {name for name, said in lines.items() if said})
    if header is None:
        return None
    laid = Laid(block, columns=dict(header.columns), units=dict(header.units), problems=list(header.problems))
    read_head(laid, header.top)
    for row in range(header.top, header.body):
        laid.classes.counts["header"] += block.count(row)
    _read_body(laid, header, {c.name for c in table if c.dtype == pl.String})
    for name, said in lines.items():
        if said and name not in header.columns:
            laid.cells[name] = said.cell
            laid.texts[name] = [said.text] * len(laid.rows)
            laid.kinds[name] = ["t"] * len(laid.rows)
    return laid


def read_head(laid: Laid, header_top: int) -> None:
    """Read title, reporter, period and unit of measure from the rows above the header."""
    block, layout = laid.block, laid.block.contract.workbook
    assert layout is not None
    head = range(block.first_row, header_top)
    laid.reporter = stated(block, head, layout.reporter_line)
    laid.period = stated(block, head, layout.period_line)
    laid.unit = stated(block, head, layout.unit_line)
    for row in head:
        laid.classes.counts["title"] += block.count(row)
    if block.title_row is not None:
        laid.title = "".join(block.sheet.text[block.title_row][c] for c in block.filled(block.title_row))


def conserve(sheet_name: str, read_cells: int, classes: Iterable[Classes]) -> None:
    """Raise Unconserved unless the classes of a sheet's cells add up to what the reader read."""
    classed = sum(sum(c.counts.values()) for c in classes)
    if classed != read_cells:
        raise Unconserved(f"sheet {sheet_name!r}: {read_cells} cells read, {classed} classed")


def label_of(texts: list[str], labels: list[str], *, loose: bool = False) -> str | None:
    """The label that one of a row's texts is; the first text may also go on after it (`其中：乳品`)."""
    wanted = [squeeze(label) for label in labels]
    for text in texts:
        if text in wanted:
            return text
    return next((label for label in wanted if texts and _goes_on(texts[0], label, loose)), None)


def _goes_on(text: str, label: str, loose: bool) -> bool:
    if not text.startswith(label):
        return False
    return text[len(label)] in ":(、,;" or (loose and len(label) >= 3) or label == "其中"


def _read_body(laid: Laid, header: Header, texts: set[str]) -> None:
    """texts: the fields that are text; what is not in a number's column may be a row's label."""
    block = laid.block
    numbers = {column for name, column in header.columns.items() if name not in texts}
    below_footer, section = False, 0
    for name in header.columns:
        laid.texts[name], laid.kinds[name] = [], []
    for row in range(header.body, block.end_row):
        filled = block.filled(row)
        if not filled:
            continue
        labels = [squeeze(block.sheet.text[row][c]) for c in filled if c not in numbers]
        kind = _class_of(laid, header, row, filled, labels, below_footer)
        if kind == "body" and block.contract.skip_unfilled_rows and not numbers & set(filled):
            laid.skipped += 1
            laid.classes.ignore("未填报的行", len(filled))
            continue
        if kind == "footer":
            below_footer = True
        if kind == "total":
            label = label_of(labels, block.contract.workbook.total_rows) or ""  # type: ignore[union-attr]
            rows = (section, len(laid.rows)) if label == "小计" else None
            laid.totals.append(_total(laid, header, row, label, rows))
            section = len(laid.rows)
        if kind == "memo":
            laid.classes.ignore("对比或其中行，不是数据", len(filled))
        elif kind == "body":
            _read_record(laid, header, row, filled)
        else:
            laid.classes.counts[kind] += len(filled)


def _class_of(
    laid: Laid, header: Header, row: int, filled: list[int], labels: list[str], below_footer: bool
) -> str:
    block, layout = laid.block, laid.block.contract.workbook
    assert layout is not None
    if label_of(labels, layout.total_rows):
        return "total"
    if label_of(labels, layout.memo_rows):
        return "memo"
    if label_of(labels[:1], layout.footer, loose=True):
        return "footer"
    values = [c for c in filled if c in header.columns.values()]
    if below_footer and len(values) <= 1:
        return "footer"
    if [block.spread(row, c) for c in values] == [block.spread(header.body - 1, c) for c in values]:
        return "header"
    return "body"


def _total(laid: Laid, header: Header, row: int, label: str, rows: tuple[int, int] | None) -> Total:
    sheet = laid.block.sheet
    cells = {
        name: ((sheet.text[row][column], sheet.kinds[row][column]), cell_address(row, column))
        for name, column in header.columns.items()
        if sheet.kinds[row][column] != " "
    }
    return Total(label, cells, rows)


def _read_record(laid: Laid, header: Header, row: int, filled: list[int]) -> None:
    block, sheet = laid.block, laid.block.sheet
    wanted = set(header.columns.values())
    body = 0
    for column in filled:
        if column in wanted or column == header.township:
            body += 1
        elif column in header.ignored:
            laid.classes.ignore(header.ignored[column], 1)
        else:
            laid.classes.ignore("无表头的列", 1)
            message = "此列没有表头却有内容；请删去该内容，或补上规定的表头"
            laid.problems.append(block.problem("delivery__unknown_header", row, column, message))
    laid.classes.counts["body"] += body
    laid.rows.append(row + 1)
    for name, column in header.columns.items():
        at_row, at_column = block.origin.get((row, column), (row, column))
        laid.texts[name].append(sheet.text[at_row][at_column])
        laid.kinds[name].append(sheet.kinds[at_row][at_column])
    if header.township is not None:
        at_row, at_column = block.origin.get((row, header.township), (row, header.township))
        laid.township.append(sheet.text[at_row][at_column])
