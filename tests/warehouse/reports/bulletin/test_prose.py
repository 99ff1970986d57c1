"""The running text: a county's own paragraphs, the program's sentences, and what was not reported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.files.toml_file import SettingsRefused
from tests.district import INDICATORS
from tests.warehouse.reports.bulletin.figures_2022 import FIGURES
from warehouse.reports.bulletin.content import Bulletin, CountyTouch, content_of
from warehouse.reports.bulletin.county_text import read_county_text
from warehouse.reports.bulletin.figures import YearOfFigures
from warehouse.reports.bulletin.prose import ChapterProse, Paragraph

Write = Callable[..., Bulletin]


@pytest.fixture
def write(read_2022: Callable[..., YearOfFigures], tmp_path: Path) -> Write:
    """The bulletin of a few figures in a county's own text."""

    def write(text: str | None = None, figures: list[dict[str, object]] = FIGURES) -> Bulletin:
        year_of_figures = read_2022(figures)
        if text is not None:
            (tmp_path / "text.md").write_text(text, "utf-8")
        return content_of(year_of_figures, None, CountyTouch(read_county_text(tmp_path, INDICATORS)))

    return write


def plain(paragraph: Paragraph) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in paragraph)


def chapter(bulletin: Bulletin, name: str) -> ChapterProse:
    (match,) = [chapter for chapter in bulletin.prose.chapters if chapter.name == name]
    return match


def test_without_a_text_of_the_countys_each_figure_has_a_sentence(write: Write) -> None:
    bulletin = write()
    assert [plain(p) for chapter in bulletin.prose.chapters for p in chapter.paragraphs] == [
        "据网格划分台账，网格810个。",
        "据农产品加工企业统计表，农产品加工销售收入11.95亿元，比上年增长19.5%（不完整）。",
        "据乡村旅游接待统计表，乡村旅游人次16.38万人次。",
        "据村社会经济基本情况，通公交车的行政村占比为97.87%，比上年提高2.37个百分点。",
    ]
    assert plain(bulletin.prose.opening[0]).startswith("2022年，云冈区农产品加工销售收入11.95亿元")


def test_the_countys_own_words_win_and_the_rest_follows_them(write: Write) -> None:
    bulletin = write(
        "{年}年{区县}较{上年}年有进展。\n\n"
        "# 特优农业\n加工销售{agri_processing_sales_revenue（增减）}；农旅融合。\n"
    )
    assert [plain(p) for p in bulletin.prose.opening] == ["2022年云冈区较2021年有进展。"]
    assert [plain(p) for p in chapter(bulletin, "特优农业").paragraphs] == [
        "加工销售11.95亿元（比上年增长19.5%，不完整）；农旅融合。",
        "据乡村旅游接待统计表，乡村旅游人次16.38万人次。",
    ]


def test_a_place_for_a_change_stays_empty_without_a_year_to_compare_with(write: Write) -> None:
    bulletin = write("# 党建与治理\n划分网格{grid_count，增减}，覆盖全区；共{grid_count（增减）}。")
    assert [plain(p) for p in chapter(bulletin, "党建与治理").paragraphs] == [
        "划分网格810个，覆盖全区；共810个。"
    ]


def test_a_sentence_without_its_figure_is_left_out_and_the_figure_is_listed(write: Write) -> None:
    without_grids = [row for row in FIGURES if row["indicator_code"] != "grid_count"]
    bulletin = write(
        "# 特优农业\n接待{rural_tourism_visits}；划分网格{grid_count}，共{grid_count}。", without_grids
    )
    farming = chapter(bulletin, "特优农业")
    assert plain(farming.paragraphs[0]) == "接待16.38万人次。"
    assert farming.unreported_words == "本年没有报送、未写入正文的数：网格。"


def test_a_figure_of_the_year_before_that_is_missing_is_listed_though_no_text_names_it(write: Write) -> None:
    without_grids = [row for row in FIGURES if row.get("value") != "810"]
    party = chapter(write(None, without_grids), "党建与治理")
    assert (party.paragraphs, party.unreported) == ((), ("网格",))


def test_a_figure_without_a_value_is_listed(write: Write) -> None:
    bulletin = write(None, [FIGURES[0], FIGURES[7] | {"value": None}])
    assert chapter(bulletin, "党建与治理").unreported == ("网格",)


def test_the_closing_says_what_the_words_for_figures_not_final_mean(write: Write) -> None:
    closing = write().closing
    assert "共4项，终值3项" in closing
    assert "注明“不完整”的，有单位缺报" in closing
    assert "暂定" not in closing


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# 特优农牧\n", "第 1 行：没有“特优农牧”这一章，是否应为 特优农业"),
        ("# 特优农业\n\n# 特优农业\n", "第 3 行：“特优农业”这一章写了两次"),
        (
            "接待{rural_tourism_visit}。",
            "第 1 行：没有指标 rural_tourism_visit，是否应为 rural_tourism_visits",
        ),
        ("接待{接待人次}。", "第 1 行：“{接待人次}”应形如 {指标代码}"),
        ("接待{grid_count，比上年}。", "应形如 {指标代码}、{指标代码，增减}"),
        ("接待{grid_count。", "第 1 行：花括号没有成对"),
        ("网格\x07。", "第 1 行：有不可见的控制字符"),
    ],
)
def test_a_fault_in_the_text_is_named_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "text.md").write_text(text, "utf-8")
    with pytest.raises(SettingsRefused) as refused:
        read_county_text(tmp_path, INDICATORS)
    assert sentence in str(refused.value)


def test_a_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_bytes("网格".encode("gbk"))
    with pytest.raises(SettingsRefused, match="请另存为 UTF-8"):
        read_county_text(tmp_path, INDICATORS)
