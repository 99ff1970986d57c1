"""The quality page in a browser: its work list is chosen from and sorted without a script, from a file."""

from pathlib import Path

import pytest

from tests.browser.page import open_browser
from tests.district import BUILT
from tests.warehouse.reports.quality.made_up import LOAD, check, delivery, finding, published
from warehouse.reports.quality.content import content_of
from warehouse.reports.quality.html import to_html

pytestmark = pytest.mark.browser


def test_lines_are_chosen_and_sorted_and_no_line_is_wider_than_a_telephone(tmp_path: Path) -> None:
    deliveries = [
        delivery("d1"),
        delivery("d2", reporter_code="kouquan", reporter_name="口泉乡", file="口泉乡/" + "长" * 60 + ".xlsx"),
    ]
    checks = [check("first", finding("d1")), check("second", finding("d2", "visits=" + "9" * 90))]
    path = tmp_path / "质量.html"
    path.write_text(to_html(content_of([LOAD], checks, deliveries, published(), BUILT)), "utf-8")

    with open_browser(tmp_path / "profile") as page:
        page.resize(390, 844)
        page.open(path.as_uri())
        page.await_text("second 应成立")
        assert page.overflow() <= 0
        titles = ".task .what b"
        assert page.shown_texts(titles) == ["first 应成立", "second 应成立"]
        page.choose("#sort", "按单位")
        assert page.shown_texts(titles) == ["second 应成立", "first 应成立"]
        page.choose("#by-reporter", "高山镇")
        assert page.shown_texts(titles) == ["first 应成立"]
