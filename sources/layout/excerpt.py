"""A few cells of a laid out sheet with what stands around them: headings, and what else is read of their rows.

Put here: which cells beside a traced one are shown. Only what a form reads is: names, telephones and remarks stand in
columns that none does. Keep out: whether a form may be shown at all; one with personal fields may not.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sources.layout.block_content import BlockContent
from sources.reading.cells import Sheet
from sources.text.personal import hide_personal

_COLUMNS, _LABELS = 7, 2
Position = tuple[int, int]
"""0-based row and column."""


@dataclass(frozen=True)
class CellsAround:
    """Cells of a sheet as they stand: texts by row and column, both 0-based. headings: of the columns, empty where none."""

    columns: tuple[int, ...]
    headings: tuple[str, ...]
    rows: tuple[int, ...]
    texts: tuple[tuple[str, ...], ...]


def cells_around(
    sheet: Sheet,
    contents: Sequence[BlockContent],
    cells: Collection[Position],
    left_out: Collection[int] = (),
) -> CellsAround:
    """Show cells of one form with the rows before and after them; alone where the sheet is laid out otherwise now.

    left_out: 0-based rows that are not shown beside others, as no rule has passed what stands in them.
    """
    first = min(cells)
    for content in contents:
        if first[0] + 1 in content.rows and first[1] in content.columns.values():
            return _among_records(sheet, content, cells, left_out)
        if content.indicator_rows and first[0] in content.indicator_rows:
            return _among_indicators(sheet, content, cells)
    columns = tuple(sorted({column for _, column in cells}))
    return _excerpt(sheet, columns, dict.fromkeys(columns, ""), sorted({row for row, _ in cells}))


def _among_records(
    sheet: Sheet, content: BlockContent, cells: Collection[Position], left_out: Collection[int]
) -> CellsAround:
    headings = {column: content.headings.get(name, "") for name, column in content.columns.items()}
    records = [row - 1 for row in content.rows if row - 1 not in left_out]
    return _excerpt(sheet, nearest(sorted(headings), cells), headings, _with_next(records, cells))


def _among_indicators(sheet: Sheet, content: BlockContent, cells: Collection[Position]) -> CellsAround:
    """Show indicators that run down, with their names, which stand before the value."""
    last = max(column for _, column in cells)
    columns = range(content.block.first_column, last + 1)
    return _excerpt(
        sheet,
        nearest(list(columns), cells),
        dict.fromkeys(columns, ""),
        _with_next(sorted(content.indicator_rows), cells),
    )


def nearest(columns: Sequence[int], cells: Collection[Position]) -> tuple[int, ...]:
    """Choose the first columns, which say what a row is about, and those nearest to the cells."""
    marked = {column for _, column in cells}
    middle = min(marked)
    near = sorted(columns[_LABELS:], key=lambda c: (c not in marked, abs(c - middle)))
    return tuple(sorted({*columns[:_LABELS], *near[: _COLUMNS - _LABELS]}))


def _with_next(rows: list[int], cells: Collection[Position]) -> list[int]:
    """Add to the rows of the cells the one before and the one after them."""
    marked = sorted({row for row, _ in cells})
    before = [row for row in rows if row < marked[0]][-1:]
    after = [row for row in rows if row > marked[-1]][:1]
    return before + marked + after


def _excerpt(
    sheet: Sheet, columns: Sequence[int], headings: dict[int, str], rows: Sequence[int]
) -> CellsAround:
    return CellsAround(
        columns=tuple(columns),
        headings=tuple(hide_personal(headings[column]) for column in columns),
        rows=tuple(rows),
        texts=tuple(tuple(_text(sheet, row, column) for column in columns) for row in rows),
    )


def _text(sheet: Sheet, row: int, column: int) -> str:
    """Return the text of a cell, of its merged range where one covers it; numbers of persons are masked."""
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            row, column = top, left
    return hide_personal(sheet.text[row][column].strip())
