"""What a data steward sees in the browser after two loads of the sample district."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.load import load
from tests.browser.page import Page, open_browser
from tests.pipelines.serving import served

pytestmark = pytest.mark.browser

SCREENSHOTS = Path(__file__).parents[2] / "test-output"


@pytest.fixture(scope="module")
def address(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The UI of the sample district, loaded twice."""
    home = tmp_path_factory.mktemp("ui") / "home"
    subprocess.run(["cp", "-a", sample_home, home], check=True)
    assert load(home, settle_seconds=0).error is None
    with served(home) as (address, _):
        yield address


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


def test_both_loads_are_listed_as_runs(page: Page, address: str) -> None:
    page.open(f"{address}/runs")
    text = page.await_text("nightly", "Success")
    page.screenshot(SCREENSHOTS / "runs.png")
    assert text.count("Success") == 2


def test_the_graph_shows_from_intake_to_marts(page: Page, address: str) -> None:
    page.open(f"{address}/asset-groups/")
    page.await_text("intake", "staging", "dim", "fact", "mart", "dq")
    page.screenshot(SCREENSHOTS / "lineage.png")


def test_a_row_rule_is_shown_as_a_check_with_its_counts(page: Page, address: str) -> None:
    page.open(f"{address}/assets/staging/loan_note?view=checks&checkDetail=borrower_key__check_digit")
    text = page.await_text(
        "borrower_key__check_digit", "证件号码的校验码应成立", "failed_rows", "checked_rows"
    )
    page.screenshot(SCREENSHOTS / "checks.png")
    assert "Failed" in text


def test_rejected_rows_are_shown_as_a_table_with_cell_and_reason(page: Page, address: str) -> None:
    page.open(f"{address}/assets/staging/loan_note?view=events")
    text = page.await_text("文件", "单元格", "说明", "borrower_key__check_digit")
    page.screenshot(SCREENSHOTS / "rejected_rows.png")
    assert "大同农商行云冈支行" in text


def test_a_built_table_shows_its_columns_in_chinese(page: Page, address: str) -> None:
    page.open(f"{address}/assets/mart/agri_processing")
    page.await_text("农产品加工年度汇总", "sales_revenue_yuan", "农产品加工销售收入（元）")
    page.screenshot(SCREENSHOTS / "mart.png")
