"""The rows under a header: which are records, and what the others are."""

from decimal import Decimal

import pytest

from sources.layout.draft import Draft
from tests.sources.grid import Cell, contract, drafts, rows, rules, sheet, totals, unread

TITLE, HEADER = ["2022年农户表"], ["地名", "户数"]


def classes(draft: Draft) -> dict[str, int]:
    return {name: count for name, count in draft.sheets[0].classes.items() if count}


@pytest.mark.parametrize("below", [False, True])
def test_a_total_stands_over_or_under_its_rows(below: bool) -> None:
    body: list[list[Cell]] = [["高山", 12], ["平旺", 7]]
    total: list[Cell] = ["合　计", 19]
    lines = [*body, total] if below else [total, *body]

    [draft] = drafts(sheet(TITLE, HEADER, *lines), contract(workbook={"total_rows": ["合计"]}))

    assert rows(draft) == [("高山", 12), ("平旺", 7)]
    assert totals(draft) == [("B5" if below else "B3", "19", (0, 2))]


def test_a_subtotal_adds_up_the_rows_since_the_total_before_it() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            HEADER,
            ["高山", 12],
            ["北区小计", 12],
            ["平旺", 7],
            ["口泉", 1],
            ["南区小计", 8],
            ["全区合计", 20],
        ),
        contract(workbook={"total_rows": ["小计", "合计"]}),
    )

    assert totals(draft) == [("B4", "12", (0, 1)), ("B7", "8", (1, 3)), ("B8", "20", (0, 3))]


def test_a_total_that_is_left_out_by_a_placeholder_is_no_total() -> None:
    [draft] = drafts(
        sheet(TITLE, HEADER, ["合计", "="], ["高山", 12]),
        contract(workbook={"total_rows": ["合计"]}, missing=["="]),
    )

    assert totals(draft) == []


def test_lines_of_last_year_and_change_are_no_data_even_with_errors() -> None:
    [draft] = drafts(
        sheet(TITLE, HEADER, ["高山", 12], ["上年", 11], ["增减%", "#DIV/0!"], ["其中：户籍", 3]),
        contract(workbook={"memo_rows": ["上年", "增减%", "其中"]}),
    )

    assert rows(draft) == [("高山", 12)]
    assert draft.sheets[0].ignored_reasons == {"对比或其中行，不是数据": 6}


def test_each_place_may_have_its_own_lines_of_last_year_and_change() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            ["地名", None, "户数"],
            ["高山", "本年", 12],
            [None, "上年", 11],
            ["平旺", "本年", 7],
            [None, "上年", 8],
            merged="A2:B2 A3:A4 A5:A6",
        ),
        contract(workbook={"memo_rows": ["上年"]}),
    )

    assert rows(draft) == [("高山", 12), ("平旺", 7)]


def test_rows_are_known_by_their_line_code() -> None:
    [draft] = drafts(
        sheet(TITLE, ["目录", "编号", "户数"], ["一、", "00", 19], ["二、", "04", 12], ["三、", "05", 7]),
        contract(
            columns={"place": ["编号"], "households": ["户数"]},
            ignored_columns={"目录": "误贴"},
            workbook={"total_rows": ["00"]},
        ),
    )

    assert rows(draft) == [("04", 12), ("05", 7)]
    assert totals(draft) == [("C3", "19", (0, 2))]


def test_an_error_in_the_body_is_a_reason_and_no_missing_value() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", "#REF!"]), contract())

    assert unread(draft) == [("households", "error_cell")]


def test_numbers_stored_as_text_are_numbers() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", "１,２３４"], ["平旺", " 7 "], ["口泉", "—"]), contract())

    assert rows(draft) == [("高山", 1234), ("平旺", 7), ("口泉", None)]


def test_inner_and_private_use_spaces_of_a_name_do_not_matter() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高　山\ue004", 12]), contract())

    assert rows(draft) == [("高山", 12)]


