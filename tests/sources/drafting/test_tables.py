"""Where tables are found in a sheet: title, header rows, first record, end."""

import pytest

from sources.drafting.tables import PrintedTable, find_tables
from tests.sources.grid import Cell, sheet

ROWS: list[list[Cell]] = [["东村", 12, 30.5], ["西村", 7, 21]]


def table(*rows: list[Cell], merged: str = "") -> PrintedTable:
    [printed] = find_tables(sheet(*rows, merged=merged))
    return printed


def test_the_header_stands_under_title_and_lines() -> None:
    printed = table(
        ["村情况表"],
        ["填报单位：甲镇", None, "2016年"],
        ["村名", "户数（户）", "面积（亩）"],
        *ROWS,
        merged="A1:C1",
    )

    assert (printed.titles, printed.top, printed.body) == (("村情况表",), 2, 3)


def test_a_group_over_some_columns_belongs_to_the_header() -> None:
    printed = table(
        ["村情况表"], [None, "基本情况", None], ["村名", "户数", "面积"], *ROWS, merged="A1:C1 B2:C2"
    )

    assert (printed.top, printed.body) == (1, 3)


@pytest.mark.parametrize("merged", ["A2:A3 B2:C2", ""])
def test_sub_headings_belong_to_the_header_merged_or_not(merged: str) -> None:
    printed = table(["村情况表"], ["村名", "户数", None], [None, "总户数", "脱贫户"], *ROWS, merged=merged)

    assert (printed.top, printed.body) == (1, 3)


def test_rows_of_units_and_of_numbers_are_told_from_records() -> None:
    printed = table(["村名", "户数", "面积"], ["单位", "户", "亩"], ["甲", 1, 2], *ROWS)

    assert (printed.unit_row, printed.code_row, printed.body) == (1, 2, 3)


def test_a_row_of_codes_under_units_may_be_numbers() -> None:
    codes: list[Cell] = [None, 32, 33, 34, 35, 36, 45, 46]
    printed = table(["村名", *"一二三四五六七"], ["单位", *["人"] * 7], codes, ["东村", 5, 6, 7, 8, 9, 1, 2])

    assert (printed.unit_row, printed.code_row, printed.body) == (1, 2, 3)


def test_records_that_count_up_are_no_codes() -> None:
    printed = table(["乡镇", *"一二三四五六"], ["东镇", 1, 2, 3, 4, 5, 6], ["西镇", 7, 8, 9, 10, 11, 12])

    assert (printed.code_row, printed.body) == (None, 1)


def test_tables_one_below_the_other_are_parted_by_title_and_header() -> None:
    header: list[Cell] = ["地区", "收入（元）", "增速（%）"]
    first, second = find_tables(
        sheet(["城镇收入"], header, *ROWS, ["农村收入"], header, *ROWS, merged="A1:C1 A5:C5")
    )

    assert (first.titles, first.block.end_row) == (("城镇收入",), 4)
    assert (second.titles, second.top, second.body) == (("农村收入",), 5, 6)


def test_the_header_of_a_second_page_is_no_second_table() -> None:
    header: list[Cell] = ["村名", "户数", "面积"]

    assert table(["村情况表"], header, *ROWS, ["村情况表"], header, *ROWS).block.end_row == 8


def test_a_sheet_of_words_alone_has_no_table() -> None:
    assert find_tables(sheet(["填表说明"], ["一、按村填报"], ["二、年末数"])) == []


def test_columns_at_the_edge_that_are_empty_are_left_out() -> None:
    printed = table([None, "耕地表"], [None, "村名", "面积（亩）"], [None, "东村", 12])

    assert list(printed.columns) == [1, 2]
