"""The charts of the workbook, editable and drawn from its rows, on a sheet where no page break runs through one."""

from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse.reports.bulletin.breakdown import Breakdown
from warehouse.reports.plots import scale_of

CHARTS_SHEET = "图"

LABELS, NUMBERS = 3, 4
"""Columns that charts are drawn from, of the sheets of breakdowns."""

_COLUMNS = 8
_COLUMN_PIXELS, _ROW_PIXELS = 64, 20
_ROWS_ON_A_PAGE = 48
_SCALE = 95
"""At this per cent, so many rows leave 7 % of the height of an upright A4 page, and the columns a quarter of its width.

Programs differ that much in how wide a column is, by the fonts they have; fitting to the width instead would make Excel
pass over the breaks.
"""

_AXIS_FORMATS = {0: "#,##0", 4: r"0\.0,", 8: r"0\.00,,"}
"""By power of ten, the number format of an axis in 元, 万 or 亿 that Excel, WPS and LibreOffice all understand.

A comma at the end divides by a thousand; the escaped point stands before the digits that are left over.
"""

Source = tuple[str, int]
"""The sheet of a breakdown's numbers, and the row in which they begin, from 0."""


def insert_charts(
    workbook: Workbook, sheet: Worksheet, plots: Sequence[tuple[Breakdown, Source]], first_row: int
) -> None:
    """Insert charts below one another, none over the end of a page."""
    rows = list(places_of([_rows_of(breakdown) for breakdown, _ in plots], first_row))
    for row, (breakdown, source) in zip(rows, plots, strict=True):
        chart = _chart(workbook, breakdown, source)
        height = (_rows_of(breakdown) - 1) * _ROW_PIXELS
        chart.set_size({"width": _COLUMNS * _COLUMN_PIXELS - 4, "height": height})
        sheet.insert_chart(row, 0, chart, {"object_position": 2})
    pages = max(rows, default=0) // _ROWS_ON_A_PAGE + 1
    sheet.set_h_pagebreaks([page * _ROWS_ON_A_PAGE for page in range(1, pages)])
    sheet.set_print_scale(_SCALE)
    sheet.center_horizontally()
    sheet.print_area(0, 0, pages * _ROWS_ON_A_PAGE - 1, _COLUMNS - 1)


def places_of(heights: Iterable[int], first_row: int) -> Iterator[int]:
    """Give the row of each chart, of so many rows, on a page with those before it or at the top of the next."""
    row = first_row
    for height in heights:
        if row % _ROWS_ON_A_PAGE + height > _ROWS_ON_A_PAGE:
            row = (row // _ROWS_ON_A_PAGE + 1) * _ROWS_ON_A_PAGE
        yield row
        row += height


def _rows_of(breakdown: Breakdown) -> int:
    """Count the rows that a chart and the space under it take, so that every bar has its label, on a page at most."""
    return min(max(17, len(breakdown.cells) + 5), _ROWS_ON_A_PAGE - 4)


def _chart(workbook: Workbook, breakdown: Breakdown, source: Source) -> Chart:
    name, first = source
    last = first + len(breakdown.cells) - 1
    by_place = breakdown.by == "township"
    chart = workbook.add_chart({"type": "bar" if by_place else "column"})
    chart.add_series(
        {
            "name": breakdown.line.name,
            "categories": [name, first, LABELS, last, LABELS],
            "values": [name, first, NUMBERS, last, NUMBERS],
            "fill": {"color": "#35586B"},
            "gap": 60,
        }
    )
    chart.set_title({"name": f"{breakdown.line.name}（{breakdown.words}）", "name_font": {"size": 12}})
    from_zero = all(cell.value is None or cell.value >= 0 for cell in breakdown.cells)
    labels = {"name": "乡镇" if by_place else "期", "reverse": by_place, "interval_unit": 1}
    power, unit = scale_of([c.value for c in breakdown.cells if c.value is not None], breakdown.line.unit)
    amounts = {"name": unit, "num_format": _AXIS_FORMATS[power]} | ({"min": 0} if from_zero else {})
    if by_place:
        amounts["label_position"] = "high"  # below the bars, where the first place stands at the top
    horizontal, vertical = (amounts, labels) if by_place else (labels, amounts)
    chart.set_x_axis(horizontal)
    chart.set_y_axis(vertical)
    chart.set_legend({"none": True})
    return chart