def test_a_label_merged_over_rows_stands_for_each_of_them() -> None:
    [draft] = drafts(
        sheet(TITLE, ["乡镇", *HEADER], ["云冈", "高山", 12], [None, "平旺", 7], merged="A3:A4"),
        contract(places={"township": ["乡镇"]}),
    )

    assert rows(draft) == [("高山", 12), ("平旺", 7)]
    [part] = draft.parts()
    assert part.candidates.township is not None
    assert part.candidates.township.to_list() == ["云冈", "云冈"]


def test_a_number_merged_over_rows_belongs_to_none_of_them() -> None:
    [draft] = drafts(
        sheet(TITLE, HEADER, ["高山", 12], ["平旺", None], ["口泉", 1], merged="B3:B4"), contract()
    )

    assert unread(draft) == [("households", "merged_cell"), ("households", "merged_cell")]


def test_a_text_merged_across_the_figures_is_no_record() -> None:
    [draft] = drafts(
        sheet(TITLE, HEADER, ["一、城区"], ["高山", 12], ["平衡关系：1=2+3"], merged="A3:B3 A5:B5"),
        contract(),
    )

    assert rows(draft) == [("高山", 12)]
    assert draft.sheets[0].ignored_reasons == {"横跨各栏的文字，不是数据": 2}


@pytest.mark.parametrize("mark", ["第03页", "第 1 页，共 2 页", "- 3 -", "第三页"])
def test_a_page_mark_is_a_footer(mark: str) -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", 12], [mark]), contract())

    assert rows(draft) == [("高山", 12)]
    assert classes(draft)["footer"] == 1


def test_what_stands_under_the_signatures_is_footer_too() -> None:
    [draft] = drafts(
        sheet(TITLE, HEADER, ["高山", 12], ["单位负责人：", None], ["张三", None], ["一式两份", None]),
        contract(workbook={"footer": ["单位负责人"]}),
    )

    assert rows(draft) == [("高山", 12)]
    assert classes(draft)["footer"] == 3


def test_header_rows_that_come_again_on_a_new_page_are_header() -> None:
    head: list[list[Cell]] = [["地名", "户口"], [None, "户数"], ["甲", 1]]
    [draft] = drafts(sheet(TITLE, *head, ["高山", 12], *head, ["平旺", 7], merged="A2:A3 A6:A7"), contract())

    assert rows(draft) == [("高山", 12), ("平旺", 7)]
    assert classes(draft)["header"] == 10


def test_a_title_that_comes_again_with_its_header_goes_on_with_the_delivery() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", 12], TITLE, HEADER, ["平旺", 7]), contract())

    assert rows(draft) == [("高山", 12), ("平旺", 7)]


def test_a_row_of_which_only_the_running_number_is_filled_is_no_record() -> None:
    [draft] = drafts(
        sheet(TITLE, ["序号", *HEADER], [1, "高山", 12], [2, None, None]),
        contract(ignored_columns={"序号": "行序"}),
    )

    assert rows(draft) == [("高山", 12)]
    assert (draft.skipped, draft.sheets[0].ignored_reasons) == (0, {"行序": 1, "未填报的行": 1})


def test_a_place_without_figures_is_a_record_unless_the_contract_skips_it() -> None:
    grid = sheet(TITLE, HEADER, ["高山", 12], ["平旺", None])

    [kept] = drafts(grid, contract())
    [skipped] = drafts(grid, contract(skip_unfilled_rows=True))

    assert rows(kept) == [("高山", 12), ("平旺", None)]
    assert (rows(skipped), skipped.skipped) == ([("高山", 12)], 1)


def test_zeros_of_formulas_drawn_down_too_far_are_unfilled_rows() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", 12], [None, 0]), contract(skip_unfilled_rows=True))

    assert (rows(draft), draft.skipped) == ([("高山", 12)], 1)


def test_figures_without_a_place_are_a_record() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", 12], [None, 3]), contract(skip_unfilled_rows=True))

    assert rows(draft) == [("高山", 12), (None, 3)]


