"""The data dictionary: every table and column of the built warehouse, in Markdown and in HTML."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.cli import main
from schemas.tables import BUILT
from warehouse.dictionary import Entry, entries, example_query, heading, to_html, to_markdown
from warehouse.query import query
from warehouse.store import Store

FORMS = {"agri_processing": ["农产品加工企业统计表"], "loan_note": ["贷款台账", "涉农贷款登记簿"]}
ENTRIES = entries(FORMS)
BY_NAME = {entry.name: entry for entry in ENTRIES}
MARKDOWN = to_markdown(ENTRIES)
HTML = to_html(ENTRIES)
HOSTILE = "<b>粗</b> | **重** & `码`\n## 题"


class Text(HTMLParser):
    """The text of a page, a line for each row, term and heading; its ids, the links within it, its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)
        self.lines = [" ".join(line.split()) for line in self.lines]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.add(tag)
        if tag in ("tr", "dt", "h3", "pre", "p"):
            self.lines.append("")
        if tag in ("td", "th", "dd"):
            self.lines[-1] += "|"
        if said.get("id"):
            self.ids.append(said["id"] or "")
        if tag == "a":
            self.links.append(said["href"] or "")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


PAGE = Text(HTML)


def markdown_section(name: str) -> str:
    (section,) = re.findall(rf"^### {name}\n(.*?)(?=^### |\Z)", MARKDOWN, re.MULTILINE | re.DOTALL)
    return section


def with_text(entry: Entry, text: str) -> Entry:
    first, *rest = entry.columns
    first = replace(first, title=text, description=text, unit=text)
    return replace(entry, title=text, description=text, grain=text, columns=(first, *rest))


def test_every_built_table_has_an_entry_by_layer() -> None:
    assert sorted(BY_NAME) == sorted(BUILT)
    assert list(dict.fromkeys(entry.layer for entry in ENTRIES)) == ["dim", "fact", "mart", "dq"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_markdown_has_the_table_and_every_column(entry: Entry) -> None:
    section = markdown_section(entry.name)
    assert entry.title in section
    assert section.count("\n| `") == len(entry.columns)
    for column in entry.columns:
        (row,) = re.findall(rf"^\| `{column.name}` \|.*$", section, re.MULTILINE)
        assert column.sql_type in row
        assert f"| {column.unit or ''} |" in row
        assert (column.references or "") in row


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_html_has_the_table_and_every_column(entry: Entry) -> None:
    assert f"{entry.name} {entry.title}" in PAGE.lines
    for column in entry.columns:
        marks = ["是" if column.key else "", "是" if column.nullable else "", column.references or ""]
        cells = [column.name, column.title, column.sql_type, column.unit or "", *marks, column.description]
        assert f"{entry.name}.{column.name}" in PAGE.ids
        assert "|" + "|".join(cells) in PAGE.lines


def test_the_grain_is_in_the_words_of_the_columns() -> None:
    assert BY_NAME["fact_agri_processing"].grain == "统一社会信用代码 × 年 × 季"
    assert [entry.name for entry in ENTRIES if not re.search("[一-鿿]", entry.grain)] == []


def test_the_key_is_the_fields() -> None:
    assert [column.name for column in BY_NAME["mart_agri_processing"].key] == [
        "year",
        "township_code",
        "cluster",
    ]
    assert "- 键：`year`、`township_code`、`cluster`\n" in markdown_section("mart_agri_processing")


def test_a_staged_table_is_told_by_its_forms_and_a_built_one_is_linked() -> None:
    assert "`staged_agri_processing`（农产品加工企业统计表）" in markdown_section("fact_agri_processing")
    assert "`staged_loan_note`（贷款台账、涉农贷款登记簿）" in markdown_section("fact_loan_balance")
    assert "[`fact_agri_processing`](#fact_agri_processing)（农产品加工）" in markdown_section(
        "mart_agri_processing"
    )


def test_every_link_leads_to_a_place_on_the_page() -> None:
    assert {link.removeprefix("#") for link in PAGE.links} <= set(PAGE.ids)
    headings = re.findall(r"^### (.+)$", MARKDOWN, re.MULTILINE)
    assert set(re.findall(r"\]\(#([^)]*)\)", MARKDOWN)) == set(headings) == set(BUILT)


def test_the_page_needs_no_other_file() -> None:
    assert not PAGE.tags & {"link", "script", "img", "iframe"}
    assert not re.search(r"https?:|url\(|@import", HTML)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_example_runs_and_answers_under_chinese_names(entry: Entry, sample_home: Path) -> None:
    rows = query(Store(sample_home), entry.example)

    held = query(Store(sample_home), f"select count(*) from {entry.name}").item()
    assert rows.height == min(held, 5)
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


def test_markup_in_html_is_text() -> None:
    page = Text(to_html([with_text(BY_NAME["dim_date"], HOSTILE)]))
    assert "b" not in page.tags
    assert "dim_date <b>粗</b> | **重** & `码` ## 题" in page.lines


def test_markup_in_markdown_is_text() -> None:
    text = to_markdown([with_text(BY_NAME["dim_date"], HOSTILE)])
    assert r"\<b\>粗\</b\> \| \*\*重\*\* \& \`码\` ## 题" in text
    assert "<b>" not in text
    assert not re.search("^## 题", text, re.MULTILINE)


@pytest.mark.parametrize(
    "said", [ENTRIES, [with_text(entry, HOSTILE) for entry in ENTRIES]], ids=["own", "hostile"]
)
def test_every_row_of_a_markdown_table_has_as_many_cells_as_its_head(said: list[Entry]) -> None:
    lines = to_markdown(said).splitlines()
    for above, line in pairwise(lines):
        if above.startswith("|") and line.startswith("|"):
            assert len(cells(line)) == len(cells(above))


def cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip())[1:-1]


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dictionary", str(tmp_path / "new" / "folder")]) == 0

    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in written] == ["数据字典.md", "数据字典.html"]
    for path in written:
        assert "农产品加工企业统计表" in path.read_text("utf-8")


def test_the_command_says_why_it_could_not_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["dictionary", str(tmp_path / "taken")]) == 1
    assert "数据字典没有写出" in capsys.readouterr().err
