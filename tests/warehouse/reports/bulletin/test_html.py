"""The bulletin as a page."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html

from schemas.indicator import Better
from tests.district import CATALOGUE
from tests.warehouse.reports.bulletin.figures_2022 import FIGURES, INDICATORS
from warehouse.reports.bulletin.content import Bulletin, CountyTouch, content_of
from warehouse.reports.bulletin.county_text import read_county_text
from warehouse.reports.bulletin.figures import YearOfFigures
from warehouse.reports.bulletin.html import to_html
from warehouse.reports.bulletin.printed import PrintedBulletin


@pytest.fixture
def page(bulletin: Bulletin) -> str:
    return to_html(bulletin)


def row_of(page: str, table: str, label: str) -> list[str]:
    """The cells of the row that begins with a text, or holds it second, white space folded."""
    rows = lxml_html.fromstring(page).xpath(f"//table[@class='{table}']/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    (match,) = [row for row in cells if row[0].startswith(label)]
    return match


def test_a_figure_has_its_row(page: str) -> None:
    name, rendered, exact, previous, change, status, form = row_of(page, "figures", "农产品加工销售收入")
    assert (rendered, exact, previous, change) == (
        "11.95亿元",
        "1,194,980,000元",
        "1,000,000,000元",
        "+19.5%",
    )
    assert "按报送数合计" in name
    assert "xiangcang trace agri_processing_sales_revenue -p 2022" in name
    assert status == "不完整 缺报 1 份（口泉乡）退回 2 行存疑 3 行更正 1 行"
    assert form == "农产品加工企业统计表10 行"


def test_printed_and_computed_stand_side_by_side(page: str) -> None:
    assert row_of(page, "compared", "F20")[2:6] == ["11.95亿元", "11.95亿元", "1,194,980,000元", "一致"]
    assert row_of(page, "compared", "F43")[2:6] == ["全部③", "97.87%", "97.8723%", "不一致"]
    assert row_of(page, "compared", "F49")[2:6] == ["7300万元", "—", "—", "尚无此表"]


def test_the_page_says_which_version_it_is_of(page: str) -> None:
    (edition,) = lxml_html.fromstring(page).xpath("//p[@class='edition']")
    assert edition.text_content() == "合成示例数据　·　版本 v000003　·　截止 2023年2月1日 01:30"


def test_sample_data_say_so_in_every_section_and_on_every_printed_page(page: str) -> None:
    root = lxml_html.fromstring(page)
    sections = root.xpath("//header | //section")
    assert len(sections) == 8
    assert all(section.xpath("./p[@class='banner']") for section in sections)
    assert "合成示例数据" in root.xpath("//title")[0].text
    assert '@top-right { content: "合成示例数据"' in page
    assert "不说明本区的实际情况" in page


def test_real_data_have_no_such_banner(real_bulletin: Bulletin) -> None:
    page = to_html(real_bulletin)
    assert "合成" not in page
    assert 'class="banner"' not in page
    assert 'class="caution"' not in page


def test_without_a_printed_bulletin_there_is_no_comparison(bulletin: Bulletin) -> None:
    assert "与公报对照" not in to_html(replace(bulletin, compared=()))


def test_texts_of_the_data_are_escaped(
    read_2022: Callable[..., YearOfFigures], printed_2022: PrintedBulletin
) -> None:
    hostile = "<script>alert('x')</script>"
    figures = [row | {"indicator_name": hostile, "division_name": hostile} for row in FIGURES]
    indicators = [row | {"definition": hostile} for row in INDICATORS]
    page = to_html(content_of(read_2022(figures, indicators), printed_2022))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<b>两种</b>" not in page


def test_the_page_refers_to_nothing_outside_and_runs_nothing(page: str) -> None:
    root = lxml_html.fromstring(page)
    assert "http" not in page
    assert root.xpath("//script | //link | //img | //iframe | //@onclick | //@src") == []
    assert not re.search(r"@import|url\(", page)
    assert all(href.startswith("#") for href in root.xpath("//@href"))


def test_every_link_has_its_place(page: str) -> None:
    root = lxml_html.fromstring(page)
    assert {href[1:] for href in root.xpath("//@href")} <= set(root.xpath("//@id"))
    assert len(root.xpath("//@id")) == len(set(root.xpath("//@id")))


def test_plots_stand_in_their_chapter(page: str) -> None:
    titles = lxml_html.fromstring(page).xpath("//section[@id='chapter-2']//svg/title/text()")
    assert titles == ["农产品加工销售收入（分乡镇）", "乡村旅游人次（分月）"]


def test_a_figure_of_the_text_leads_to_its_line_in_the_annex(page: str) -> None:
    root = lxml_html.fromstring(page)
    (link,) = [a for a in root.xpath("//section[@id='text']//p[position()>2]/a") if a.text == "11.95亿元"]
    (row,) = root.xpath(f"//tr[@id='{link.get('href')[1:]}']")
    assert link.get("href") == "#figure-agri_processing_sales_revenue"
    assert "1,194,980,000元" in row.text_content()


def test_a_figure_leads_to_its_trace_page_where_there_is_one(bulletin: Bulletin) -> None:
    text = lxml_html.fromstring(to_html(bulletin, traced=True)).xpath("//section[@id='text']//a/@href")
    assert "trace/2022/agri_processing_sales_revenue.html" in text
    assert not any(href.startswith("#") for href in text)


def test_the_text_of_the_county_is_escaped(read_2022: Callable[..., YearOfFigures], tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("<script>{grid_count}</script>", "utf-8")
    text = read_county_text(tmp_path, CATALOGUE.indicators)
    assert "<script" not in to_html(content_of(read_2022(), None, CountyTouch(text)))


@pytest.mark.parametrize(("better", "words"), [("more", "好于上年"), ("less", "差于上年")])
def test_a_rise_of_what_had_better_fall_is_not_shown_as_good(
    read_2022: Callable[..., YearOfFigures], better: Better, words: str
) -> None:
    bus = "village_bus_coverage_rate"
    touch = CountyTouch(cards=(bus,), better={bus: better})
    (card,) = lxml_html.fromstring(to_html(content_of(read_2022(), None, touch))).xpath("//dl/div")
    assert card.xpath("./dd[@class='since']")[0].text_content() == f"较上年 +2.37个百分点{words}"
