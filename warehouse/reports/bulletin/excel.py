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
from warehouse.reports.bulletin.excel_charts import CHARTS_SHEET, Source, insert_charts
from warehouse.reports.bulletin.lines import BulletinLine

PLACES_SHEET, PERIODS_SHEET, COMPARED_SHEET = "分乡镇", "分季分月", "与公报对照"
_HEADINGS_ROW = 3
_FIRST_ROW = _HEADINGS_ROW + 1
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


def to_excel(bulletin: Bulletin) -> bytes:
    """Write the workbook: a sheet a chapter, charts, breakdowns, and the comparison with a printed bulletin."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True} | _NOT_FORMULAS) as workbook:
        published_at = _naive_time(bulletin.version.published_at)
        workbook.set_properties({"title": bulletin.title, "created": published_at})
        pages = _Pages(workbook, bulletin)
        for chapter in bulletin.chapters:
            pages.write(chapter.name, _CHAPTER, map(_line_row, chapter.lines))
        charts = pages.add_charts_sheet() if any(c.plots for c in bulletin.chapters) else None
        places = [(c, b) for c in bulletin.chapters for b in c.breakdowns if b.by == "township"]
        periods = [(c, b) for c in bulletin.chapters for b in c.breakdowns if b.by != "township"]
        pages.write(PLACES_SHEET, _BREAKDOWN, _breakdown_rows(places))
        pages.write(PERIODS_SHEET, _BREAKDOWN, _breakdown_rows(periods))
        if bulletin.compared:
            pages.write(COMPARED_SHEET, _COMPARED, map(_compared_row, bulletin.compared))
        if charts:
            sources = _sources(PLACES_SHEET, places) | _sources(PERIODS_SHEET, periods)
            plots = [(breakdown, sources[breakdown]) for c in bulletin.chapters for breakdown in c.plots]
            insert_charts(workbook, charts, plots, _FIRST_ROW)
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

    def write(self, name: str, columns: Sequence[_Column], rows: Iterable[Sequence[Value]]) -> None:
        """Add a sheet of rows under their headings."""
        sheet = self._workbook.add_worksheet(name)
        self._set_head(sheet, name)
        self._set_columns(sheet, columns)
        count = 0
        for count, row in enumerate(rows, start=1):
            for c, value in enumerate(row):
                self._cell(sheet, _HEADINGS_ROW + count, c, value)
        sheet.print_area(0, 0, _HEADINGS_ROW + count, sum(column.prints for column in columns) - 1)
        sheet.autofilter(_HEADINGS_ROW, 0, _HEADINGS_ROW + max(count, 1), len(columns) - 1)

    def add_charts_sheet(self) -> Worksheet:
        """Add the sheet that charts are inserted into, of upright pages."""
        sheet = self._workbook.add_worksheet(CHARTS_SHEET)
        self._set_head(sheet, CHARTS_SHEET)
        sheet.hide_gridlines(2)
        return sheet

    def _set_head(self, sheet: Worksheet, name: str) -> None:
        """Write what each sheet begins with, and what each printed page has above and below."""
        version = self._bulletin.version
        banner = "合成示例数据：不是本区的实际情况，不得引用" if version.is_synthetic else ""
        sheet.write_string(0, 0, banner or version.data_label, self._banner if banner else self._small)
        sheet.write_string(1, 0, f"{self._bulletin.title}：{name}", self._title)
        sheet.set_row(1, 22)
        edition = f"{version.data_label}  版本 {version.version}  截止 {self._bulletin.cut_off}"
        sheet.write_string(2, 0, edition, self._small)
        sheet.set_paper(9)  # A4
        sheet.set_header(
            f"&L{_escape_header(self._bulletin.title)}&C{_escape_header(version.data_label)}&R&A"
        )
        sheet.set_footer(f"&L{_escape_header(edition)}&R&P / &N")

    def _set_columns(self, sheet: Worksheet, columns: Sequence[_Column]) -> None:
        for c, column in enumerate(columns):
            sheet.set_column(c, c, column.width, None)
            sheet.write_string(_HEADINGS_ROW, c, column.title, self._heading)
        sheet.freeze_panes(_FIRST_ROW, 1)
        sheet.repeat_rows(_HEADINGS_ROW)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

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


def _sources(sheet: str, breakdowns: Iterable[tuple[Chapter, Breakdown]]) -> dict[Breakdown, Source]:
    """Give the sheet and the row, counted from 0, in which each breakdown begins."""
    sources, row = {}, _FIRST_ROW
    for _, breakdown in breakdowns:
        sources[breakdown] = (sheet, row)
        row += len(breakdown.cells)
    return sources


def _escape_header(text: str) -> str:
    """Escape a text for a header or footer, where & begins a code."""
    return text.replace("&", "&&")


def _naive_time(iso: str) -> datetime:
    """Drop the time zone of an ISO time: Excel has none."""
    return datetime.fromisoformat(iso).replace(tzinfo=None)
