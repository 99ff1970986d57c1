"""The bulletin as an asset, and the pages that it leads to."""

from pathlib import Path

import dagster as dg
from lxml import html as lxml_html

from pipelines.pages.published import bulletin_years
from pipelines.state.addresses import address_of, pages_address
from pipelines.state.instance import run_history
from warehouse.database.store import Store


def test_a_load_leaves_a_bulletin_for_each_year_reported_on(sample_home: Path) -> None:
    assert bulletin_years(Store(sample_home)) == [2021, 2022]
    assert sorted(path.name for path in (sample_home / "pages").iterdir()) == [
        "index.html", "trace", "乡镇2022.html", "公报2021.docx", "公报2021.html", "公报2021.xlsx", "公报2022.docx",
        "公报2022.html", "公报2022.xlsx", "数据字典.html", "数据字典.md", "质量.html",
    ]  # fmt: skip


def test_the_newest_years_bulletin_links_to_a_trace_page_for_each_figure(sample_home: Path) -> None:
    links = {
        year: lxml_html.parse(sample_home / "pages" / f"公报{year}.html").xpath(
            "//a/@href[contains(., 'trace/')]"
        )
        for year in (2021, 2022)
    }
    assert links[2021] == []
    assert {sample_home / "pages" / link for link in links[2022]} == set(
        (sample_home / "pages" / "trace").rglob("*.html")
    )


def test_the_asset_links_to_the_pages_and_shows_the_newest_years_figures(sample_home: Path) -> None:
    with run_history(sample_home) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey("bulletin"))
    assert event is not None
    assert event.asset_materialization is not None
    metadata = event.asset_materialization.metadata
    assert metadata["bulletin_2022"].value == address_of(Path("公报2022.html"))
    assert "| 特优农业 | 农产品加工销售收入 | 11.95亿元 | 46 | 终值 |" in str(metadata["figures"].value)


def test_the_address_of_the_pages_is_what_the_operator_sets() -> None:
    assert pages_address({}) == "http://127.0.0.1:3001"
    assert (
        pages_address({"XIANGCANG_PAGES": "https://figures.example/pages/"})
        == "https://figures.example/pages"
    )
