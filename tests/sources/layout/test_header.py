"""Which column is which field: under headings of several rows, codes, units and numbers of columns."""

import re
from decimal import Decimal

import pytest

from sources.layout.column_name import bare_name, unit_of
from tests.sources.grid import contract, drafts, rows, rules, sheet


def test_a_heading_is_known_with_the_one_above_it() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"],
            ["地名", "户数", "水田", None, "旱地", None],
            [None, None, "面积（亩）", "收入（元）", "面积（亩）", "收入（元）"],
            ["高山", 12, 3.5, 7, 4.5, 9],
            merged="A2:A3 B2:B3 C2:D2 E2:F2",
        ),
        contract(
            columns={
                "place": ["地名"], "households": ["户数"], "area_mu": ["水田/面积"], "income_yuan": ["旱地/收入"],
            },
            ignored_columns={"收入": "不取", "面积": "不取"},
        ),
    )  # fmt: skip

    assert rows(draft, "place", "households", "area_mu", "income_yuan") == [("高山", 12, Decimal("3.50"), 9)]


def test_numbering_其中_and_inner_spaces_of_a_heading_do_not_matter() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地　名", "其中：（一）户  数（户）"], ["高山", 12]), contract()
    )

    assert rows(draft) == [("高山", 12)]


def test_columns_are_known_by_the_code_row() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"],
            ["指标名称", "男", "女"],
            ["计量单位", "户", "户"],
            ["汇总代码", "01", "02"],
            ["高山", 12, 7],
        ),
        contract(columns={"place": ["指标名称"], "households": ["02"]}, ignored_columns={"01": "不取"}),
    )

    assert rows(draft) == [("高山", 7)]


def test_a_code_that_became_a_number_is_known_without_its_zeros() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", "男"], ["代码", 2], ["高山", 7]),
        contract(columns={"place": ["地名"], "households": ["02"]}),
    )

    assert rows(draft) == [("高山", 7)]


@pytest.mark.parametrize(
    "number_row",
    [["甲", 1, 2], ["甲", "乙", "丙"], ["(1)", "(2)", "(3)"], ["①", "②", "③"], ["栏次", "1", "2"], [1, 2, 3]],
)
def test_a_row_that_numbers_the_columns_is_no_record(number_row: list[str | int]) -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", "户数", "面积（亩）"], number_row, ["高山", 12, 3]),
        contract(columns={"place": ["地名"], "households": ["户数"], "area_mu": ["面积"]}),
    )

    assert rows(draft, "place", "households", "area_mu") == [("高山", 12, 3)]


@pytest.mark.parametrize("heading", ["١٢", "१२", "²"])
def test_digits_of_other_scripts_are_no_code(heading: str) -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", "户数", heading], ["甲", 1, heading], ["高山", 12, 3]), contract()
    )

    assert [rule for rule, _ in rules(draft)] == ["unknown_header"]


@pytest.mark.parametrize(
    ("title", "line", "heading", "unit_row", "cells"),
    [
        ("2022年农户表", "单位：元", "收入", "万元", ["B4 为万元", "B2 为元"]),
        ("2022年农户表", "单位：元", "收入（万元）", None, ["B3 为万元", "B2 为元"]),
        ("2022年农户表", None, "收入（元）", "万元", ["B4 为万元", "B3 为元"]),
        ("2022年农户表（单位：元）", "单位：万元", "收入", None, ["A1 为元", "B2 为万元"]),
        ("2022年农户表（元）", "单位：万元", "收入", None, ["B2 为万元", "A1 为元"]),
    ],
)
def test_units_that_disagree_are_refused_naming_both(
    title: str, line: str | None, heading: str, unit_row: str | None, cells: list[str]
) -> None:
    [draft] = drafts(
        sheet([title], [None, line], ["地名", heading], [None, unit_row], ["高山", 3]),
        contract(workbook={"unit_line": ["单位"]}, columns={"place": ["地名"], "income_yuan": ["收入"]}),
    )

    [reason] = draft.reasons
    assert reason.rule == "delivery__units_disagree"
    assert re.findall("[A-Z][0-9] 为万?元", reason.message) == cells


@pytest.mark.parametrize(
    ("line", "heading", "unit_row"),
    [
        ("单位：万元、户", "收入", "万元"),
        ("单位：元、万元", "收入", "万元"),
        ("单位：户", "收入", "万元"),
        (None, "收入（万元）", "万元"),
    ],
)
def test_units_of_one_mind_scale_by_the_nearest(line: str | None, heading: str, unit_row: str) -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], [None, line], ["地名", heading], [None, unit_row], ["高山", 3]),
        contract(workbook={"unit_line": ["单位"]}, columns={"place": ["地名"], "income_yuan": ["收入"]}),
    )

    assert rows(draft, "income_yuan") == [(Decimal(30000),)]


