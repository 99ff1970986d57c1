"""The data dictionary: every table and column of the built warehouse, in Markdown and in HTML."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from schemas.field import Column
from tests.district import BUILT, CATALOGUE
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.reports.dictionary import TableEntry, entries, example_query, heading, to_html, to_markdown
from warehouse.reports.english import english_column, english_table
from warehouse.reports.search import SCRIPT, SCRIPT_SOURCE

FORMS = {"agri_processing": ["农产品加工企业统计表"], "loan_note": ["贷款台账", "涉农贷款登记簿"]}
ENTRIES = entries(CATALOGUE, FORMS)
BY_NAME = {entry.name: entry for entry in ENTRIES}
INDICATORS = list(CATALOGUE.indicators.values())
HOSTILE = "<b>粗</b> | **重** &lt; `码` _斜_\n## 题"


class Page(HTMLParser):
    """What a reader sees: a line for each paragraph, heading and row, its cells each after a bar; tags, ids, links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.lines = [plain(line) for line in self.text.split("\0")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.add(tag)
        self.ids += [attributes["id"] or ""] if "id" in attributes else []
        self.links += [attributes["href"] or ""] if "href" in attributes else []
        self.text += {"td": "|", "th": "|"}.get(
            tag, "" if tag in ("a", "b", "code", "strong", "span") else "\0"
        )

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(text: str) -> str:
    return " ".join(text.split()).replace(" |", "|").replace("| ", "|")


def pages(shown: list[TableEntry]) -> dict[str, Page]:
    """The dictionary in both forms as their readers see it."""
    markdown = MarkdownIt("commonmark").enable("table").render(to_markdown(shown, INDICATORS))
    return {"html": Page(to_html(shown, INDICATORS)), "markdown": Page(markdown)}


BETWEEN = {"html": " ", "markdown": "|"}
"""What stands between a Chinese title and the English one."""

HEADINGS = {
    "html": "|列|名称|类型|单位|键|可空|参照|说明",
    "markdown": "|列|名称|英文|类型|单位|键|可空|参照|说明",
}
PAGES = pages(ENTRIES)
in_both = pytest.mark.parametrize("form", PAGES)
every_table = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


def row(column: Column, form: str) -> str:
    marks = ["是" if column.key else "", "是" if column.nullable else "", column.references or ""]
    title = f"{column.title}{BETWEEN[form]}{english_column(column.name)}"
    cells = [column.name, title, column.sql_type, column.unit or "", *marks, column.description]
    return plain("|" + "|".join(cells))


def with_text(entry: TableEntry, text: str) -> TableEntry:
    first, *rest = entry.columns
    first = replace(first, title=text, description=text, unit=text)
    return replace(entry, title=text, description=text, grain=text, columns=(first, *rest))


def test_every_built_table_has_an_entry_by_layer() -> None:
    assert sorted(BY_NAME) == sorted(BUILT)
    assert list(dict.fromkeys(entry.layer for entry in ENTRIES)) == ["dim", "fact", "mart", "dq"]


@in_both
@every_table
def test_it_has_the_table_with_every_column(form: str, entry: TableEntry) -> None:
    lines = PAGES[form].lines
    assert f"|{entry.name}|{entry.title}{BETWEEN[form]}{entry.title_en}|{entry.grain}" in lines
    begin = max(n for n, line in enumerate(lines) if line.split(" ")[0] == entry.name)
    section = lines[begin:]
    assert [line for line in section if entry.description in line]
    assert [line for line in section if entry.grain_en in line]
    first = section.index(HEADINGS[form])
    rows = [line for line in section[first + 1 :] if line][: len(entry.columns)]
    assert rows == [row(column, form) for column in entry.columns]


@in_both
def test_it_says_the_key_and_the_grain_in_the_words_of_the_columns(form: str) -> None:
    text = "\n".join(PAGES[form].lines)
    assert re.search(r"粒度\W*统一社会信用代码 × 年 × 季( One row .*)?\n", text)
    assert re.search(r"键\W*year、township_code、cluster\n", text)
    assert [entry.name for entry in ENTRIES if not re.search("[一-鿿]", entry.grain)] == []


@in_both
def test_it_says_what_a_table_is_built_from_and_a_staged_one_by_its_forms(form: str) -> None:
    text = "\n".join(PAGES[form].lines)
    assert (
        "dim_division（区划）、dim_enterprise（企业）、dim_reporter（填报单位）、staged_agri_processing（农产品加工企业统计表）\n"
        in text
    )
    assert "staged_loan_note（贷款台账、涉农贷款登记簿）\n" in text
    assert "ref_division（名录）\n" in text


def test_every_link_leads_to_a_place_on_the_page() -> None:
    html = PAGES["html"]
    assert {link.removeprefix("#") for link in html.links} <= set(html.ids)
    places = len(BUILT) + sum(len(entry.columns) for entry in ENTRIES) + len(INDICATORS)
    assert len(html.ids) == len(set(html.ids)) == places + len(["search", "indicators"])
    headings = re.findall(r"^### (.+)$", to_markdown(ENTRIES, INDICATORS), re.MULTILINE)
    assert {link.removeprefix("#") for link in PAGES["markdown"].links} == set(headings) == set(BUILT)


def test_the_page_needs_no_other_file() -> None:
    assert not PAGES["html"].tags & {"link", "img", "iframe"}
    assert re.findall("<script[^>]*>", to_html(ENTRIES, INDICATORS)) == ["<script>"]
    assert not re.search(r"https?:|url\(|@import", to_html(ENTRIES, INDICATORS))


@in_both
def test_markup_is_text(form: str) -> None:
    page = pages([with_text(entry, HOSTILE) for entry in ENTRIES])[form]

    assert page.tags == PAGES[form].tags
    assert len(page.lines) == len(PAGES[form].lines)
    titles = f"{plain(HOSTILE)}{BETWEEN[form]}Dimension: date"
    assert f"|dim_date|{titles}|{plain(HOSTILE)}" in page.lines
    assert row(with_text(BY_NAME["dim_date"], HOSTILE).columns[0], form) in page.lines


@pytest.fixture(scope="module")
def row_counts(sample_home: Path) -> dict[str, int]:
    """Of every table of the sample."""
    counts = (f"select '{entry.name}', count(*) from {entry.name}" for entry in ENTRIES)
    return dict(query(Store(sample_home), " union all ".join(counts)).iter_rows())


@every_table
def test_the_example_runs_and_answers_under_chinese_names(
    entry: TableEntry, sample_home: Path, row_counts: dict[str, int]
) -> None:
    rows = query(Store(sample_home), entry.example)

    assert rows.height == min(row_counts[entry.name], 5)
    assert {heading(column) for column in entry.key} <= set(rows.columns)


def test_an_example_shows_the_key_and_what_is_measured() -> None:
    described = BY_NAME["fact_rural_tourism"].columns
    assert example_query("fact_rural_tourism", described) == (
        'select\n  village_code as "行政村代码",\n  site_name as "接待点名称",\n  year as "年",\n  month as "月",\n'
        '  visits as "接待游客人次（人次）",\n  revenue_yuan as "旅游收入（元）"\n'
        "from fact_rural_tourism\norder by all\nlimit 5"
    )


def test_an_example_of_a_table_without_measures_shows_what_else_it_says() -> None:
    assert example_query("dim_date", BY_NAME["dim_date"].columns[:3]) == (
        'select\n  calendar_date as "日期",\n  year as "年",\n  quarter as "季"\n'
        "from dim_date\norder by all\nlimit 5"
    )


def test_a_title_with_a_quotation_mark_stays_one_name() -> None:
    (first, *_) = BY_NAME["dim_date"].columns
    assert 'calendar_date as "日""期"' in example_query("dim_date", [replace(first, title='日"期')])


@in_both
def test_it_has_every_indicator_in_both_languages(form: str) -> None:
    lines = PAGES[form].lines
    for indicator in INDICATORS:
        names = f"|{indicator.code}|{indicator.name}{BETWEEN[form]}{indicator.name_en}|{indicator.unit}|"
        assert [line for line in lines if line.startswith(names)]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("sales_revenue_yuan", "Sales revenue (yuan)"),
        ("output_value_yoy_pct", "Output value year-on-year (%)"),
        ("file_sha256", "File SHA-256"),
        ("value", "Value"),
        ("mu", "Mu"),
    ],
)
def test_an_english_title_follows_from_the_name(name: str, title: str) -> None:
    assert english_column(name) == title
    assert english_table("fact_loan_balance") == "Fact: loan balance"


def test_the_script_stands_in_the_page_as_a_browser_knows_it() -> None:
    (script,) = re.findall("<script>(.*?)</script>", to_html(ENTRIES, INDICATORS), re.DOTALL)
    assert script == SCRIPT
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == SCRIPT_SOURCE
