"""What a data steward sees in the browser after two loads of the sample district, the second with bad files."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from pipelines.load import load
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from tests import ROOT
from tests.browser.links import DEFINITIONS, Site, events_of_runs, links_shown
from tests.browser.page import Page, open_browser
from tests.pipelines.serving import query_graphql, served

pytestmark = pytest.mark.browser

SCREENSHOTS = ROOT / "test-output"


@pytest.fixture(scope="module")
def address(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The UI of the sample district, loaded once more with two bad deliveries."""
    home = tmp_path_factory.mktemp("ui") / "home"
    subprocess.run(["cp", "-a", sample_home, home], check=True)
    resend(home, "2022-10", "高山镇202210旅游（重报）.xlsx", visits=10, total=10)
    resend(home, "2022-11", "高山镇202211旅游（重报）.xlsx", visits=1, total=2)
    assert load(home, settle_seconds=0).error is None
    with served(home, "--no-daemon") as (address, _):
        yield address


@pytest.fixture(scope="module")
def site(address: str) -> Site:
    """Both servers: that of pages is on the next port."""
    host, _, port = address.rpartition(":")
    return Site(address, f"{host}:{int(port) + 1}")


def resend(home: Path, period: str, name: str, *, visits: int, total: int) -> None:
    """Send the tourism sheet of a township again, with its visits and their total so many times as great."""
    receipts = read_receipts(Home(home))
    sent = next(
        r for r in receipts if r.key == ("rural_tourism", "gaoshan", period) and r.outcome == "accepted"
    )
    with (home / "archive" / sent.file.sha256).open("rb") as archived:
        book = openpyxl.load_workbook(archived)
    for row in book.active.iter_rows(min_row=8, max_row=10):
        row[4].value *= total if row[0].value == "合计" else visits
    path = home / "inbox" / "高山镇" / name
    book.save(path)
    after_all = receipts[-1].received_at.timestamp() + 60 * visits
    os.utime(path, (after_all, after_all))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


def test_both_loads_are_listed_as_runs(page: Page, address: str) -> None:
    page.open(f"{address}/runs")
    text = page.await_text("nightly", "Success")
    page.screenshot(SCREENSHOTS / "runs.png")
    assert text.count("Success") == 2


def test_the_load_shows_how_it_ended(page: Page, address: str) -> None:
    page.open(f"{address}/assets/load")
    text = page.await_text("前面的步骤出错也会执行", "deliveries_accepted", "已发布新版本")
    page.screenshot(SCREENSHOTS / "load.png")
    assert ["checks_failed" in text, "v000002" in text] == [True, True]


def test_the_graph_shows_from_intake_to_marts(page: Page, address: str) -> None:
    page.open(f"{address}/asset-groups/")
    page.await_text("intake", "party", "agriculture", "construction", "dimensions", "quality")
    page.screenshot(SCREENSHOTS / "lineage.png")


def test_a_row_rule_is_shown_as_a_check_with_its_counts(page: Page, address: str) -> None:
    page.open(f"{address}/assets/staging/loan_note?view=checks&checkDetail=borrower_key__check_digit")
    text = page.await_text(
        "borrower_key__check_digit", "证件号码的校验码应成立", "failed_rows", "checked_rows"
    )
    page.screenshot(SCREENSHOTS / "checks.png")
    assert "Failed" in text


def test_rules_that_ask_the_same_of_many_fields_are_one_check_that_lists_them(
    page: Page, address: str
) -> None:
    page.open(f"{address}/assets/staging/loan_note?view=checks&checkDetail=cells_readable")
    text = page.await_text("行与单元格应读得出规定的值", "“借款人”存成了数字", "failed_rules", "broken_rules")
    page.screenshot(SCREENSHOTS / "merged_check.png")
    assert "Failed" in text
    page.click("[Show Markdown]")
    page.await_text("报送编号", "依据", "“借款人”存成了数字")
    page.screenshot(SCREENSHOTS / "merged_check_rows.png")


def test_rejected_rows_are_shown_as_a_table_with_cell_and_reason(page: Page, address: str) -> None:
    page.open(f"{address}/assets/staging/loan_note?view=events")
    text = page.await_text("文件", "单元格", "说明", "borrower_key__check_digit")
    page.screenshot(SCREENSHOTS / "rejected_rows.png")
    assert "大同农商行云冈支行" in text


def test_a_built_table_shows_its_columns_in_chinese(page: Page, address: str) -> None:
    page.open(f"{address}/assets/mart/agri_processing")
    page.await_text("农产品加工年度汇总", "sales_revenue_yuan", "农产品加工销售收入（元）")
    page.screenshot(SCREENSHOTS / "mart.png")


