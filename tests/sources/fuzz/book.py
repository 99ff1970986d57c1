"""Workbooks to be mutated: a sound delivery of the sample laid out on sheets, with the place of each of its values."""

import io
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from random import Random

import xlsxwriter

from sample.district.sent import ErrorCell, Record, SentDelivery, SheetLayout
from sample.files.containers import to_html, to_xls
from sample.files.grid import CellValue, PrintedGrid, PrintedPlace
from sample.files.sheets import lay_out
from schemas.field import Column
from sources.county.contract import Contract, WorkbookContract
from sources.county.references import read_references
from tests.district import COUNTY
from tests.sources.fuzz.containers import to_ods, to_xml2003

REFERENCES = read_references(COUNTY)


class Formula(str):
    """A formula that nobody has calculated."""


class Shown(float):
    """A number that a format shows otherwise."""

    def __new__(cls, value: float, number_format: str) -> "Shown":
        shown = super().__new__(cls, value)
        shown.number_format = number_format
        return shown

    number_format: str


@dataclass(frozen=True)
class Spot:
    """A cell of a record: its sheet, row and column from 0, and the record's number."""

    grid: PrintedGrid
    row: int
    column: int
    record: int

    @property
    def value(self) -> CellValue | None:
        return self.grid.cells.get((self.row, self.column))

    def write(self, value: CellValue) -> None:
        self.grid.cells.pop((self.row, self.column), None)
        self.grid.put(self.row, self.column, value)


@dataclass
class Book:
    """A delivery on sheets. stem, suffix: of its file's name; kind: what the file is; hidden: rows by sheet."""

    delivery: SentDelivery
    grids: list[PrintedGrid]
    places: list[PrintedPlace]
    stem: str
    kind: str = "xlsx"
    suffix: str = ".xlsx"
    hidden: dict[str, set[int]] = field(default_factory=dict)

    @property
    def contract(self) -> Contract:
        return REFERENCES.contracts[self.delivery.contract]

    @property
    def layout(self) -> SheetLayout | None:
        return self.delivery.layout if isinstance(self.delivery.layout, SheetLayout) else None

    @property
    def body_top(self) -> int:
        """The first row below the header."""
        if self.layout is None:
            return 5
        totals_above = self.layout is not None and self.layout.totals == "top"
        return self.places[0].row - 1 - totals_above * (1 + len(self.delivery.memo))

    @property
    def header_top(self) -> int:
        if self.layout is None:
            return 3
        depth = max(len(column.header) for column in self.layout.columns)
        return self.body_top - depth - 1 - (self.layout.unit_place == "row")

    @property
    def fields(self) -> dict[str, Column]:
        """The columns of its table that it holds."""
        return {name: c for name, c in fields_of(self.delivery.table).items() if name in self.places[0].cells}

    def record(self, number: int) -> Record:
        return self.delivery.records[number]

    def spot(self, number: int, name: str) -> Spot:
        place = self.places[number]
        letters = place.cells[name].rstrip("0123456789")
        column = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters))) - 1
        (grid,) = [grid for grid in self.grids if grid.name == place.sheet]
        return Spot(grid, int(place.cells[name][len(letters) :]) - 1, column, number)

    def remark(self, number: int) -> Spot | None:
        """The cell of a record in the column 备注, where the form has one."""
        return self.spot(number, "备注") if "备注" in self.places[number].cells else None

    def spots(self, names: list[str]) -> list[tuple[str, Spot]]:
        """The cells of these fields, record by record."""
        return [(name, self.spot(number, name)) for number in range(len(self.places)) for name in names]

    def fits(self, kind: str) -> bool:
        """Whether it can be written so: as .xls nothing lies below a merged cell, a page is a sheet of Chinese."""
        if kind == "html":
            texts = "".join(v for v in self.grids[0].cells.values() if isinstance(v, str))
            return len(self.grids) == 1 and texts == texts.encode("gbk", "ignore").decode("gbk")
        return kind != "xls" or not any(
            top <= r <= bottom and left <= c <= right and (r, c) != (top, left)
            for grid in self.grids
            for top, left, bottom, right in grid.merged
            for r, c in grid.cells
        )

    def render(self) -> bytes:
        match self.kind:
            case "xls":
                return to_xls(self.grids)
            case "html":
                return to_html(self.grids[:1])
            case "ods":
                return to_ods(self.grids)
            case "xml2003":
                return to_xml2003(self.grids)
        return _write_xlsx(self.grids, self.hidden)


@cache
def fields_of(table: str) -> dict[str, Column]:
    return {column.name: column for column in REFERENCES.columns_to_fill(table)}


def lay_out_book(delivery: SentDelivery, stem: str) -> Book:
    grids, places = lay_out(delivery)
    return Book(delivery, grids, places, stem)


def lay_out_otherwise(delivery: SentDelivery, chance: Random) -> SentDelivery:
    """Draw other habits of whoever fills the form; the values stay."""
    layout = delivery.layout
    if not isinstance(layout, SheetLayout):
        return delivery
    contract = REFERENCES.contracts[delivery.contract]
    assert isinstance(contract, WorkbookContract)
    choices = {
        "money_unit": ("元", "万元"),
        "unit_place": ("line", "row", "header"),
        "numbers": (("number",), ("text",), ("thousands",), ("full_width", "number")),
        "yes_no": (("是", "否"), ("√", "×"), ("有", "无")),
        "missing": (("—",), ("/", "无"), ("",), ("--", "－")),
        "dates": (("excel",), ("dot",), ("han",), ("iso",), ("compact",)),
        "lines": ("cells", "beside", "joined"),
        "blank_line_every": (0, 3),
        "title": contract.title,
    }
    if contract.workbook.total_rows and contract.totals != "none":
        choices["totals"] = ("top", "bottom", "none")[
            : 2 + (not contract.owes_totals(delivery.reporter.code))
        ]
    drawn = {name: chance.choice(choices[name]) for name in chance.sample(sorted(choices), 3)}
    return replace(delivery, layout=replace(layout, **drawn))  # type: ignore[arg-type]


def head_otherwise(delivery: SentDelivery, chance: Random) -> SentDelivery:
    """Draw another heading that the contract knows for each column."""
    layout = delivery.layout
    if not isinstance(layout, SheetLayout):
        return delivery
    known = REFERENCES.contracts[delivery.contract].columns
    columns = tuple(
        replace(
            column,
            header=(*column.header[:-1], chance.choice([h for h in known[column.field] if "/" not in h])),
        )
        if column.field in known
        else column
        for column in layout.columns
    )
    return replace(delivery, layout=replace(layout, columns=columns))


def _write_xlsx(grids: list[PrintedGrid], hidden: dict[str, set[int]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            if grid.hidden:
                sheet.hide()
            for top, left, bottom, right in grid.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), value in grid.cells.items():
                if isinstance(value, Formula):
                    sheet.write_formula(row, column, value)
                elif isinstance(value, ErrorCell):
                    sheet.write_formula(row, column, "=1/0", None, str(value))
                elif isinstance(value, Shown):
                    sheet.write_number(
                        row, column, value, book.add_format({"num_format": value.number_format})
                    )
                elif isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value)
            for row in hidden.get(grid.name, ()):
                sheet.set_row(row, None, None, {"hidden": True})
    return data.getvalue()
