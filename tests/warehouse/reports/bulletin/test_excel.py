"""The bulletin as a workbook, read back."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS
from warehouse.reports.bulletin.content import Bulletin, content_of
from warehouse.reports.bulletin.excel import to_excel
from warehouse.reports.bulletin.excel_charts import places_of
from warehouse.reports.bulletin.figures import YearOfFigures
from warehouse.reports.bulletin.printed import PrintedBulletin


def opened(bulletin: Bulletin) -> Workbook:
    return load_workbook(BytesIO(to_excel(bulletin)))


@pytest.fixture
def book(bulletin: Bulletin) -> Workbook:
    return opened(bulletin)


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows under the headings, by heading."""
    headings, *body = sheet.iter_rows(min_row=4, values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in body]


def test_there_is_a_sheet_for_each_chapter_then_charts_breakdowns_and_the_comparison(book: Workbook) -> None:
    assert book.sheetnames == ["党建与治理", "特优农业", "乡村建设", "图", "分乡镇", "分季分月", "与公报对照"]


def test_numbers_are_exact_numbers(book: Workbook) -> None:
    sales = rows(book["特优农业"])[0]
    assert (sales["数值"], sales["单位"], sales["上年"]) == (1194980000, "元", 1000000000)
    assert (sales["增减"], sales["增减单位"], sales["公报写法"]) == (19.5, "%", "11.95亿元")
    assert (sales["状态"], sales["质量"]) == (
        "不完整",
        "缺报 1 份（口泉乡），退回 2 行，存疑 3 行，更正 1 行",
    )
    assert sales["溯源命令"] == "xiangcang trace agri_processing_sales_revenue -p 2022"
    share = rows(book["乡村建设"])[0]
    assert (share["数值"], share["增减"], share["增减单位"]) == (97.8723, 2.3723, "个百分点")


def test_numbers_show_no_more_places_than_they_have(book: Workbook) -> None:
    assert book["特优农业"]["C5"].number_format == "#,##0"
    assert book["特优农业"]["F5"].number_format == "#,##0.00"
    assert book["乡村建设"]["C5"].number_format == "#,##0.####"


def test_breakdowns_are_rows(book: Workbook) -> None:
    assert [(row["乡镇或期"], row["数值"]) for row in rows(book["分乡镇"])] == [
        ("高山镇", 800000000), ("云冈镇", 394980000),
    ]  # fmt: skip
    months = rows(book["分季分月"])
    assert len(months) == 12
    assert [row["乡镇或期"] for row in months if row["数值"] is not None] == ["5月", "10月"]


def test_the_comparison_is_a_sheet_only_where_there_is_one(
    book: Workbook, read_2022: Callable[..., YearOfFigures]
) -> None:
    compared = rows(book["与公报对照"])
    assert len(compared) == 59
    assert (compared[19]["公报所印"], compared[19]["计算所得"], compared[19]["结论"]) == (
        "11.95亿元", "11.95亿元", "一致",
    )  # fmt: skip
    assert "与公报对照" not in opened(content_of(read_2022(), None)).sheetnames


def test_sample_data_say_so_on_every_sheet_and_every_printed_page(book: Workbook) -> None:
    for sheet in book:
        assert str(sheet["A1"].value).startswith("合成示例数据")
        assert sheet.oddHeader.center.text == "合成示例数据"
        assert "合成示例数据" in str(sheet.oddFooter.left.text)


def test_real_data_do_not(real_bulletin: Bulletin) -> None:
    archive = zipfile.ZipFile(BytesIO(to_excel(real_bulletin)))
    assert not any("合成" in archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_sheets_keep_their_headings_and_print_on_a4(book: Workbook) -> None:
    for sheet in (sheet for sheet in book if sheet.title != "图"):
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)


def test_texts_that_look_like_formulas_or_links_stay_texts(
    read_2022: Callable[..., YearOfFigures], printed_2022: PrintedBulletin
) -> None:
    hostile = '=HYPERLINK("http://x.example","点这里")'
    figures = [row | {"indicator_name": hostile} for row in FIGURES]
    indicators = [row | {"form_titles": "http://x.example"} for row in INDICATORS]
    book = opened(content_of(read_2022(figures, indicators), printed_2022))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == hostile} == {"s"}
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_charts_are_drawn_from_the_rows_and_name_their_axes(bulletin: Bulletin) -> None:
    archive = zipfile.ZipFile(BytesIO(to_excel(bulletin)))
    charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    sources = [re.findall(r"<c:f>(.*?)</c:f>", chart) for chart in charts]
    assert sources == [
        ["分乡镇!$D$5:$D$6", "分乡镇!$E$5:$E$6"],
        ["分季分月!$D$5:$D$16", "分季分月!$E$5:$E$16"],
    ]
    axes = [re.search(r"<c:catAx>.*?</c:catAx>", chart, re.DOTALL) for chart in charts]
    assert [re.findall(r"<a:t>(.*?)</a:t>", axis[0]) for axis in axes if axis] == [["乡镇"], ["期"]]
    values = [re.search(r"<c:valAx>.*?</c:valAx>", chart, re.DOTALL) for chart in charts]
    assert [re.findall(r"<a:t>(.*?)</a:t>", axis[0]) for axis in values if axis] == [["亿元"], ["万人次"]]


def test_the_same_bulletin_is_the_same_workbook(bulletin: Bulletin) -> None:
    assert to_excel(bulletin) == to_excel(bulletin)


def test_no_chart_runs_over_the_end_of_a_page() -> None:
    heights = [32, 17, 17, 20, 44, 17]
    rows = list(places_of(heights, 4))
    assert rows == [4, 48, 65, 96, 144, 192]
    assert all(row // 48 == (row + height - 1) // 48 for row, height in zip(rows, heights, strict=True))


def test_pages_of_charts_are_upright_and_as_wide_as_the_charts(bulletin: Bulletin) -> None:
    sheet = opened(bulletin)["图"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.print_area == "'图'!$A$1:$H$48"
    ends = [chart.anchor.to for chart in sheet._charts]
    assert [(end.row < 48, end.col) for end in ends] == [(True, 7), (True, 7)]
