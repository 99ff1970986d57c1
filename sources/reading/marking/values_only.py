"""Workbooks of openpyxl's with values only: from an .xlsx with its look, or anew from cells that were read.

To be called in the worker process: the bytes are a stranger's, and openpyxl takes them at their word.
"""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.protection import DocumentSecurity
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from sources.reading.cells import Sheet, Workbook
from sources.reading.marking.checks import keep_checks
from sources.text.personal import hide_in_names

_NOT_KEPT = (
    "_charts", "_images", "_pivots", "_tables", "_hyperlinks", "data_validations", "conditional_formatting",
    "defined_names", "legacy_drawing", "HeaderFooter", "scenarios", "protection",
)  # fmt: skip
"""What a sheet may hold beside cells and their look: formulas in disguise, links, names of persons."""


def open_values_only(data: bytes, names: set[str], own: Collection[str] = ()) -> openpyxl.Workbook:
    """Open some sheets of an .xlsx, named as they are read: values that their formulas had, look, nothing else.

    own: sheets of a blank form; with any, the checks of its cells and its protection stay.
    Raises whatever an odd file makes openpyxl raise.
    """
    book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
    titles = [page.title for page in book.worksheets]
    for page, title, shown in zip(book.worksheets, titles, hide_in_names(titles), strict=True):
        if shown != title:
            page.title = shown
    for other in [page for page in book if page not in book.worksheets or page.title not in names]:
        book.remove(other)
    for sheet in book.worksheets:
        bare = Worksheet(book)
        if own:
            keep_checks(sheet, bare, own)
        for name in _NOT_KEPT:
            setattr(sheet, name, getattr(bare, name))
        for view in sheet.views.sheetView:
            view.tabSelected = False  # what is typed into one of several selected sheets goes into all
        for cell in sheet._cells.values():  # noqa: SLF001 - the public ways make the empty cells between too
            if isinstance(cell, Cell):
                _keep_value_only(cell)
    book.defined_names.clear()
    book.custom_doc_props = CustomPropertyList()
    book.security = DocumentSecurity()
    book._pivots = []  # noqa: SLF001 - no public name clears them
    book.loaded_theme, book.code_name, book.template = None, None, False
    return book


def _keep_value_only(cell: Cell) -> None:
    cell.comment = cell.hyperlink = None
    if cell.data_type == "n" and cell.value is not None:
        cell._value = repr(cell.value)  # noqa: SLF001 - as a number it would be written with 16 digits


def build_workbook(workbook: Workbook) -> openpyxl.Workbook:
    """Build a workbook with these cells: numbers as numbers, texts as texts, dates as dates."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if any(sheet.from_1904 for sheet in workbook.sheets):
        book.epoch = CALENDAR_MAC_1904
    for sheet in workbook.sheets:
        page = book.create_sheet(re.sub(r"[\\*?:/\[\]]", "_", clean(sheet.name))[:31] or None)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, (texts, kinds) in enumerate(zip(sheet.text, sheet.kinds, strict=True), start=1):
            for column, (text, kind) in enumerate(zip(texts, kinds, strict=True), start=1):
                if kind != " ":
                    _put_value(page.cell(row, column), text, kind, struck=row - 1 in sheet.struck_rows)
        for (row, column), display in sheet.displays.items():
            page.cell(row + 1, column + 1).number_format = _FORMATS[display]
        for top, left, bottom, right in sheet.merged:  # merge_cells would empty the covered cells
            page.merged_cells.add(CellRange(None, left + 1, top + 1, right + 1, bottom + 1))
        for row in sheet.hidden_rows:
            page.row_dimensions[row + 1].hidden = True
        for column, width in enumerate(_widths(sheet), start=1):
            page.column_dimensions[get_column_letter(column)].width = width
    return book


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever it begins with, also when someone edits the cell."""
    cell.value = clean(text)
    cell.data_type = "s"
    cell.number_format = "@"


def clean(text: str) -> str:
    """Drop the characters that no .xlsx may hold."""
    cleaned: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return cleaned


_FORMATS = {"p": "0.00######%", "s": "0.0,"}
"""How numbers are shown again that were shown as percentages, or scaled."""


def _put_value(cell: Cell, text: str, kind: str, *, struck: bool) -> None:
    cell.font = Font(name="Microsoft YaHei", size=10, strike=struck)
    moment = _parse_moment(text) if kind == "d" else None
    if moment is not None:
        cell.value = moment
    elif kind in "nbe":
        # the text as it was read: the public setter would guess a kind, and round a number
        cell._value = {"TRUE": True, "FALSE": False}[text] if kind == "b" else text  # noqa: SLF001
        cell.data_type = kind
    else:
        put_text(cell, text)


def _parse_moment(text: str) -> date | time | timedelta | None:
    """Return a date, a time or a duration; None for what Excel has no number for."""
    for parse in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            moment = parse(text)
        except ValueError:
            continue
        return None if isinstance(moment, date) and moment.year < 1900 else moment
    clock = re.fullmatch(r"(\d+):(\d\d):(\d\d)", text)
    return timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3])) if clock else None


def _widths(sheet: Sheet) -> list[int]:
    """Return the columns' widths in characters of Excel, of which a Chinese one takes two."""
    columns = zip(*sheet.text[:200], strict=True)
    return [
        min(max(max(sum(1 + (c > "ÿ") for c in text) for text in column) + 2, 8), 40) for column in columns
    ]
