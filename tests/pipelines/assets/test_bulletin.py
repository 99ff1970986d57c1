"""The bulletin as an asset, and the pages that it leads to."""

import re
from pathlib import Path
from urllib.parse import quote

import dagster as dg
import pytest
from lxml import html as lxml_html

from pipelines.assets.bulletin import bulletin_asset
from pipelines.pages.published import bulletin_years
from pipelines.state.addresses import pages_address, quality_address, served_on
from pipelines.state.instance import run_history
from sources.county.references import read_references
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
    assert metadata["bulletin_2022"].value == "公报2022.html"
    assert "| 特优农业 | 农产品加工销售收入 | 11.95亿元 | 46 | 终值 |" in str(metadata["figures"].value)


def test_links_to_pages_follow_the_port_of_the_ui(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, address in served_on(4100, {}).items():
        monkeypatch.setenv(name, address)
    asset = bulletin_asset(read_references(sample_home / "county"), sample_home)
    links = asset.metadata_by_key[dg.AssetKey("bulletin")]

    assert links["公报2022"] == dg.MetadataValue.url(f"http://127.0.0.1:4101/{quote('公报2022.html')}")
    assert links["quality"] == dg.MetadataValue.url(quality_address())
    assert served_on(4100, {"XIANGCANG_PAGES": "https://a.example"})["XIANGCANG_PAGES"] == "https://a.example"


def test_failed_checks_are_listed_with_links_that_stay_on_the_port(sample_home: Path) -> None:
    with run_history(sample_home) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey(["quality", "failing"]))
    assert event is not None
    assert event.asset_materialization is not None
    table = str(event.asset_materialization.metadata["checks"].value)
    (line,) = [line for line in table.splitlines() if "[销售收入与产值之比应在三倍以内](" in line]
    assert "](/assets/staging/agri_processing?view=checks&checkDetail=row__sales_near_output)" in line
    assert "| 7 行，如 " in line
    assert re.search("销售收入“[0-9.]+”、[^“]*产值“[0-9.]+”", line.replace("\\", ""))


def test_the_address_of_the_pages_is_what_the_operator_sets() -> None:
    assert pages_address({}) == "http://127.0.0.1:3001"
    assert (
        pages_address({"XIANGCANG_PAGES": "https://figures.example/pages/"})
        == "https://figures.example/pages"
    )