@pytest.mark.parametrize("line", ["单位：万元", "（单位：万元、户）", "计量单位: 户，万元"])
def test_a_unit_line_over_the_table_scales_what_it_measures(line: str) -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], [None, line], ["地名", "收入"], ["高山", 3]),
        contract(
            workbook={"unit_line": ["单位", "计量单位"]},
            columns={"place": ["地名"], "income_yuan": ["收入"]},
        ),
    )

    assert rows(draft, "income_yuan") == [(Decimal(30000),)]


def test_a_unit_line_with_two_units_of_money_settles_nothing() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["单位：元、万元"], ["地名", "收入"], ["高山", 3]),
        contract(workbook={"unit_line": ["单位"]}, columns={"place": ["地名"], "income_yuan": ["收入"]}),
    )

    assert rules(draft) == [("unit_unknown", "A2")]


def test_a_second_label_column_under_the_same_heading_is_no_field() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"],
            ["地名", None, "户数"],
            ["合计", "本年", 12],
            [None, "上年", 11],
            ["高山", None, 12],
            merged="A2:B2 A3:A4 A5:B5",
        ),
        contract(workbook={"total_rows": ["本年"], "memo_rows": ["上年"]}),
    )

    assert rows(draft) == [("高山", 12)]


def test_numbers_under_the_heading_of_another_column_are_refused() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", None, "户数"], ["高山", 3, 12], merged="A2:B2"), contract()
    )

    assert rules(draft) == [("unknown_header", "B3")]


def test_texts_under_a_group_but_no_heading_of_their_own_are_refused() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"],
            ["地名", "情况", None],
            [None, "户数", None],
            ["高山", 12, "新增"],
            merged="A2:A3 B2:C2",
        ),
        contract(),
    )

    assert rules(draft) == [("unknown_header", "C4")]


def test_a_text_in_the_second_of_two_columns_of_a_heading_is_refused_where_the_first_is_blank() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"], ["地名", None, "户数"], ["高山", "村", 12], [None, "平旺", 7], merged="A2:B2"
        ),
        contract(),
    )

    assert rules(draft) == [("unknown_header", "B4")]


def test_the_empty_text_is_the_column_of_labels_under_no_heading() -> None:
    [draft] = drafts(
        sheet([None, "户数", "面积（亩）"], ["高山", 12, 3], ["平旺", 7, 4]),
        contract(
            workbook={"sheet": ["Sheet1"]},
            columns={"place": [""], "households": ["户数"], "area_mu": ["面积"]},
        ),
    )

    assert rows(draft) == [("高山", 12), ("平旺", 7)]


def test_an_unknown_heading_is_reported_once_at_its_cell() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", "户数", "电话"], ["高山", 12, "x"], ["平旺", 7, "y"]), contract()
    )

    assert rules(draft) == [("unknown_header", "C2")]


def test_a_subheading_never_stands_for_its_group() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"],
            ["地名", "户数", None],
            [None, "其中：脱贫户", "其中：低保户"],
            ["高山", 3, 2],
            merged="A2:A3 B2:C2",
        ),
        contract(),
    )

    assert rules(draft) == [("unknown_header", "B3"), ("unknown_header", "C3")]


def test_a_group_is_ignored_by_its_own_heading() -> None:
    [draft] = drafts(
        sheet(
            ["2022年农户表"],
            ["地名", "户数", "上年同期", None],
            [None, None, "户数", "人数"],
            ["高山", 12, 11, 40],
            merged="A2:A3 B2:B3 C2:D2",
        ),
        contract(
            columns={"place": ["地名"], "households": ["地名/户数", "户数"]},
            ignored_columns={"上年同期/户数": "对比", "上年同期": "对比"},
        ),
    )

    assert rules(draft) == [("duplicate_header", "C3")]


@pytest.mark.parametrize(
    ("heading", "area"),
    [("面积/亩", "10.00"), ("面 积 ／ 公顷", "150.00"), ("（一）面积/万亩", "100000.00")],
)
def test_a_unit_may_stand_behind_a_slash(heading: str, area: str) -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", heading], ["高山", 10]),
        contract(columns={"place": ["地名"], "area_mu": ["面积"]}),
    )

    assert rows(draft, "place", "area_mu") == [("高山", Decimal(area))]


@pytest.mark.parametrize(
    ("heading", "name", "unit"),
    [
        ("单产/公斤/亩", "单产", "公斤/亩"),
        ("单产(公斤/亩)", "单产", "公斤/亩"),
        ("单价/元", "单价", "元"),
        ("耕地/水田", "耕地/水田", None),
        ("耕地/水田/亩", "耕地/水田", "亩"),
        ("/亩", "/亩", None),
        ("元/亩", "元/亩", "元/亩"),
    ],
)
def test_only_a_known_unit_behind_a_slash_is_a_unit(heading: str, name: str, unit: str | None) -> None:
    assert (bare_name(heading), unit_of([heading])) == (name, unit)


def test_a_heading_that_the_contract_has_with_its_slash_stays_one() -> None:
    [draft] = drafts(
        sheet(["2022年农户表"], ["地名", "是否/户", "户数"], ["高山", 1, 12]),
        contract(ignored_columns={"是否/户": "不取"}),
    )

    assert rows(draft) == [("高山", 12)]