def test_a_failed_check_shows_the_rejected_rows_as_a_table(page: Page, address: str) -> None:
    check = "borrower_key__check_digit"
    page.open(f"{address}/assets/staging/loan_note?view=checks&checkDetail={check}")
    page.click("[Show Markdown]")
    page.await_text("文件", "单元格", "依据", "报送编号", "大同农商行云冈支行/", "证件号码的校验码应成立")
    page.screenshot(SCREENSHOTS / "check_rows.png")


def test_a_number_that_is_ten_times_its_history_fails_a_check_with_its_cell(page: Page, address: str) -> None:
    check = "fact_rural_tourism__unit_slip"
    page.open(f"{address}/assets/fact/rural_tourism?view=checks&checkDetail={check}")
    text = page.await_text(check, "failed_rows", f"select * from dq_finding where check_name = '{check}'")
    assert "Failed" in text
    page.click("[Show Markdown]")
    page.await_text("报送编号", "单元格", "E8", "value=34220.0")
    page.screenshot(SCREENSHOTS / "unit_slip.png")


def test_the_score_plots_over_two_loads(page: Page, address: str) -> None:
    graphql_query = """{ assetNodes(assetKeys: [{path: ["quality", "score"]}]) { assetMaterializations {
        metadataEntries { label ... on FloatMetadataEntry { floatValue } } } } }"""
    (node,) = query_graphql(address, graphql_query)["assetNodes"]
    scores = [
        {e["label"]: e.get("floatValue") for e in m["metadataEntries"]} for m in node["assetMaterializations"]
    ]
    assert len([score["score_pct"] for score in scores if 90 < score["score_pct"] < 100]) == 2

    page.open(f"{address}/assets/quality/score")
    page.await_text("score_pct")
    page.click("Plots")
    page.await_number("canvas", 1)
    page.screenshot(SCREENSHOTS / "score_plot.png")


def test_the_matrix_shows_who_has_reported(page: Page, address: str) -> None:
    page.open(f"{address}/assets/quality/completeness?view=events")
    page.await_text("reporting_rate_pct", "missing_deliveries", "matrix")
    page.click("[Show Markdown]")
    page.await_text("农产品加工企业统计表", "2022-Q3", "高山镇", "◐", "✕", "·")
    page.screenshot(SCREENSHOTS / "matrix.png")


def test_a_form_shows_who_reports_it_and_its_deadline(page: Page, address: str) -> None:
    page.open(f"{address}/assets/form/rural_tourism")
    page.await_text("乡村旅游接待统计表：各乡镇，每月报送，期末后 10 日内", "latest_period", "2022-10")
    page.screenshot(SCREENSHOTS / "form.png")


def test_the_quality_page_tells_of_the_bad_deliveries(page: Page, site: Site) -> None:
    page.open(f"{site.pages}/{quote('质量.html')}")
    text = page.await_text("数据质量", "已发布新版本", "没有通过的检查", "谁报了", "悬殊的数", "历次")
    page.screenshot(SCREENSHOTS / "quality.png")
    assert "合成示例数据" in text
    assert "高山镇/高山镇202211旅游（重报）.xlsx" in text  # rejected for its total
    assert "高山镇/高山镇202210旅游（重报）.xlsx" in text  # a slip of unit
    assert "单位？" in text


def test_every_link_of_a_definition_leads_to_an_asset_or_a_page(site: Site) -> None:
    links = set(links_shown(query_graphql(site.ui, DEFINITIONS)))
    assert len([link for link in links if link.startswith("/assets/form/")]) > 25
    assert len([link for link in links if "#fact_" in link]) > 25
    assert site.broken(links) == {}


def test_every_link_that_a_run_has_left_leads_to_a_check(site: Site) -> None:
    events = list(events_of_runs(site.ui))
    kinds = [event.get("__typename") for event in events]
    assert kinds.count("RunSuccessEvent") == 2
    assert kinds.count("AssetCheckEvaluationEvent") > 500
    assert kinds.count("MaterializationEvent") > 150
    links = set(links_shown(events))
    assert len(links) > 10
    assert site.broken(links) == {}


def test_every_link_on_the_pages_leads_to_a_page_an_answer_or_a_check(site: Site) -> None:
    links = site.reached_from(f"{site.pages}/")
    assert len([link for link in links if "/trace/" in link]) > 100
    assert len([link for link in links if "/outbox/" in link]) > 10
    assert len([link for link in links if "checkDetail=" in link]) > 5
    assert site.ui in links
    assert site.broken(links) == {}
