"""Mutations of workbooks that lay the same records out otherwise: rows stay as they are, or a message is given."""

from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from random import Random

from sample.files.sheets import lay_out
from tests.sources.fuzz.book import Book
from tests.sources.fuzz.changing_cells import Change, Expected, Rows


def same_rows(before: Rows, after: Rows) -> bool:
    """Expect the same rows, in any order."""
    return sorted(map(repr, before)) == sorted(map(repr, after))


def split_over_sheets(book: Book, chance: Random) -> Expected | None:
    """Write the first records on one sheet and the others on the next."""
    layout, records = book.layout, book.delivery.records
    if layout is None or len(records) < 2:
        return None
    at = chance.randrange(1, len(records))
    book.grids = []
    for name, part in (("1", records[:at]), ("2", records[at:])):
        delivery = replace(book.delivery, records=part, layout=replace(layout, sheet=f"表{name}"))
        book.grids += lay_out(delivery)[0]
    return same_rows


def go_on_untitled(book: Book, chance: Random) -> Expected | None:
    """Write the later records on a sheet without a title."""
    if book.layout is None:
        if len(book.grids) < 2:
            return None
        book.grids[chance.randrange(len(book.grids))].cells.pop((0, 0))
        return same_rows
    if split_over_sheets(book, chance) is None:
        return None
    grid = book.grids[1]
    top = chance.choice([1, 2]) if book.layout.lines == "cells" else 1
    grid.cells = {(r - top, c): value for (r, c), value in grid.cells.items() if r >= top}
    grid.merged = [(t - top, a, b - top, z) for t, a, b, z in grid.merged if t >= top]
    return same_rows


def lay_side_by_side(book: Book, chance: Random) -> Expected | None:
    """Write the later records beside the others, under a header of their own."""
    layout, records = book.layout, book.delivery.records
    if layout is None or len(records) < 2:
        return None
    at, gap = chance.randrange(1, len(records)), chance.randint(0, 1)
    first, second = (
        lay_out(replace(book.delivery, records=part))[0][0] for part in (records[:at], records[at:])
    )
    by, top = len(layout.columns) + gap, 0 if chance.random() < 0.5 else book.header_top
    first.cells |= {(r, c + by): v for (r, c), v in second.cells.items() if r >= top}
    first.merged += [(t, a + by, b, z + by) for t, a, b, z in second.merged if t >= top]
    book.grids = [first]
    return same_rows


def lay_below(book: Book, chance: Random) -> Expected | None:
    """Write the later records below the others, as a form of their own."""
    records = book.delivery.records
    if book.layout is None or len(records) < 2:
        return None
    at = chance.randrange(1, len(records))
    first, second = (
        lay_out(replace(book.delivery, records=part))[0][0] for part in (records[:at], records[at:])
    )
    by = max(r for r, _ in first.cells) + chance.randint(1, 3)
    first.cells |= {(r + by, c): v for (r, c), v in second.cells.items()}
    first.merged += [(t + by, a, b + by, z) for t, a, b, z in second.merged]
    book.grids = [first]
    return same_rows


def merge_equal_texts(book: Book, chance: Random) -> Expected | None:
    """Merge the cells of a column where records that follow one another have the same text."""
    if book.layout is None:
        return None
    for position in range(1, len(book.layout.columns)):
        column = [book.spot(n, book.layout.columns[position].field) for n in range(len(book.places))]
        for one, other in pairwise(column):
            if isinstance(one.value, str) and one.value == other.value and other.row == one.row + 1:
                other.write("")
                one.grid.merged.append((one.row, one.column, other.row, one.column))
                return same_rows
    return None


def double_rows(book: Book, chance: Random) -> Expected | None:
    """Merge every cell of a record over two rows."""
    if book.layout is None:
        return None
    grid, place = book.grids[0], chance.choice(book.places)
    row = place.row - 1
    grid.cells = {(r + (r > row), c): v for (r, c), v in grid.cells.items()}
    grid.merged = [(t + (t > row), a, b + (b > row), z) for t, a, b, z in grid.merged]
    grid.merged += [(row, c, row + 1, c) for r, c in grid.cells if r == row]
    return same_rows


def leave_last_copy(book: Book, chance: Random) -> Expected | None:
    """Leave a hidden copy of the sheet in the workbook."""
    copy = deepcopy(book.grids[0])
    copy.name, copy.hidden = f"{copy.name[:20]}旧", True
    book.grids.append(copy)
    return same_rows


SPREADING: dict[str, Change] = {
    "two_sheets": split_over_sheets,
    "untitled": go_on_untitled,
    "side_by_side": lay_side_by_side,
    "below": lay_below,
    "merged_texts": merge_equal_texts,
    "double_rows": double_rows,
    "hidden_copy": leave_last_copy,
}