def test_what_stands_beside_the_table_is_refused_once_a_column() -> None:
    grid = sheet(TITLE, HEADER, ["高山", 12, None, 99], ["平旺", 7, None, 88], [None, None, None, 187])

    [refused] = drafts(grid, contract())
    [allowed] = drafts(grid, contract(ignored_columns={"": "表外的验算"}))

    assert rules(refused) == [("unknown_header", "D3")]
    assert rows(allowed) == [("高山", 12), ("平旺", 7)]
    assert allowed.sheets[0].ignored_reasons == {"表外的验算": 3}


def test_the_same_columns_side_by_side_are_one_table() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            ["序号", "地名", "户数", "序号", "地名", "户数"],
            [1, "高山", 12, 3, "口泉", 1],
            [2, "平旺", 7, 4, "云冈", 5],
            ["合计", None, 25, None, None, None],
        ),
        contract(ignored_columns={"序号": "行序"}, workbook={"total_rows": ["合计"]}),
    )

    assert rows(draft) == [("高山", 12), ("平旺", 7), ("口泉", 1), ("云冈", 5)]
    assert totals(draft) == [("C5", "25", (0, 4))]
    assert draft.sheets[0].columns == {
        "place": "B", "households": "C", "place[2]": "E", "households[2]": "F",
    }  # fmt: skip


def test_a_column_that_only_comes_twice_is_refused() -> None:
    [draft] = drafts(sheet(TITLE, ["地名", "户数", "户数"], ["高山", 12, 13]), contract())

    assert rules(draft) == [("duplicate_header", "C2")]


def test_units_within_cells_scale_alone() -> None:
    [draft] = drafts(
        sheet(TITLE, ["单位：元"], ["地名", "收入"], ["高山", "3万元"], ["平旺", 4]),
        contract(workbook={"unit_line": ["单位"]}, columns={"place": ["地名"], "income_yuan": ["收入"]}),
    )

    assert rows(draft, "income_yuan") == [(Decimal(30000),), (Decimal(4),)]


def test_figures_over_the_header_are_not_lost_as_a_title() -> None:
    [draft] = drafts(sheet(TITLE, ["高山", 12], HEADER, ["平旺", 7]), contract())

    assert rules(draft) == [("unknown_header", "B2")]


def test_a_year_over_the_header_is_no_figure() -> None:
    [draft] = drafts(sheet(TITLE, ["年份", 2022], [], HEADER, ["平旺", 7]), contract())

    assert rows(draft) == [("平旺", 7)]


@pytest.mark.parametrize(
    "cells", [["无"], ["无", 0], ["无", "—"], ["本季无", None], [None, "无"], ["零报告"]]
)
def test_a_line_that_says_that_there_is_nothing_is_a_nil_report(cells: list[Cell]) -> None:
    [draft] = drafts(sheet(TITLE, HEADER, cells), contract())

    assert (draft.reasons, list(draft.parts())) == ([], [])
    assert draft.sheets[0].ignored_reasons["零报告"] == sum(cell is not None for cell in cells)


@pytest.mark.parametrize("cells", [["无名村", 1], ["无", 3], ["高山", "无"]])
def test_a_line_with_a_name_or_a_number_is_a_row(cells: list[Cell]) -> None:
    [draft] = drafts(sheet(TITLE, HEADER, cells), contract())

    assert sum(part.where.height for part in draft.parts()) == 1


def test_nothing_to_report_among_rows_is_refused() -> None:
    [draft] = drafts(sheet(TITLE, HEADER, ["高山", 1], ["无", None]), contract())

    assert [rule for rule, _ in rules(draft)] == ["nil_among_rows"]


def test_no_row_at_all_is_refused_with_what_to_write() -> None:
    [draft] = drafts(sheet(TITLE, HEADER), contract())

    assert [rule for rule, _ in rules(draft)] == ["no_rows"]
    assert "第一行写“无”" in draft.reasons[0].message
