"""The bulletin as an Excel workbook: exact numbers with their units, and the plots as editable charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from warehouse.reports.bulletin.breakdown import Breakdown
from warehouse.reports.bulletin.compare import VERDICTS, Compared
from warehouse.reports.bulletin.content import Bulletin, Chapter
from warehouse.reports.bulletin.lines import BulletinLine
from warehouse.reports.plots import scale_of

PLACES_SHEET, PERIODS_SHEET, COMPARED_SHEET = "分乡镇", "分季分月", "与公报对照"
_HEADINGS_ROW = 3
_FIRST_ROW = _HEADINGS_ROW + 1
_ROW_PIXELS = 20
_AXIS_FORMATS = {0: "#,##0", 4: r"0\.0,", 8: r"0\.00,,"}
"""By power of ten, the number format of an axis in 元, 万 or 亿 that Excel, WPS and LibreOffice all understand.

A comma at the end divides by a thousand; the escaped point stands before the digits that are left over.
"""

_NOT_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Value = str | int | Decimal | None


@dataclass(frozen=True)
class _Column:
    """A column of a sheet. width: in characters of Excel. prints: whether there is room for it on paper."""

    title: str
    width: int
    prints: bool = True


_CHAPTER = (
    _Column("指标", 28), _Column("公报写法", 13), _Column("数值", 18), _Column("单位", 7), _Column("上年", 18),
    _Column("增减", 9), _Column("增减单位", 9), _Column("状态", 8), _Column("质量", 18), _Column("观测状态", 9),
    _Column("源行数", 8), _Column("来源表", 24), _Column("口径", 50, prints=False), _Column("溯源命令", 56, prints=False),
)  # fmt: skip
_BREAKDOWN = (
    _Column("章", 13), _Column("指标", 30), _Column("分法", 8), _Column("乡镇或期", 14), _Column("数值", 18),
    _Column("单位", 7), _Column("状态", 8), _Column("代码", 16),
)  # fmt: skip
_COMPARED = (
    _Column("编号", 7), _Column("章", 13), _Column("指标", 30), _Column("公报所印", 13), _Column("计算所得", 13),
    _Column("准确值", 18), _Column("单位", 7), _Column("结论", 11), _Column("来源表", 24), _Column("说明", 50),
)  # fmt: skip
_LABELS, _NUMBERS = 3, 4
"""Columns of _BREAKDOWN that charts are drawn from."""


def to_excel(bulletin: Bulletin) -> bytes:
    """Write the workbook: a sheet a chapter, breakdowns, and the comparison with a printed bulletin."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True} | _NOT_FORMULAS) as workbook:
        published_at = _naive_time(bulletin.version.published_at)
        workbook.set_properties({"title": bulletin.title, "created": published_at})
        pages = _Pages(workbook, bulletin)
        chapters = [
            pages.write(c.name, _CHAPTER, map(_line_row, c.lines), charts_rows=sum(map(_chart_rows, c.plots)))
            for c in bulletin.chapters
        ]
        places = [(c, b) for c in bulletin.chapters for b in c.breakdowns if b.by == "township"]
        periods = [(c, b) for c in bulletin.chapters for b in c.breakdowns if b.by != "township"]
        pages.write(PLACES_SHEET, _BREAKDOWN, _breakdown_rows(places))
        pages.write(PERIODS_SHEET, _BREAKDOWN, _breakdown_rows(periods))
        if bulletin.compared:
            pages.write(COMPARED_SHEET, _COMPARED, map(_compared_row, bulletin.compared))
        first_rows = {PLACES_SHEET: _first_rows(places), PERIODS_SHEET: _first_rows(periods)}
        for sheet, chapter in zip(chapters, bulletin.chapters, strict=True):
            row = _FIRST_ROW + len(chapter.lines) + 1
            for breakdown in chapter.plots:
                name = PLACES_SHEET if breakdown.by == "township" else PERIODS_SHEET
                _insert_chart(workbook, sheet, row, breakdown, name, first_rows[name][breakdown])
                row += _chart_rows(breakdown)
    return out.getvalue()


