"""Sheets before they are files: values by cell, merged ranges, and how values are typed into cells."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sample.district.sent import Numbers, SheetLayout, Value

CellValue = str | int | float | date
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_YUAN_OF = {"元": Decimal(1), "万元": Decimal(10_000)}


@dataclass
class PrintedGrid:
    """A sheet: values by 0-based row and column. merged: first row, first column, last row, last column."""

    name: str
    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Write a cell; an empty text leaves it empty."""
        if value != "":
            self.cells[row, column] = value

    def merge(self, top: int, left: int, bottom: int, right: int, value: CellValue) -> None:
        """Write a value over a range, merged where it is more than one cell."""
        self.put(top, left, value)
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))


@dataclass(frozen=True)
class PrintedPlace:
    """The place of a record: sheet (empty in a text), 1-based row, and the address of each field."""

    sheet: str
    row: int
    cells: dict[str, str]


def column_letters(column: int) -> str:
    """Write a 0-based column in letters: 0 is A, 26 is AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def address(row: int, column: int) -> str:
    """Write the address of a 0-based cell, such as C7."""
    return f"{column_letters(column)}{row + 1}"


def cell_value(field_name: str, value: Value, layout: SheetLayout, turn: int) -> CellValue:
    """Return a value as it is typed into a cell of a layout; turn picks among the layout's habits.

    Texts stay as they are, also in a column of numbers.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return layout.missing[turn % len(layout.missing)]
    if isinstance(value, bool):
        return layout.yes_no[not value]
    if isinstance(value, date):
        return date_text(value, layout.dates[turn % len(layout.dates)])
    if field_name.endswith("_yuan"):
        value = Decimal(value) / _YUAN_OF.get(layout.money_unit, Decimal(1))
    return number_text(value, layout.numbers[turn % len(layout.numbers)])


def number_text(value: int | Decimal, habit: Numbers) -> CellValue:
    """Return a number as a habit types it."""
    plain = f"{Decimal(value).normalize():f}"
    match habit:
        case "number":
            return int(plain) if "." not in plain else float(plain)
        case "text":
            return plain
        case "thousands":
            return f"{Decimal(plain):,}"
        case "full_width":
            return plain.translate(_FULL_WIDTH)


def date_text(value: date, habit: str) -> str | date:
    """Return a date as a habit writes it; `excel` leaves it a date."""
    match habit:
        case "dot":
            return f"{value.year}.{value.month}.{value.day}"
        case "han":
            return f"{value.year}年{value.month}月{value.day}日"
        case "compact":
            return f"{value:%Y%m%d}"
        case "iso":
            return value.isoformat()
        case _:
            return value


def space_label(label: str, layout: SheetLayout) -> str:
    """Stretch a short Chinese label with spaces where the layout's typist does so."""
    stretch = layout.spaced_labels and 2 <= len(label) <= 4
    return (" " * 2).join(label) if stretch else label
