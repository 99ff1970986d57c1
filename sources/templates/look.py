"""Look of a blank form on screen and on A4 paper: formats, widths, heights, print setup."""

import math
from typing import Any
from unicodedata import east_asian_width

import polars as pl
from xlsxwriter.worksheet import Worksheet

from schemas.field import Column
from sources.templates.page import Page

_BOX = {"border": 1, "border_color": "#808080"}
_CENTRE = {"align": "center", "valign": "vcenter"}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, **_CENTRE},
    "line": {"valign": "vcenter"},
    "heading": {"bold": True, "text_wrap": True, "bg_color": "#DDEBF7", **_CENTRE, **_BOX},
    "mark": {"bg_color": "#F2F2F2", **_CENTRE, **_BOX},
    "name": {"text_wrap": True, "valign": "vcenter", "bg_color": "#F2F2F2", **_BOX},
    "given": {"num_format": "@", "valign": "vcenter", "bg_color": "#F2F2F2", **_BOX},
    "total": {"bold": True, "align": "center", "bg_color": "#F2F2F2", **_BOX},
    "sum": {"bold": True, "bg_color": "#F2F2F2", **_BOX},
    "signature": {"locked": False, "text_wrap": True, "valign": "vcenter"},
    "period": {"locked": False, "num_format": "@", "bg_color": "#FFF2CC", **_BOX},
    "entry": {"locked": False, "valign": "vcenter", **_BOX},
    "cell": {"text_wrap": True, "valign": "top", **_BOX},
}
"""Formats by kind of cell; a cell is locked unless its format unlocks it."""

LINE_POINTS = 18
"""Height of a row of one line."""

_TITLE_POINTS = 30
_A4 = 9


def number_format(column: Column) -> str:
    """Return the number format of a column; texts stay texts, so that no number loses its zeros."""
    if column.dtype == pl.Date:
        return "yyyy-mm-dd"
    if isinstance(column.dtype, pl.Decimal):
        more = "#" * (decimals(column.dtype, column.unit) - 2)
        return "#,##0.00" + more if column.dtype.scale == 2 else "0.00" + more
    return "0" if column.dtype.is_numeric() else "@"


def decimals(dtype: pl.Decimal, unit: str | None) -> int:
    """Count the decimals that a value may have in the unit in which it is filled: of 万元 down to the 分."""
    return dtype.scale + (4 if unit == "万元" else 0)


def display_width(text: str) -> int:
    """Return the width of a text in Latin letters."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def column_widths(page: Page, choices: dict[str, list[str]]) -> list[int]:
    """Compute a width per column: for its values, its names, and half of its heading, which may wrap."""
    widths = [8] * page.width
    for entry in page.entries:
        wanted = _value_width(entry.column, choices.get(entry.column.name, []))
        for at in range(entry.area.left, entry.area.right + 1):
            widths[at] = max(widths[at], wanted)
    for label in page.labels:
        if label.area.left == label.area.right:
            wide = max(map(display_width, str(label.text).split("\n"))) + 2
            fitting = min(max(wide // 2, 12), wide) if label.style == "heading" else wide
            widths[label.area.left] = max(widths[label.area.left], min(fitting, 40))
    return widths


def _value_width(column: Column, choices: list[str]) -> int:
    if choices:
        return min(max(map(display_width, choices)) + 4, 30)
    if column.dtype == pl.String:
        return 22 if column.pii or column.key else 28
    return 12 if column.dtype == pl.Int64 else 16


def row_heights(page: Page, widths: list[int]) -> dict[int, int]:
    """Compute the heights in points of the rows whose texts wrap, and of the title."""
    heights = {0: _TITLE_POINTS}
    for label in page.labels:
        area = label.area
        if label.style in ("heading", "name", "signature"):
            lines = line_count(str(label.text), sum(widths[area.left : area.right + 1]))
            each = math.ceil(lines / (area.bottom - area.top + 1))
            for row in range(area.top, area.bottom + 1):
                heights[row] = max(heights.get(row, 0), each * LINE_POINTS)
    return heights


def line_count(text: str, width: int) -> int:
    """Count the lines that a text takes in a cell of a width."""
    return sum(max(1, math.ceil(display_width(part) / (width - 1))) for part in text.split("\n"))


def print_setup(sheet: Worksheet, first_heading: int, last_heading: int) -> None:
    """Set up printing: A4 landscape, fitted to the width, headings on every page, page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(first_heading, last_heading)
    sheet.set_footer("&C第 &P 页，共 &N 页")
