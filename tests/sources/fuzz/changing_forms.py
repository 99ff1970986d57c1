"""Mutations of workbooks that change rows, headings or what stands above them."""

from copy import deepcopy
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from sample.district.times import month_text, quarter_text
from sample.files.grid import CellValue
from sources.county.contract import WorkbookContract
from tests.sources.fuzz.book import REFERENCES, Book, lay_out_book
from tests.sources.fuzz.changing_cells import Change, Expected, Rows, never
from tests.sources.fuzz.keeping import shift_rows

_UNITS = {"元": "万元", "万元": "元"}


def same(before: Rows, after: Rows) -> bool:
    """Expect every value to be as it was."""
    return before == after


def remove_row(book: Book, chance: Random) -> Expected | None:
    if book.layout is None or len(book.places) < 2:
        return None
    number = chance.randrange(len(book.places))
    row, grid = book.places[number].row - 1, book.grids[0]
    grid.cells = {at: value for at, value in grid.cells.items() if at[0] != row}
    shift_rows(grid, row + 1, -1)
    return lambda before, after: after == [r for n, r in enumerate(before) if n != number]


def repeat_row(book: Book, chance: Random) -> Expected | None:
    if book.layout is None:
        return None
    number = chance.randrange(len(book.places))
    row, grid = book.places[number].row - 1, book.grids[0]
    shift_rows(grid, row + 1, 1)
    grid.cells |= {(row + 1, c): value for (r, c), value in grid.cells.items() if r == row}
    return lambda before, after: after == [*before[: number + 1], *before[number:]]


def change_unit(book: Book, chance: Random) -> Expected | None:
    """Write 万元 for 元, or the reverse, where the unit is stated; the figures stay as they are."""
    if book.layout is None:
        return None
    old = book.layout.money_unit
    money = [name for name, column in book.fields.items() if column.unit == "元"]
    grid, changed = book.grids[0], False
    for at, value in grid.cells.items():
        if at[0] < book.body_top and isinstance(value, str) and old in value:
            grid.cells[at] = value.replace(old, _UNITS[old])
            changed = True
    times = Decimal(10_000) if old == "元" else Decimal("0.0001")
    if not changed or not money:
        return None

    def scaled(row: dict[str, Any]) -> dict[str, Any]:
        cent = Decimal("0.01")
        amounts = {n: (row[n] * times).quantize(cent, ROUND_HALF_UP) for n in money if row[n] is not None}
        return row | amounts

    return lambda before, after: after == list(map(scaled, before))


def swap_headings(book: Book, chance: Random) -> Expected | None:
    """Swap the headings of two columns of numbers, and not what stands under them."""
    numbers = [name for name, column in book.fields.items() if column.dtype.is_numeric()]
    if book.layout is None or len(numbers) < 2:
        return None
    one, other = chance.sample(numbers, 2)
    if book.fields[one].unit != book.fields[other].unit:
        return None
    grid, places = book.grids[0], [book.spot(0, name) for name in (one, other)]
    for row in range(book.header_top, book.body_top):
        cells = [grid.cells.pop((row, spot.column), "") for spot in places]
        grid.put(row, places[0].column, cells[1])
        grid.put(row, places[1].column, cells[0])
    return lambda before, after: after == [{**row, one: row[other], other: row[one]} for row in before]


def change_period(book: Book, chance: Random) -> Expected | None:
    """State another period in the sheet than in the file's name, where that has one."""
    delivery, period = book.delivery, book.delivery.period
    if not delivery.stated_period:
        return None
    year, _, rest = period.partition("-")
    match book.contract.grain:
        case "month":
            stated = month_text(f"{year}-{(int(rest) % 12) + 1:02}", "")
        case "quarter":
            stated = quarter_text(f"{year}-Q{int(rest[1]) % 4 + 1}", chance.choice(["", "han"]))
        case "year":
            stated = f"{int(year) - 1}年"
        case _:
            stated = f"{int(year) - 1}年{period[5:7]}月{period[8:]}日"
    stem = chance.choice([book.stem, "报表"])
    changed = lay_out_book(replace(delivery, stated_period=stated), stem)
    book.grids, book.places, book.stem = changed.grids, changed.places, changed.stem
    return never  # the judge knows of periods


def insert_total(book: Book, chance: Random) -> Expected | None:
    """Insert a line that adds up those above it, as whoever fills the form does."""
    if book.layout is None or len(book.places) < 2:
        return None
    number, grid = chance.randrange(1, len(book.places)), book.grids[0]
    row = book.places[number].row - 1
    shift_rows(grid, row, 1)
    grid.put(row, 0, chance.choice(["小计", "合计", "累计", "总计", "其中：本级", "上年同期", "平均"]))
    for name, column in book.fields.items():
        at = book.spot(number, name).column
        values = [book.record(n).get(name) for n in range(number)]
        if column.dtype.is_numeric() and at:
            grid.put(row, at, sum(int(v) for v in values if isinstance(v, int | Decimal)))
    return same


def repeat_header(book: Book, chance: Random) -> Expected | None:
    """Repeat the header in the middle of the body, as on the next page."""
    if book.layout is None or len(book.places) < 2:
        return None
    row, grid = book.places[chance.randrange(1, len(book.places))].row - 1, book.grids[0]
    height = book.body_top - book.header_top
    header = {
        (r - book.header_top + row, c): v
        for (r, c), v in grid.cells.items()
        if 0 <= r - book.header_top < height
    }
    shift_rows(grid, row, height)
    grid.cells |= header
    return same


