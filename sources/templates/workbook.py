"""Planned blank forms as .xlsx: locked but for the cells to be filled, checked while they are filled."""

import io
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest

import pandera.polars as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sources.templates.cell_checks import cell_check, period_prompt
from sources.templates.explain import may_be_nothing, write_explanation
from sources.templates.limits import limits
from sources.templates.look import LINE_POINTS, LOOKS, column_widths, number_format, print_setup, row_heights
from sources.templates.page import EntryArea, Label, Page, Template
from sources.templates.words import name_of, note

LISTS_SHEET = "名录"
_MADE_AT = datetime(2022, 1, 1)
_FONT = {"font_name": "宋体", "font_size": 11}
_MAY_STILL = {"format_columns": True, "format_rows": True, "insert_rows": True}


@dataclass
class _Book:
    """The workbook while it is written. sources: by field, the range that holds its choices."""

    book: Workbook
    template: Template
    model: type[pa.DataFrameModel]
    sources: dict[str, str] = field(default_factory=dict)
    formats: dict[str, Format] = field(default_factory=dict)

    def look(self, name: str, shown_as: str = "") -> Format:
        """Return the format of a kind of cell, made once. shown_as: its number format."""
        key = f"{name} {shown_as}"
        if key not in self.formats:
            properties = LOOKS[name] | ({"num_format": shown_as} if shown_as else {})
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def write_template(template: Template, model: type[pa.DataFrameModel]) -> bytes:
    """Write the blank form, the same bytes every time. model: the table, whose rules its cells check."""
    data = io.BytesIO()
    with new_workbook(data, template.contract.title[0]) as book:
        writing = _Book(book, template, model)
        sheets = [book.add_worksheet(page.name) for page in template.pages]
        for name in template.layout.ignore_sheets[:1]:
            write_explanation(book, book.add_worksheet(name), template, model)
        _write_choices(writing)
        for sheet, page in zip(sheets, template.pages, strict=True):
            _write_page(writing, sheet, page)
    return data.getvalue()


def new_workbook(data: io.BytesIO, title: str) -> Workbook:
    """Open a workbook in the font that clerks' programs have, made at a fixed time."""
    # xlsxwriter changes the font properties that it is given
    book = xlsxwriter.Workbook(data, {"in_memory": True, "default_format_properties": dict(_FONT)})
    book.set_properties({"title": title, "created": _MADE_AT})
    return book


def _write_choices(writing: _Book) -> None:
    """Write a column per closed list on a hidden sheet: a list inside a check has at most 255 characters."""
    choices = writing.template.choices
    if not choices:
        return
    sheet = writing.book.add_worksheet(LISTS_SHEET)
    for at, (name, texts) in enumerate(choices.items()):
        sheet.write_column(0, at, texts)
        writing.sources[name] = f"='{LISTS_SHEET}'!{xl_range_abs(0, at, len(texts) - 1, at)}"
    sheet.hide()
    sheet.protect()


def _write_page(writing: _Book, sheet: Worksheet, page: Page) -> None:
    sheet.set_default_row(LINE_POINTS)
    widths = column_widths(page, writing.template.choices)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for row, points in row_heights(page, widths).items():
        sheet.set_row(row, points)
    for label in page.labels:
        _write_label(writing, sheet, label)
    sheet.write_blank(*page.period, None, writing.look("period"))
    sheet.data_validation(*page.period, *page.period, period_prompt(writing.template.contract.grain))
    for entry in page.entries:
        _write_entry(
            writing, sheet, entry, is_first=entry is page.entries[0] and may_be_nothing(writing.template)
        )
    _write_total(writing, sheet, page)
    sheet.freeze_panes(page.heading[1] + 1, 1)
    print_setup(sheet, *page.heading)
    sheet.protect("", _MAY_STILL)


def _write_label(writing: _Book, sheet: Worksheet, label: Label) -> None:
    area, look = label.area, writing.look(label.style)
    if (area.top, area.left) == (area.bottom, area.right):
        sheet.write(area.top, area.left, label.text, look)
    else:
        sheet.merge_range(area.top, area.left, area.bottom, area.right, label.text, look)
    for column in writing.template.columns:
        if column.name == label.of:
            text = note(writing.template.contract, column)
            sheet.write_comment(
                area.top, area.left, text, {"x_scale": 1.6, "font_name": "宋体", "font_size": 9}
            )


def _write_entry(writing: _Book, sheet: Worksheet, entry: EntryArea, *, is_first: bool) -> None:
    column, area = entry.column, entry.area
    for text, (row, at) in zip_longest(entry.given, area.cells()):
        if text is None:
            sheet.write_blank(row, at, None, writing.look("entry", number_format(column)))
        else:
            sheet.write_string(row, at, text, writing.look("given"))
    named = replace(column, title=name_of(writing.template.contract, column))
    source = writing.sources.get(column.name)
    check = cell_check(named, limits(writing.model, column), source, is_first=is_first)
    if check and not entry.given:
        sheet.data_validation(area.top, area.left, area.bottom, area.right, check)


def _write_total(writing: _Book, sheet: Worksheet, page: Page) -> None:
    """Write the sums; Excel works them out when the form is opened: the file holds no value for them."""
    for row in {row for row, _ in page.sums}:
        for at in range(page.width):
            if area := page.sums.get((row, at)):
                entry = next(entry for entry in page.entries if entry.area == area)
                shown = writing.look("sum", number_format(entry.column))
                cells = xl_range(area.top, area.left, area.bottom, area.right)
                sheet.write_formula(row, at, f"=SUM({cells})", shown, "")
            elif not any((row, at) == (label.area.top, label.area.left) for label in page.labels):
                sheet.write_blank(row, at, None, writing.look("sum"))
