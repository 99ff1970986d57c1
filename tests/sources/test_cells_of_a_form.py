"""What stands in the cells of a form that is sent: what is refused, what is flagged, and in which words."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from sources.check import CheckedDelivery, check_file
from sources.county.references import References, read_references
from sources.reading.worker import Reader
from tests.district import COUNTY

HEAD: list[list[Any]] = [
    ["乡村旅游接待统计表"],
    ["填报单位：西韩岭乡", None, "报告期：2021年2月"],
    ["景点名称", "行政村", "联系人", "联系电话", "游客人次", "接待收入", "备注"],
    [None, None, None, None, "人次", "万元"],
    ["甲", "乙", "丙", "丁", 1, 2, "戊"],
]
SITES: list[list[Any]] = [
    ["甲农家乐", "西韩岭村", None, None, 100, 0.5],
    ["乙农家乐", "东韩岭村", None, None, 50, 0.25],
    ["丙农家乐", "东肖河村", None, None, 30, 0.15],
]
TOTAL: list[Any] = ["合计", None, None, None, 180, 0.9]

Check = Callable[..., CheckedDelivery]


@pytest.fixture(scope="module")
def references() -> References:
    return read_references(COUNTY)


@pytest.fixture
def check(tmp_path: Path, references: References, reader: Reader) -> Check:
    """Check a monthly form of rural tourism with these rows, after a change of its sheet."""

    def check_rows(
        rows: list[list[Any]], change: Callable[[Worksheet], Any] = lambda _: None
    ) -> CheckedDelivery:
        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in [*HEAD, *rows]:
            sheet.append(row)
        change(sheet)
        path = tmp_path / "西韩岭乡2021年2月.xlsx"
        book.save(path)
        now = datetime(2021, 3, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        (delivery,) = check_file(path, reader, references, reporter="xihanling", now=lambda: now)
        return delivery

    return check_rows


def reasons(delivery: CheckedDelivery) -> list[tuple[str, str]]:
    """List rule and cell of each reason of a delivery, but that it is sent back."""
    named = [(problem["rule"], problem["cell"]) for problem in delivery.problems]
    return [(rule, cell) for rule, cell in named if rule != "delivery__rejected_rows"]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("E6", "visits__formula_without_result"),
        ("F6", "revenue_yuan__formula_without_result"),
        ("A6", "site_name__formula_without_result"),
        ("B6", "village_code__formula_without_result"),
        ("E9", "delivery__formula_without_result"),
        ("C2", "delivery__formula_without_result"),
        ("F3", "delivery__formula_without_result"),
        ("A1", "delivery__formula_without_result"),
    ],
    ids=["count", "amount", "name", "place", "total", "period", "heading", "title"],
)
def test_a_formula_without_a_result_is_named_wherever_it_stands(check: Check, cell: str, rule: str) -> None:
    def uncalculate(sheet: Worksheet) -> None:
        sheet[cell] = "=1+1"

    delivery = check([*SITES, TOTAL], uncalculate)

    assert delivery.receipt.outcome == "rejected"
    assert (rule, cell) in reasons(delivery)
    assert "重算并保存" in next(p["message"] for p in delivery.problems if p["rule"] == rule)


def test_a_formula_without_a_result_in_what_is_not_read_is_left_alone(check: Check) -> None:
    def uncalculate(sheet: Worksheet) -> None:
        sheet["G6"] = "=1+1"

    assert check([*SITES, TOTAL], uncalculate).receipt.outcome == "accepted"


@pytest.mark.parametrize(
    ("code", "value", "rule"),
    [
        ("0!.0,", 5000, "revenue_yuan__scaled_display"),
        ('0.00,"千"', 5000, "revenue_yuan__scaled_display"),
        ("0.0%", 0.5, "revenue_yuan__percent_display"),
    ],
)
def test_a_number_that_is_shown_as_another_is_refused(
    check: Check, code: str, value: float, rule: str
) -> None:
    def format_cell(sheet: Worksheet) -> None:
        sheet["F6"].number_format = code
        sheet["F6"] = value

    assert (rule, "F6") in reasons(check(SITES, format_cell))


@pytest.mark.parametrize("remark", ["两个自然村合计", "上年同期", "其中：汛期停业", "合计"])
def test_a_remark_is_no_label(check: Check, remark: str) -> None:
    rows = [[*SITES[0], remark], *SITES[1:], TOTAL]

    delivery = check(rows)

    assert (delivery.receipt.outcome, delivery.receipt.rows.accepted) == ("accepted", 3)


def hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[7].hidden = True


def strike(sheet: Worksheet) -> None:
    for cell in sheet[7]:
        cell.font = Font(strike=True)


@pytest.mark.parametrize(("change", "rule"), [(hide, "row__hidden"), (strike, "row__struck_out")])
def test_a_row_that_is_out_of_sight_counts_and_is_flagged(
    check: Check, change: Callable[[Worksheet], None], rule: str
) -> None:
    delivery = check([*SITES, TOTAL], change)

    assert (delivery.receipt.outcome, delivery.receipt.rows.accepted) == ("accepted", 3)
    assert (delivery.receipt.rows.flagged, reasons(delivery)) == (1, [(rule, "A7")])


@pytest.mark.parametrize("change", [hide, strike])
def test_a_total_that_fits_the_visible_rows_only_is_refused_with_that(
    check: Check, change: Callable[[Worksheet], None]
) -> None:
    delivery = check([*SITES, ["合计", None, None, None, 130, 0.65]], change)

    assert delivery.receipt.outcome == "rejected"
    totals = [p["message"] for p in delivery.problems if p["rule"] == "delivery__control_total"]
    assert len(totals) == 2
    assert all("只与未隐藏、未划去的各行相符" in message for message in totals)


def test_a_total_that_fits_no_rows_is_refused_without_that(check: Check) -> None:
    delivery = check([*SITES, ["合计", None, None, None, 131, 0.9]], hide)

    (message,) = [p["message"] for p in delivery.problems if p["rule"] == "delivery__control_total"]
    assert "未隐藏" not in message


def test_a_form_in_a_hidden_sheet_is_named_as_that(check: Check) -> None:
    def hide_sheet(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("封面")
        sheet.title, sheet.sheet_state = "二月", "hidden"

    (problem,) = check(SITES, hide_sheet).problems

    assert (problem["rule"], problem["sheet"]) == ("delivery__hidden_form", "二月")
    assert "“二月”" in problem["message"]


@pytest.mark.parametrize("head", [HEAD[1:], HEAD[2:]])
def test_a_sheet_that_goes_on_without_the_title_is_refused(check: Check, head: list[list[Any]]) -> None:
    def add_sheet(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        more = sheet.parent.create_sheet("续表")
        for row in [*head, ["丁农家乐", "东肖河村", None, None, 3, 0.1]]:
            more.append(row)

    (problem,) = check([*SITES, TOTAL], add_sheet).problems

    assert (problem["rule"], problem["sheet"]) == ("delivery__untitled_form", "续表")
    assert "没有表题" in problem["message"]


def test_a_sheet_of_another_title_with_the_same_headings_is_left_alone(check: Check) -> None:
    def add_sheet(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("底稿")
        for row in [["上月底稿"], *HEAD[1:], ["丁农家乐", "东肖河村", None, None, 3, 0.1]]:
            other.append(row)

    assert check([*SITES, TOTAL], add_sheet).receipt.outcome == "accepted"


def test_keys_that_differ_in_what_is_not_seen_are_the_same(check: Check) -> None:
    rows = [SITES[0], ["甲农\u200d家\u00ad乐", *SITES[0][1:]]]

    assert reasons(check(rows)) == [("key__duplicate", "B6"), ("key__duplicate", "B7")]


@pytest.mark.parametrize(
    ("revenue", "total", "outcome"),
    [
        ([1420.983333333333, 83.77333333333333, 72.85333333333332], 1577.609999999999, "accepted"),
        ([1420.983333333333, 83.77333333333333, 72.85333333333332], 1577.61, "accepted"),
        ([1420.983333333333, 83.77333333333333, 72.85333333333332], 1577.62, "rejected"),
        ([33, 33, 33], 100, "rejected"),
    ],
)
def test_a_total_may_be_off_by_what_rounding_of_its_rows_explains(
    check: Check, revenue: list[float], total: float, outcome: str
) -> None:
    rows = [[*site[:5], amount] for site, amount in zip(SITES, revenue, strict=True)]

    assert check([*rows, ["合计", None, None, None, 180, total]]).receipt.outcome == outcome


@pytest.mark.parametrize(
    ("code", "total", "outcome"),
    [
        ("0", 99, "accepted"),
        ("0", 101, "accepted"),
        ("0", 102, "rejected"),
        ("0.00", 100.02, "rejected"),
        ("General", 99, "rejected"),
    ],
)
def test_a_total_may_be_the_sum_of_what_rounded_rows_show(
    check: Check, code: str, total: float, outcome: str
) -> None:
    def show(sheet: Worksheet) -> None:
        for row in (6, 7, 8):
            sheet.cell(row, 6).number_format = code

    rows = [[*site[:5], 33.333333] for site in SITES]

    delivery = check([*rows, ["合计", None, None, None, 180, total]], show)

    assert delivery.receipt.outcome == outcome


def test_counts_are_never_rounded(check: Check) -> None:
    assert check([*SITES, ["合计", None, None, None, 181, 0.9]]).receipt.outcome == "rejected"


def test_a_unit_of_its_own_counts_in_a_row_and_in_a_total(check: Check) -> None:
    rows = [
        ["甲农家乐", "西韩岭村", None, None, 100, "5000元"],
        *SITES[1:],
        ["合计", None, None, None, 180, "9000元"],
    ]

    delivery = check(rows)

    assert delivery.receipt.outcome == "accepted"
    assert reasons(delivery) == [("revenue_yuan__own_unit", "F6")]


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("E6", "1O5", "“游客人次”读不出规定的值；请改为整数（现为“1O5”）"),
        ("E6", "4\n2", "“游客人次”读不出规定的值；请改为整数（现为“4⏎2”）"),
        ("F6", "约3万元", "“接待收入”读不出规定的值；请改为数字（现为“约3万元”）"),
        ("E6", "待定", "（现为“待定”）"),
        ("B6", "西韩玲村", "（现为“西韩玲村”，最接近的规定写法是“西韩岭村”）"),
        ("F3", "接代收入", "此列表头“接代收入”，最接近的规定写法是“接待收入”，不是这张表规定的栏目"),
    ],
)
def test_a_message_quotes_the_cell_in_the_words_of_the_sheet(
    check: Check, cell: str, value: str, words: str
) -> None:
    def slip(sheet: Worksheet) -> None:
        sheet[cell] = value

    messages = [problem["message"] for problem in check(SITES, slip).problems]

    assert any(words in message for message in messages), messages


def test_no_long_number_is_quoted(check: Check) -> None:
    def slip(sheet: Worksheet) -> None:
        sheet["E6"] = "电话12936481213"

    assert not any("12936481213" in problem["message"] for problem in check(SITES, slip).problems)
