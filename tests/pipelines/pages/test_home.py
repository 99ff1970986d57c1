"""The home page, and every link from it on."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from pipelines.pages.home import read_home_page, renew_home_page, write_home_page
from warehouse.reports.home import YearPages, years_of

Links = dict[Path, list[tuple[Path, str]]]


@pytest.fixture(scope="module")
def pages(sample_home: Path) -> Path:
    return sample_home / "pages"


@pytest.fixture(scope="module")
def documents(pages: Path) -> dict[Path, lxml_html.HtmlElement]:
    """Every page below the folder, parsed."""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return {path: lxml_html.parse(str(path), parser).getroot() for path in pages.rglob("*.html")}


def links_of(path: Path, document: lxml_html.HtmlElement) -> Iterator[tuple[Path, str]]:
    """The files that a page leads to, each with the part of it; other addresses are not ours."""
    for href in document.xpath("//a/@href"):
        address = urlsplit(href)
        if not address.scheme:
            file = (path.parent / unquote(address.path)).resolve() if address.path else path
            yield file, unquote(address.fragment)


def test_every_link_on_every_page_leads_to_a_file_and_a_part_that_there_is(
    documents: dict[Path, lxml_html.HtmlElement],
) -> None:
    parts = {path: set(document.xpath("//@id")) for path, document in documents.items()}
    broken = [
        (path.name, file.name, part)
        for path, document in documents.items()
        for file, part in set(links_of(path, document))
        if not file.exists() or (part and part not in parts[file])
    ]
    assert broken == []


def test_every_page_is_reached_from_the_home_page(
    pages: Path, documents: dict[Path, lxml_html.HtmlElement]
) -> None:
    reached, ahead = set(), [pages / "index.html"]
    while ahead:
        path = ahead.pop()
        if path not in reached:
            reached.add(path)
            ahead += [file for file, _ in links_of(path, documents[path]) if file in documents]
    assert {path.name for path in documents.keys() - reached} == set()


def test_each_kind_of_reader_finds_a_section(
    pages: Path, documents: dict[Path, lxml_html.HtmlElement]
) -> None:
    home = documents[pages / "index.html"]
    assert home.xpath("//section/@id") == ["leader", "steward", "clerk", "analyst", "operator"]
    leader = home.get_element_by_id("leader")
    assert leader.xpath(".//a/@href") == [
        "公报2022.html", "公报2022.docx", "公报2022.xlsx", "乡镇2022.html",
        "公报2021.html", "公报2021.docx", "公报2021.xlsx",
    ]  # fmt: skip
    assert "农产品加工企业统计表：各乡镇，每季报送，期末后 15 日内" in home.text_content()


def test_pages_are_grouped_by_year_the_newest_first() -> None:
    names = [
        "index.html",
        "乡镇2022.html",
        "公报2021.html",
        "公报2022.docx",
        "公报2022.html",
        "公报2022.html~",
    ]
    assert years_of(names) == [
        YearPages(2022, {"网页": "公报2022.html", "Word": "公报2022.docx"}, "乡镇2022.html"),
        YearPages(2021, {"网页": "公报2021.html"}, None),
    ]


def test_before_anything_is_published_there_is_only_what_there_is(small_home: Path, tmp_path: Path) -> None:
    for part in ("county", "history/loads"):
        shutil.copytree(small_home / part, tmp_path / part)
    text = write_home_page(tmp_path).read_text("utf-8")
    assert "还没有发布过数据" in text
    assert lxml_html.fromstring(text).xpath("//a/@href") == ["http://127.0.0.1:3000"]


def test_it_is_renewed_only_where_a_load_has_written_it(small_home: Path, tmp_path: Path) -> None:
    renew_home_page(tmp_path)
    assert not (tmp_path / "pages").exists()
    assert read_home_page(small_home).years[0].year == 2022
