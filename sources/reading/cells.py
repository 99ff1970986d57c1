"""Cells of a workbook, as all readers give them: a sheet is two grids, of texts and of kinds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal, Protocol

from schemas.errors import XiangcangError

Format = Literal["xlsx", "xls", "xlsb", "ods", "html", "xml2003", "encrypted", "text", "unknown"]
Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column; 0-based, inclusive."""

MAX_CELLS = 3_000_000
"""Most cells that are read, empty ones counted: 200 000 rows of 15 columns. More is refused as too large."""

MAX_UNPACKED_BYTES = 500 << 20
"""Most bytes of all parts of a zipped workbook together."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Sheet:
    """One sheet, from A1 to its last cell that holds something.

    text: rows of equal length, "" where empty; row 0 is row 1 of the sheet, column 0 is A.
    kinds: per row one character per cell: t text, n number, d date, time or duration, b bool,
    e error, f formula without a result (its text is "="), ' ' empty.
    merged: 0-based and inclusive; may reach beyond `text`. hidden_rows, struck_rows: 0-based, where known; a
        row is struck out if any of its cells is. displays: by row and column of what is shown as something else:
    p numbers as percentages, s scaled; 2 a number like 2022.1 as 2022.10, m and y days as their month and year.
    rounded: by row and column of numbers that are shown with fewer decimals than they have, how many.
    from_1904: whether serial days count from 1904.
    """

    name: str
    hidden: bool
    text: list[list[str]]
    kinds: list[str]
    merged: list[Merged]
    hidden_rows: frozenset[int]
    struck_rows: frozenset[int] = frozenset()
    displays: dict[tuple[int, int], str] = field(default_factory=dict)
    from_1904: bool = False
    rounded: dict[tuple[int, int], int] = field(default_factory=dict)

    def kind_at(self, row: int, column: int) -> str:
        """Return the kind of a cell, or how its number is shown where that is another."""
        display = self.displays.get((row, column), "")
        return display if display in ("p", "s") else self.kinds[row][column]

    def shown_at(self, row: int, column: int) -> str:
        """Return the text of a cell that may hold a period, as the cell shows it."""
        text = self.text[row][column]
        match self.displays.get((row, column)):
            case "2":
                return f"{text}0"
            case "m":
                return f"{text[:4]}年{int(text[5:7])}月"
            case "y":
                return f"{text[:4]}年"
        return text


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file in their order, but those without cells of their own (charts, modules)."""

    format: Format
    sheets: list[Sheet]


class CellReader(Protocol):
    """A reader that turns the bytes of a workbook into cells; raises Unreadable."""

    def read(self, data: bytes) -> Workbook: ...


class Unreadable(XiangcangError):
    """Bytes from which no cells can be had. detail: English, for logs, without any cell's value."""

    Rule = Literal[
        "unknown_format",
        "encrypted",
        "corrupt",
        "empty_file",
        "too_large",
        "timeout",
        "killed",
        "undecodable",
    ]

    def __init__(self, rule: Rule, detail: str) -> None:
        super().__init__(rule, detail)
        self.rule = rule
        self.detail = detail


def cell_address(row: int, column: int) -> str:
    """Return the address as Excel shows it, from 0-based numbers: (6, 2) is C7."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = _LETTERS[letter] + letters
    return f"{letters}{row + 1}"


def cell_position(address: str) -> tuple[int, int]:
    """Return the 0-based row and column of an address: C7 is (6, 2)."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + _LETTERS.index(letter) + 1
    return int(address[len(letters) :]) - 1, column - 1


def number_text(number: float) -> str:
    """Return the shortest text that reads back as the same number, whole numbers without a point.

    Raises Unreadable("corrupt") for what is no number: Excel would not open the file either.
    """
    if number.is_integer() and -1e16 < number < 1e16:
        return str(int(number))
    if not isfinite(number):
        raise Unreadable("corrupt", "a numeric cell holds no finite number")
    return repr(number)


def sheet_of(
    name: str,
    cells: Mapping[tuple[int, int], tuple[str, str]],
    *,
    hidden: bool = False,
    merged: Iterable[Merged] = (),
    hidden_rows: Iterable[int] = (),
    struck_rows: Iterable[int] = (),
    displays: dict[tuple[int, int], str] | None = None,
    from_1904: bool = False,
) -> Sheet:
    """Build a sheet from scattered cells: (row, column) -> (kind, text). Raises Unreadable("too_large")."""
    filled = {position: cell for position, cell in cells.items() if cell[1] and not cell[1].isspace()}
    height = max((row for row, _ in filled), default=-1) + 1
    width = max((column for _, column in filled), default=-1) + 1
    check_size(height * width)
    text = [[""] * width for _ in range(height)]
    kinds = [[" "] * width for _ in range(height)]
    for (row, column), (kind, shown) in filled.items():
        text[row][column] = shown
        kinds[row][column] = kind
    return Sheet(
        name,
        hidden,
        text,
        ["".join(row) for row in kinds],
        list(merged),
        frozenset(hidden_rows),
        frozenset(struck_rows),
        displays or {},
        from_1904,
    )


def check_size(cells: int) -> None:
    """Raise Unreadable("too_large") where a used range has more cells than are read."""
    if cells > MAX_CELLS:
        raise Unreadable("too_large", f"the used range has {cells} cells; at most {MAX_CELLS} are read")
