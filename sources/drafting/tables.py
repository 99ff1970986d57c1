"""Tables in a sheet: where each has its title, its header rows and its first record."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from sources.county.contract import WorkbookContract
from sources.county.contract_layout import WorkbookLayout
from sources.drafting.labels import PERIOD, is_footer, is_memo, is_stated, is_sum
from sources.layout.block import Block
from sources.layout.column_name import is_code, is_placeholder
from sources.layout.header import is_annotation_row
from sources.reading.cells import Sheet
from sources.text.squeeze import squeeze
from sources.text.unit import is_unit

UNKNOWN = WorkbookContract(
    name="draft", table="draft", title=["?"], reporters=[], cadence="year", due_days=0, columns={},
    workbook=WorkbookLayout(shape="rows", period_line=list(PERIOD)),
)  # fmt: skip
"""What is known of a form before it is drafted: nothing."""

_FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,11})(?:\.\d+)?%?|-?0?\.\d+%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEADER_ROWS = 12
_ROW_LABEL = re.compile(r"(?:计量|计算)?单位|(?:汇总|指标)?代码(?:总汇|汇总)?|栏次|行次|序号|编号")


@dataclass(frozen=True)
class PrintedTable:
    """A table of a sheet: from its title, over its header rows (top to body, half open), to its end.

    titles: texts that stand alone over it. unit_row, code_row: the rows that give units of measure, and codes.
    """

    block: Block
    titles: tuple[str, ...]
    top: int
    body: int
    unit_row: int | None
    code_row: int | None

    @property
    def columns(self) -> range:
        return range(self.block.first_column, self.block.end_column)

    @property
    def head(self) -> range:
        """The rows over the header."""
        return range(self.block.first_row, self.top)

    @property
    def heading_rows(self) -> list[int]:
        """The header rows that hold headings."""
        return [row for row in range(self.top, self.body) if row not in (self.unit_row, self.code_row)]


def is_year(text: str) -> bool:
    """Tell whether a text is a year in four digits."""
    return _YEAR.fullmatch(text) is not None


def is_figure(text: str, kind: str) -> bool:
    """Tell whether a squeezed text is a figure, and no year or code."""
    if kind == "n":
        return not is_year(text)
    return kind == "e" or (kind == "t" and _FIGURE.fullmatch(text) is not None and not is_year(text))


def count_figures(block: Block, row: int) -> int:
    """Count the figures of a row."""
    kinds = block.sheet.kinds[row]
    return sum(is_figure(squeeze(block.sheet.text[row][c]), kinds[c]) for c in block.filled_columns(row))


def find_tables(sheet: Sheet) -> list[PrintedTable]:
    """Find the tables of a sheet from the top down; none where no row looks like a header."""
    width = max(map(len, sheet.text), default=0)
    rest = Block(sheet, UNKNOWN, 0, len(sheet.text), 0, width, None)
    tables: list[PrintedTable] = []
    while rest.first_row < rest.end_row and (table := _find_first(rest)):
        end = _find_end(table)
        tables.append(replace(table, block=replace(table.block, end_row=end)))
        rest = replace(rest, first_row=end)
    return [_narrow(table) for table in tables]


def _find_first(block: Block) -> PrintedTable | None:
    used = [
        column
        for column in range(block.first_column, block.end_column)
        if any(block.sheet.kinds[row][column] != " " for row in range(block.first_row, block.end_row))
    ]
    if len(used) < 2:
        return None
    for row in range(block.first_row, block.end_row):
        if _is_header_row(block, row, used):
            return _read_table(block, _include_group_row(block, row, used), used)
    return None


def _is_header_row(block: Block, row: int, used: list[int]) -> bool:
    """Tell whether a row may be the first of a header: several headings over most columns, and no figures."""
    texts = {column: text for column in used if (text := block.text_at(row, column))}
    headings = {text for text in texts.values() if not (is_stated(text) or is_footer(text))}
    if len(headings) < 2 or 2 * len(texts) < len(used) or _is_annotation(block, row):
        return False
    if any(is_stated(text) for text in texts.values()) and len(headings) < 3:
        return False
    figures = sum(is_figure(text, block.sheet.kinds[row][column]) for column, text in texts.items())
    return figures == 0 or (figures == 1 and len(headings) > 4)


def _include_group_row(block: Block, row: int, used: list[int]) -> int:
    """Return the row above where it holds headings over some, not all, of the columns."""
    above = row - 1
    if above < block.first_row or count_figures(block, above):
        return row
    spanned = [column for column in used if block.text_at(above, column)]
    texts = {block.text_at(above, column) for column in spanned}
    is_group = len(texts) == 1 and 1 < len(spanned) < len(used) and spanned[0] > used[0]
    is_label_row = len(texts) > 2 and used[0] in spanned
    return above if (is_group or is_label_row) and not any(map(is_stated, texts)) else row


def _read_table(block: Block, top: int, used: list[int]) -> PrintedTable:
    body = _find_body(block, top, used)
    unit_row = next((r for r in range(body - 1, top, -1) if is_unit_line(block, r)), None)
    code_row = next((r for r in range(body - 1, top, -1) if r != unit_row and is_code_line(block, r)), None)
    titles = []
    for row in range(block.first_row, top):
        own = [text for text in block.own_texts(row) if text]
        if own and not is_stated(own[0]) and len([text for text in own if not is_stated(text)]) == 1:
            titles.append(own[0])
    return PrintedTable(block, tuple(dict.fromkeys(titles)), top, body, unit_row, code_row)


def _find_body(block: Block, top: int, used: list[int]) -> int:
    """Find the first row under the header: behind rows of units and codes, merged ranges and sub-headings."""
    last = min(block.end_row, top + _MOST_HEADER_ROWS)
    first_figures = next(
        (
            row
            for row in range(top + 1, block.end_row)
            if not _is_annotation(block, row) and count_figures(block, row)
        ),
        block.end_row,
    )
    annotations = [row for row in range(top + 1, min(last, first_figures)) if _is_annotation(block, row)]
    return annotations[-1] + 1 if annotations else _find_bottom(block, top, first_figures, used) + 1


def _find_bottom(block: Block, top: int, limit: int, used: list[int]) -> int:
    """Find the last header row by what is merged down, and by sub-headings under merged or blank cells."""
    bottom = top
    while True:
        merged_down = [
            row
            for (row, _), (first, column) in block.origin.items()
            if top <= first <= bottom < row < limit and block.sheet.kinds[first][column] != " "
        ]
        if merged_down:
            bottom = max(merged_down)
            continue
        if bottom + 1 >= limit or not _has_sub_headings(block, bottom, used):
            return bottom
        bottom += 1


def _has_sub_headings(block: Block, row: int, used: list[int]) -> bool:
    """Tell whether the row below divides headings of this row: under a merged one, or where it is blank."""
    below = [column for column in used if block.sheet.kinds[row + 1][column] != " "]
    if not below:
        return False
    wide = {
        column
        for column in used
        if (origin := block.origin.get((row, column)))
        and any(block.origin.get((row, c)) == origin for c in used if c != column)
    }
    if wide:
        return set(below) <= wide | {c for c in used if not block.text_at(row, c)} and len(below) > 1
    blank = {column for column in used if not block.text_at(row, column)}
    labels = block.sheet.kinds[row + 1][used[0]] != " "
    return not labels and len(blank) > 0 and len(blank & set(below)) * 2 >= len(blank)


def _is_annotation(block: Block, row: int) -> bool:
    return is_annotation_row(block, row) or is_unit_line(block, row) or is_code_line(block, row)


def is_unit_line(block: Block, row: int) -> bool:
    """Tell whether most cells of a row behind its label are units of measure."""
    texts = [squeeze(block.sheet.text[row][c]) for c in block.filled_columns(row)]
    values = [text for text in texts[1:] if not is_placeholder(text)] or texts
    units = [text for text in values if is_unit(text.strip("()"))]
    distinct_others = {text for text in values if text not in units and not is_code(text)}
    return len(units) > 1 and 5 * len(units) >= 3 * len(values) and not _holds_headings(distinct_others)


def _holds_headings(texts: set[str]) -> bool:
    return sum(len(text) > 4 for text in texts) > 2


def is_code_line(block: Block, row: int) -> bool:
    """Tell whether a row numbers the columns: as `is_number_row` says, or by codes written as texts that count up."""
    texts = [squeeze(block.sheet.text[row][c]).split("=")[0] for c in block.filled_columns(row)]
    kinds = [block.sheet.kinds[row][c] for c in block.filled_columns(row)]
    if not texts or is_unit_line(block, row):
        return False
    if is_annotation_row(block, row):
        return True
    labelled = _ROW_LABEL.fullmatch(texts[0]) is not None
    values = [
        (text, kind)
        for text, kind in list(zip(texts, kinds, strict=True))[not is_code(texts[0]) :]
        if not is_placeholder(text) and text not in "甲乙丙丁戊己庚辛壬癸"
    ]
    if len(values) < 3 or not all(is_code(text) for text, _ in values) or all(is_year(t) for t, _ in values):
        return False
    numbers = [int(digits) for text, _ in values if (digits := re.sub(r"\D", "", text))]
    steps = Counter(after - before for before, after in pairwise(numbers))
    ups, all_steps = steps[1], sum(steps.values())
    if labelled or (2 * ups >= all_steps and all(kind == "t" for _, kind in values)):
        return True
    return all_steps > 4 and 5 * ups >= 4 * all_steps and row > 0 and is_unit_line(block, row - 1)


def _find_end(table: PrintedTable) -> int:
    """Find where a table ends: before a title with another header under it, else with the sheet."""
    block = table.block
    used = [
        column
        for column in table.columns
        if any(block.sheet.kinds[row][column] != " " for row in range(table.top, table.body))
    ]
    for row in range(table.body + 1, block.end_row - 1):
        texts = [text for text in block.own_texts(row) if text]
        if (
            len(texts) != 1
            or is_footer(texts[0])
            or is_stated(texts[0])
            or is_sum(texts[0])
            or is_memo(texts[0])
        ):
            continue
        below = next(
            (r for r in range(row + 1, min(row + 4, block.end_row)) if len(block.filled_columns(r)) > 1), None
        )
        if below is None or not _is_header_row(block, below, used):
            continue
        again = block.own_texts(below) == block.own_texts(table.top)
        if texts[0] in table.titles:
            continue
        if again or _is_other_header(block, below, table):
            return row
    return block.end_row


def _is_other_header(block: Block, row: int, table: PrintedTable) -> bool:
    """Tell whether a row without figures among rows with figures is followed by such rows again."""
    with_figures = [r for r in range(table.body, row) if count_figures(block, r)]
    records = [r for r in range(table.body, row) if len(block.filled_columns(r)) > 1]
    after = next((r for r in range(row + 1, min(row + 6, block.end_row)) if count_figures(block, r)), None)
    return after is not None and 5 * len(with_figures) >= 4 * len(records) > 0


def _narrow(table: PrintedTable) -> PrintedTable:
    """Leave out columns at the edges in which nothing of the table stands."""
    block = table.block
    filled = {c for row in range(table.top, block.end_row) for c in block.filled_columns(row)}
    return replace(table, block=replace(block, first_column=min(filled), end_column=max(filled) + 1))