class _Pages:
    """The sheets of a workbook, of the same look and print layout: banner, title, frozen headings, rows."""

    def __init__(self, workbook: Workbook, bulletin: Bulletin) -> None:
        self._workbook = workbook
        self._bulletin = bulletin
        font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self._text = workbook.add_format(font | {"text_wrap": True})
        self._title = workbook.add_format(font | {"bold": True, "font_size": 14, "font_color": "#9D2A22"})
        self._small = workbook.add_format(font | {"font_size": 9, "font_color": "#5D5D5D"})
        self._banner = workbook.add_format(font | {"bold": True, "font_color": "#9D2A22"})
        self._heading = workbook.add_format(
            font | {"bold": True, "bg_color": "#F1EEE7", "bottom": 1, "text_wrap": True}
        )
        self._numbers = {
            code: workbook.add_format(font | {"num_format": code})
            for code in ("#,##0", "#,##0.00", "#,##0.####")
        }

    def write(
        self, name: str, columns: Sequence[_Column], rows: Iterable[Sequence[Value]], *, charts_rows: int = 0
    ) -> Worksheet:
        """Add a sheet. charts_rows: rows that charts inserted later take under the sheet's own."""
        sheet = self._workbook.add_worksheet(name)
        self._set_up(sheet, name, columns)
        count = 0
        for count, row in enumerate(rows, start=1):
            for c, value in enumerate(row):
                self._cell(sheet, _HEADINGS_ROW + count, c, value)
        last_row = _HEADINGS_ROW + count + charts_rows
        sheet.print_area(0, 0, last_row, sum(column.prints for column in columns) - 1)
        sheet.autofilter(_HEADINGS_ROW, 0, _HEADINGS_ROW + max(count, 1), len(columns) - 1)
        return sheet

    def _set_up(self, sheet: Worksheet, name: str, columns: Sequence[_Column]) -> None:
        version = self._bulletin.version
        banner = "合成示例数据：不是本区的实际情况，不得引用" if version.is_synthetic else ""
        sheet.write_string(0, 0, banner or version.data_label, self._banner if banner else self._small)
        sheet.write_string(1, 0, f"{self._bulletin.title}：{name}", self._title)
        sheet.set_row(1, 22)
        edition = f"{version.data_label}  版本 {version.version}  截止 {self._bulletin.cut_off}"
        sheet.write_string(2, 0, edition, self._small)
        for c, column in enumerate(columns):
            sheet.set_column(c, c, column.width, None)
            sheet.write_string(_HEADINGS_ROW, c, column.title, self._heading)
        sheet.freeze_panes(_FIRST_ROW, 1)
        sheet.repeat_rows(_HEADINGS_ROW)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_header(
            f"&L{_escape_header(self._bulletin.title)}&C{_escape_header(version.data_label)}&R&A"
        )
        sheet.set_footer(f"&L{_escape_header(edition)}&R&P / &N")

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Value) -> None:
        match value:
            case None:
                sheet.write_blank(row, column, None, self._text)
            case str():
                sheet.write_string(row, column, value, self._text)
            case int() | Decimal():
                sheet.write_number(row, column, float(value), self._number_format(Decimal(value)))

    def _number_format(self, value: Decimal) -> Format:
        """Choose the format with a value's own places, so that counts are whole and money has cents."""
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return self._numbers["#,##0" if places == 0 else "#,##0.00" if places <= 2 else "#,##0.####"]


def _line_row(line: BulletinLine) -> tuple[Value, ...]:
    return (
        line.name + (f"（{line.basis}）" if line.basis else ""), line.rendered, line.value, line.unit,
        line.previous_value, line.change, line.change_unit if line.change is not None else None, line.status,
        "，".join(line.marks), line.observation_status, line.source_rows, line.form, line.definition, line.trace,
    )  # fmt: skip


def _breakdown_rows(breakdowns: Iterable[tuple[Chapter, Breakdown]]) -> Iterable[tuple[Value, ...]]:
    for chapter, breakdown in breakdowns:
        line = breakdown.line
        for cell in breakdown.cells:
            yield (
                chapter.name, line.name, breakdown.words, cell.label, cell.value, line.unit,
                cell.status, cell.key,
            )  # fmt: skip


def _compared_row(row: Compared) -> tuple[Value, ...]:
    return (
        row.fig_id, row.chapter, row.name, row.printed, row.rendered, row.computed, row.unit,
        VERDICTS[row.verdict], row.form, row.remark,
    )  # fmt: skip


def _first_rows(breakdowns: Iterable[tuple[Chapter, Breakdown]]) -> dict[Breakdown, int]:
    """Give the row of the sheet in which each breakdown begins, counted from 0."""
    rows, row = {}, _FIRST_ROW
    for _, breakdown in breakdowns:
        rows[breakdown] = row
        row += len(breakdown.cells)
    return rows


def _insert_chart(
    workbook: Workbook, sheet: Worksheet, row: int, breakdown: Breakdown, source: str, first: int
) -> None:
    """Insert a chart at a row of a sheet. source: the sheet of its numbers, which begin in row `first`."""
    last = first + len(breakdown.cells) - 1
    by_place = breakdown.by == "township"
    chart = workbook.add_chart({"type": "bar" if by_place else "column"})
    chart.add_series(
        {
            "name": breakdown.line.name,
            "categories": [source, first, _LABELS, last, _LABELS],
            "values": [source, first, _NUMBERS, last, _NUMBERS],
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
    chart.set_size({"width": 760, "height": (_chart_rows(breakdown) - 1) * _ROW_PIXELS})
    sheet.insert_chart(row, 0, chart)


def _chart_rows(breakdown: Breakdown) -> int:
    """Count the sheet's rows that a chart and the space under it take, so that every bar has its label."""
    return max(17, len(breakdown.cells) + 5)


def _escape_header(text: str) -> str:
    """Escape a text for a header or footer, where & begins a code."""
    return text.replace("&", "&&")


def _naive_time(iso: str) -> datetime:
    """Drop the time zone of an ISO time: Excel has none."""
    return datetime.fromisoformat(iso).replace(tzinfo=None)