def leave_gap(book: Book, chance: Random) -> Expected | None:
    """Leave some rows blank in the middle of the body."""
    if book.layout is None or len(book.places) < 2:
        return None
    row = book.places[chance.randrange(1, len(book.places))].row - 1
    shift_rows(book.grids[0], row, chance.choice([2, 3, 10, 40]))
    return same


def move_below_footer(book: Book, chance: Random) -> Expected | None:
    """Move a record below all that stands in the sheet."""
    if book.layout is None or len(book.places) < 2:
        return None
    number = chance.randrange(len(book.places))
    row, grid = book.places[number].row - 1, book.grids[0]
    below = max(r for r, _ in grid.cells) + chance.randint(1, 3)
    grid.cells = {(below if r == row else r, c): value for (r, c), value in grid.cells.items()}
    shift_rows(grid, row + 1, -1)
    return lambda before, after: sorted(map(repr, before)) == sorted(map(repr, after))


def change_total(book: Book, chance: Random) -> Expected | None:
    """Change a figure of the line of totals."""
    if book.layout is None or book.layout.totals == "none":
        return None
    grid, labels = book.grids[0], ("合计", "总计")
    rows = [
        r
        for (r, c), v in grid.cells.items()
        if c == 0 and isinstance(v, str) and v.replace(" ", "") in labels
    ]
    cells = [at for at, v in grid.cells.items() if at[0] in rows and isinstance(v, int | float)]
    if not cells:
        return None
    at = chance.choice(cells)
    value = grid.cells[at]
    assert isinstance(value, int | float)
    grid.cells[at] = value + chance.choice([1, 10, 1000])
    return never


def remove_column(book: Book, chance: Random) -> Expected | None:
    """Remove what stands in a column, its heading with it."""
    if book.layout is None:
        return None
    name, grid = chance.choice(sorted(book.fields)), book.grids[0]
    column = book.spot(0, name).column
    rows = range(book.header_top, book.body_top + len(book.places) * 3)
    grid.cells = {at: v for at, v in grid.cells.items() if at[1] != column or at[0] not in rows}
    return lambda before, after: after == [{**row, name: None} for row in before]


def double_heading(book: Book, chance: Random) -> Expected | None:
    """Give a column the heading of another, or one that nobody knows."""
    if book.layout is None or len(book.fields) < 2:
        return None
    one, other = (book.spot(0, name).column for name in chance.sample(sorted(book.fields), 2))
    grid, strange = book.grids[0], chance.random() < 0.5
    for row in range(book.header_top, book.body_top - 1):
        grid.cells.pop((row, other), None)
        grid.put(row, other, grid.cells.get((row, one), ""))
    if strange:
        grid.put(book.header_top, other, "新增的指标")
    return never


def copy_sheet(book: Book, chance: Random) -> Expected | None:
    """Leave a copy of the sheet in the workbook."""
    copy = deepcopy(book.grids[0])
    copy.name += "（备份）"
    book.grids.append(copy)
    return never


def send_from_another(book: Book, chance: Random) -> Expected | None:
    """State another reporter of the same kind than the one in whose folder it lies."""
    reporter = book.delivery.reporter
    others = [r for r in REFERENCES.reporters if r.kind == reporter.kind and r.code != reporter.code]
    if not others:
        return None
    other = chance.choice(others)
    changed = lay_out_book(replace(book.delivery, stated_reporter=other.name), book.stem)
    book.grids, book.places = changed.grids, changed.places
    return never


def erase_above(book: Book, chance: Random) -> Expected | None:
    """Erase a cell above or below the records: the rows stay, or a message is given."""
    grid = chance.choice(book.grids)
    last = max(spot.row for name in [next(iter(book.fields))] for _, spot in book.spots([name]))
    outside = [at for at in grid.cells if at[0] < book.body_top or at[0] > last]
    grid.cells.pop(chance.choice(outside))
    return same


def write_astray(book: Book, chance: Random) -> Expected | None:
    """Write something into a blank cell around the records."""
    grid = chance.choice(book.grids)
    bottom, right = max(r for r, _ in grid.cells) + 2, max(c for _, c in grid.cells) + 2
    inside = {(spot.row, spot.column) for _, spot in book.spots(list(book.fields))}
    blank = [
        (r, c)
        for r in range(bottom)
        for c in range(right)
        if (r, c) not in grid.cells and (r, c) not in inside
        if not any(t <= r <= b and left <= c <= z for t, left, b, z in grid.merged)
    ]
    odd: list[CellValue] = ["附", 7, "√", "2021年", "单位：万元"]
    grid.put(*chance.choice(blank), chance.choice(odd))
    return same


def spoil_title(book: Book, chance: Random) -> Expected | None:
    contract = book.contract
    if not isinstance(contract, WorkbookContract):
        return None
    for grid in book.grids:
        grid.put(0, 0, chance.choice(["统计表", "新表", "一季度工作总结", "×××表"]))
    return never


CHANGING_FORMS: dict[str, Change] = {
    "row_removed": remove_row,
    "row_repeated": repeat_row,
    "unit": change_unit,
    "headings_swapped": swap_headings,
    "period": change_period,
    "total_inserted": insert_total,
    "header_repeated": repeat_header,
    "gap": leave_gap,
    "below_footer": move_below_footer,
    "total_changed": change_total,
    "column_removed": remove_column,
    "heading_doubled": double_heading,
    "sheet_copied": copy_sheet,
    "other_reporter": send_from_another,
    "erased_above": erase_above,
    "astray": write_astray,
    "title": spoil_title,
}
