"""Indicators that run down: a record a value column."""

from decimal import Decimal
from typing import Any

from sources.county.contract import Contract
from tests.sources.grid import contract, drafts, rows, rules, sheet

TITLE = ["2022年农户表"]


def form(**workbook: Any) -> Contract:
    layout = {
        "shape": "form", "unit_column": ["单位"], "code_column": ["代码"], "value_column": ["数量"],
        "lines": {"place": ["村名"]},
    }  # fmt: skip
    return contract(
        "row.form",
        workbook=layout | workbook,
        columns={"households": ["01", "户数"], "income_yuan": ["02", "收入"]},
    )


def test_indicators_are_known_by_code_or_name_and_their_unit() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            ["村名：高山"],
            ["指标", "单位", "代码", "数量"],
            ["甲", "乙", "丙", 1],
            ["一、农户", "—", None, None],
            ["户籍户数", "户", "01", 12],
            ["收　入", "万元", None, 3],
        ),
        form(),
    )

    assert rows(draft, "place", "households", "income_yuan") == [("高山", 12, Decimal(30000))]
    assert draft.sheets[0].cells == {"place": "A2", "households": "D6", "income_yuan": "D7"}


def test_two_groups_side_by_side_are_one_record() -> None:
    heading = ["指标", "单位", "代码", "数量"]
    [draft] = drafts(
        sheet(TITLE, ["村名：高山"], [*heading, *heading], ["户数", "户", "01", 12, "收入", "元", "02", 3]),
        form(),
    )

    assert rows(draft, "place", "households", "income_yuan") == [("高山", 12, 3)]


def test_value_columns_are_records_named_by_their_heading() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            ["指标", "单位", "代码", "高山", "平旺"],
            ["户数", "户", "01", 12, 7],
            ["收入", "元", "02", 3, None],
        ),
        form(value_column=["高山", "平旺"], value_name="place", lines={}),
    )

    assert rows(draft, "place", "households", "income_yuan") == [("高山", 12, 3), ("平旺", 7, None)]
    assert draft.sheets[0].cells == {
        "place": "D2", "households": "D3", "income_yuan": "D4",
        "place[2]": "E2", "households[2]": "E3", "income_yuan[2]": "E4",
    }  # fmt: skip


def test_columns_beside_the_values_need_a_reason() -> None:
    grid = sheet(
        TITLE, ["村名：高山"], ["指标", "单位", "代码", "数量", "上年"], ["户数", "户", "01", 12, 11]
    )

    [refused] = drafts(grid, form())
    [allowed] = drafts(grid, form().model_copy(update={"ignored_columns": {"上年": "对比"}}))

    assert rules(refused) == [("unknown_header", "E4")]
    assert rows(allowed) == [("高山", 12)]


def test_without_unit_and_code_columns_the_unit_stands_in_the_name() -> None:
    [draft] = drafts(
        sheet(TITLE, ["村名：高山"], ["指标", "本年"], ["户数（户）", 12], ["收入（万元）", 3]),
        form(unit_column=[], code_column=[], value_column=["本年"]),
    )

    assert rows(draft, "households", "income_yuan") == [(12, Decimal(30000))]


def test_a_heading_in_two_rows_and_again_on_the_next_page() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            ["村名：高山"],
            ["指标", "单位", "代码", "数值"],
            [None, None, None, "数量"],
            ["户数", "户", "01", 12],
            ["指标", "单位", "代码", "数值"],
            [None, None, None, "数量"],
            ["收入", "元", "02", 3],
            merged="A3:A4 B3:B4 C3:C4 A6:A7 B6:B7 C6:C7",
        ),
        form(),
    )

    assert rows(draft, "households", "income_yuan") == [(12, 3)]


def test_an_unknown_indicator_with_a_value_is_refused() -> None:
    [draft] = drafts(
        sheet(
            TITLE,
            ["村名：高山"],
            ["指标", "单位", "代码", "数量"],
            ["户数", "户", "01", 12],
            ["猪", "头", "09", 3],
        ),
        form(),
    )

    assert rules(draft) == [("unknown_header", "A5")]


def test_two_forms_in_one_sheet_name_the_cells_of_each() -> None:
    grid = [["村名：高山"], ["指标", "单位", "代码", "数量"], ["户数", "户", "01", "x"]]
    [draft] = drafts(sheet(TITLE, *grid, TITLE, ["村名：平旺"], *grid[1:]), form())
    named = draft.address("households")

    assert [part.where.select(named).item() for part in draft.parts()] == ["D4", "D8"]


def test_a_name_that_comes_again_is_known_by_the_one_it_is_indented_under() -> None:
    [draft] = drafts(
        sheet(
            TITLE, ["村名：高山"], ["指标", "单位", "代码", "数量"],
            ["农户", "户", None, 12], ["  其中：脱贫", "户", None, 3], ["收入", "元", None, 90], ["  其中：脱贫", "元", None, 20],
        ),
        form().model_copy(
            update={
                "columns": {"households": ["农户/脱贫"], "income_yuan": ["收入/脱贫"]},
                "ignored_columns": {"农户": "不取", "收入": "不取"},
            }
        ),
    )  # fmt: skip

    assert rows(draft, "households", "income_yuan") == [(3, 20)]
