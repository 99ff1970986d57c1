"""What the rows under a header are."""

from tests.sources.drafting.sheets import draft
from tests.sources.grid import Cell

HEADER: list[Cell] = ["乡镇", "户数（户）", "人口（人）"]


def test_sums_comparisons_and_footers_are_no_records() -> None:
    rows = draft(
        ["表"],
        HEADER,
        ["东镇", 1, 2],
        ["西镇", 3, 4],
        ["合　计", 4, 6],
        ["上年", 3, 5],
        ["增减%", 33.3, 20],
        ["其中：城镇", 1, 1],
        ["单位负责人：张三", None, "填表人：李四"],
        ["第 1 页"],
    ).rows

    assert [len(kind) for kind in (rows.records, rows.totals, rows.memos, rows.footers)] == [2, 1, 3, 2]
    assert list(rows.total_labels) == ["合计"]
    assert list(rows.memo_labels) == ["上年", "增减%", "其中"]
    assert list(rows.footer_labels) == ["单位负责人"]


def test_this_year_is_a_sum_beside_the_year_before() -> None:
    rows = draft(["表"], HEADER, ["本年", 4, 6], ["上年", 3, 5], ["东镇", 1, 2], ["西镇", 3, 4]).rows

    assert list(rows.total_labels) == ["本年"]


def test_this_year_alone_is_a_record() -> None:
    assert len(draft(["表"], ["年份", "户数（户）"], ["本年", 4]).rows.records) == 1


def test_a_name_over_other_rows_is_no_record() -> None:
    rows = draft(["表"], HEADER, ["东片"], ["东镇", 1, 2], ["西片"], ["西镇", 3, 4]).rows

    assert (len(rows.records), len(rows.unfilled)) == (2, 2)
