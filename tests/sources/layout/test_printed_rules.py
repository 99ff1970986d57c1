"""The rules that a sheet prints itself: where they stand, which figures their codes mean, what breaks them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.home.receipts import PrintedRule
from sources.layout.code_lines import Region
from sources.layout.printed.printed_rules import printed_rules
from sources.reading.cells import Sheet
from tests.sources.grid import Cell, contract, drafts, sheet

HEADING: list[Cell] = ["地名", "合计", "男", "女"]
CODES: list[Cell] = ["甲", 1, 2, 3]
FIGURES: list[list[Cell]] = [["合计", 9, 5, 4], ["高山镇", 5, 2, 3], ["云冈镇", 4, 2, 1]]


def rules_of(grid: Sheet) -> list[PrintedRule]:
    return printed_rules(Region(grid, range(len(grid.text)), range(len(grid.text[0]))))


def understood(grid: Sheet) -> list[tuple[str, str, int, str]]:
    """Cell and text of each rule that was understood, how many records, and the cells of those that break it."""
    return [
        (rule.cell, rule.text, rule.evaluated, " ".join(v.cell for v in rule.violations))
        for rule in rules_of(grid)
        if not rule.not_understood
    ]


def not_understood(grid: Sheet) -> list[tuple[str, str]]:
    return [(rule.cell, rule.text) for rule in rules_of(grid) if rule.not_understood]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("审核关系：1=2+3", ["1=2+3"]),
        ("      本表平衡关系：2、3 ≤1，1＝2＋3              第01页", ["2≤1", "3≤1", "1=2+3"]),
        ("表内关系:(1)=(2)+(3);(1)≥(2)", ["(1)=(2)+(3)", "(1)≥(2)"]),
        ("逻辑关系：①1=2+3 ②1≥2。", ["1=2+3", "1≥2"]),
        ("注：第1栏=第2栏+第3栏；单位：人", ["第1栏=第2栏+第3栏"]),
        ("1=2+3", ["1=2+3"]),
        ("说明：男女按户籍。勾稽关系如下：1、1=2+3；2、1≥2  填表人：张三", ["1=2+3", "1≥2"]),
        ("审核公式：3≥0", ["3≥0"]),
        ("审核要求：1应等于2+3(人)", ["1=2+3"]),
        ("审核关系1：1=2+3", ["1=2+3"]),
    ],
)
def test_a_rule_under_the_table_is_found(text: str, rules: list[str]) -> None:
    grid = sheet(HEADING, CODES, *FIGURES, [text])

    assert [(cell, rule) for cell, rule, *_ in understood(grid)] == [("A6", rule) for rule in rules]
    assert not_understood(grid) == []


def test_every_row_of_figures_is_held_against_a_rule_totals_too() -> None:
    [rule] = rules_of(sheet(HEADING, CODES, *FIGURES, ["审核关系：1=2+3"]))

    assert (rule.evaluated, rule.skipped) == (3, 0)
    assert [(v.cell, v.left, v.right) for v in rule.violations] == [("B5", Decimal(4), Decimal(3))]


def test_a_rule_may_stand_among_the_codes_or_in_a_heading() -> None:
    among = sheet(HEADING, ["甲", "1=2+3", 2, 3], *FIGURES)
    heading = sheet(["地名", "合计（1=2+3）", "男", "女"], ["栏次", "(1)", "(2)", "(3)"], *FIGURES)

    assert understood(among) == [("B2", "1=2+3", 3, "B5")]
    assert understood(heading) == [("B1", "1=2+3", 3, "B5")]


def test_announced_rules_may_stand_in_the_cells_that_follow() -> None:
    grid = sheet(HEADING, CODES, *FIGURES, ["审核关系：", "1=2+3"], [None, "2≤1"], ["填表人：张三"])

    assert understood(grid) == [("B6", "1=2+3", 3, "B5"), ("B7", "2≤1", 3, "")]
    assert not_understood(grid) == []


def test_codes_that_run_down_number_rows_and_each_column_is_held_against_a_rule() -> None:
    grid = sheet(
        ["指标", "单位", "代码", "本年", "上年", "增减%"],
        ["甲", "乙", "丙", 1, 2, 3],
        ["人口", "人", "01", 9, 8, 12.5],
        ["男", "人", "02", 5, 4, 25],
        ["女", "人", "03", 4, 3, 33.3],
        ["审核关系：01=02+03"],
    )

    [rule] = rules_of(grid)

    assert (rule.text, rule.evaluated, rule.skipped) == ("01=02+03", 2, 1)
    assert [v.cell for v in rule.violations] == ["E3"]


def test_a_rule_may_call_headings_or_indicators_by_name() -> None:
    across = sheet(HEADING, *FIGURES, ["注：合计=男+女"])
    down = sheet(
        ["指标", "单位", "本年", "上年"], ["一、人口", "人", 9, 8], ["其中：男", "人", 5, 4], ["女", "人", 4, 3],
        ["注：人口＝男＋女"],
    )  # fmt: skip

    assert understood(across) == [("A5", "合计=男+女", 3, "B4")]
    assert understood(down) == [("A5", "人口=男+女", 2, "D2")]


def test_a_name_that_stands_over_two_columns_is_not_guessed() -> None:
    grid = sheet(
        ["地名", "户籍", None, None, "常住"], [None, "合计", "男", "女", "合计"], ["高山镇", 5, 2, 3, 4], ["合计=男+女"],
        merged="A1:A2 B1:D1",
    )  # fmt: skip

    assert [rule.not_understood for rule in rules_of(grid)] == ["表中没有代码合计，或不止一处"]


BOTH_WAYS: list[list[Cell]] = [
    ["地名", "编号", "合计", "男", "女"],
    ["代码", None, "01", "02", "03"],
    ["高山镇", "01", 6, 2, 3],
    ["云冈镇", "02", 4, 2, 2],
    ["口泉乡", "03", 2, 1, 1],
]


@pytest.mark.parametrize(
    ("rows", "text", "cells"),
    [
        (BOTH_WAYS, "第01栏=第02栏+第03栏", "C3"),
        (BOTH_WAYS, "01行=02行+03行", "D3"),
        # units beside the codes say which of the two are indicators
        ([BOTH_WAYS[0], ["计量单位", None, "人", "人", "人"], *BOTH_WAYS[1:]], "01=02+03", "C4"),
    ],
)
def test_where_codes_run_both_ways_words_or_units_tell_which_are_meant(
    rows: list[list[Cell]], text: str, cells: str
) -> None:
    [(_, rule, _, violations)] = understood(sheet(*rows, [text]))

    assert (rule, violations) == (text, cells)


def test_a_label_before_the_rules_tells_too() -> None:
    grid = sheet(*BOTH_WAYS, ["行间审核关系：01=02+03"], ["栏关系：01=02+03；01≥02"])

    assert understood(grid) == [
        ("A6", "01=02+03（行）", 3, "D3"), ("A7", "01=02+03（栏）", 3, "C3"), ("A7", "01≥02（栏）", 3, ""),
    ]  # fmt: skip


def test_where_nothing_tells_the_rule_is_not_understood() -> None:
    [rule] = rules_of(sheet(*BOTH_WAYS, ["审核关系：01=02+03"]))

    assert (rule.text, rule.not_understood) == ("01=02+03", "分不清代码指行还是指栏")
    assert (rule.evaluated, rule.violations) == (0, [])


def test_codes_are_the_same_with_and_without_leading_zeros() -> None:
    grid = sheet(HEADING, ["代码", "01", "02", 3], *FIGURES, ["审核关系：1=2+03"])

    assert understood(grid) == [("A6", "1=2+03", 3, "B5")]


def test_a_text_that_must_be_a_rule_but_cannot_be_read_is_reported_with_its_cell() -> None:
    grid = sheet(
        HEADING, CODES, *FIGURES,
        ["审核关系：1=2×3；1=2+9"], ["平衡关系："], ["计算公式：男女合计为1栏"], ["3=2/1"], ["总数=男+女"],
    )  # fmt: skip

    assert understood(grid) == []
    assert not_understood(grid) == [
        ("A6", "1=2×3"), ("A6", "1=2+9"), ("A8", "男女合计为1栏"), ("A9", "3=2/1"), ("A10", "总数=男+女"),
        ("A7", "平衡关系："),
    ]  # fmt: skip


def test_a_code_that_stands_twice_is_not_guessed() -> None:
    grid = sheet(["地名", "合计", "男", "女"], ["代码", "01", "02", "02"], *FIGURES, ["审核关系：01≥02"])

    assert [rule.not_understood for rule in rules_of(grid)] == ["表中没有代码02，或不止一处"]


@pytest.mark.parametrize(
    "text",
    [
        "2016-12", "2016年12月20日", "0719-3334567", "第1-3页", "单价=12元", "单价：3元/亩", "1:2=3:6", "男：女＝1：1",
        "1=男，2=女", "1-是；0-否", "年龄≥60", "≥60岁", "<1年", "1≤x<2", "N=30", "R2=0.95", "cb=10", "25%=0.25",
        "1公顷=15亩，1亩=666.67平方米", "=SUM(A1:B1)", "=", "总产=面积×单产", "与户主关系", "人际关系：良好", "x>=18",
        "大于等于", "电话：0719-3334567=转1", "A→B", "1.5=3/2", "<p>", "审核人：张三 13900001111",
    ],
)  # fmt: skip
def test_ordinary_text_is_no_rule(text: str) -> None:
    assert rules_of(sheet(HEADING, CODES, *FIGURES, [text], ["高山镇", 1, text, 1])) == []


def test_a_blank_is_no_zero() -> None:
    figures: list[list[Cell]] = [
        ["甲村", 5, None, 5],  # one of the parts
        ["乙村", 5, None, None],  # a total without parts
        ["丙村", None, 2, 3],  # parts without a total
        ["丁村", 5, "—", 4],
        ["戊村", 5, "=", 5],  # a text among the figures
        ["己村", None, None, None],
    ]
    grid = sheet(HEADING, CODES, *figures, ["审核关系：1=2+3，1≥2"])

    sums, at_least = rules_of(grid)

    assert (sums.evaluated, sums.skipped, [v.cell for v in sums.violations]) == (2, 3, ["B6"])
    assert (at_least.evaluated, at_least.skipped) == (0, 5)


def test_lines_of_changes_and_averages_are_skipped() -> None:
    grid = sheet(
        HEADING, CODES, *FIGURES, ["增减", -1, 2, 0], ["增长%", 3, 2, 3], ["户均", 2, 1, 2], ["1≥2+3"]
    )

    assert [(rule.evaluated, rule.skipped) for rule in rules_of(grid)] == [(3, 3)]


@pytest.mark.parametrize(
    ("figures", "holds"),
    [
        ([1.1, 0.5, 0.5], True),
        ([1.2, 0.5, 0.5], False),
        ([10, 5, 4], False),  # whole: counted, not rounded
        ([100, 33.3, 66.6], True),
        ([2541.39999999999, 2541, 0.4], True),  # the noise of binary fractions
        (["1,000.5", 1000, 0.5], True),
    ],
)
def test_only_what_rounding_can_do_is_allowed(figures: list[Cell], holds: bool) -> None:
    [rule] = rules_of(sheet(HEADING, CODES, ["高山镇", *figures], ["审核关系：1=2+3"]))

    assert (not rule.violations) is holds


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(-1, 1)), min_size=1, max_size=8)
)
def test_just_the_rows_that_do_not_add_up_are_reported(rows: list[tuple[int, int, int]]) -> None:
    figures: list[list[Cell]] = [[f"村{n}", a + b + off, a, b] for n, (a, b, off) in enumerate(rows)]
    [rule] = rules_of(sheet(HEADING, CODES, *figures, ["审核关系：1=2+3"]))

    assert rule.evaluated == len(rows)
    assert [v.cell for v in rule.violations] == [f"B{n + 3}" for n, (*_, off) in enumerate(rows) if off]


def test_a_rule_belongs_to_the_form_that_it_stands_under() -> None:
    households: list[list[Cell]] = [
        ["农户表"],
        ["地名", "户数", "其中：脱贫户"],
        ["甲", 1, 2],
        ["高山村", 5, 6],
        ["审核关系：2≤1"],
    ]
    land: list[list[Cell]] = [
        ["土地表"],
        ["地名", "面积(亩)", "水田"],
        ["甲", 1, 2],
        ["高山村", 5, 6],
        ["平衡关系：1≥2"],
    ]
    ignored = {"其中：脱贫户": "不读", "水田": "不读"}
    forms = (
        contract("row.households", ignored_columns=ignored, workbook={"footer": ["审核关系", "平衡关系"]}),
        contract(
            "row.land", title=["土地表"], columns={"place": ["地名"], "area_mu": ["面积"]},
            ignored_columns=ignored, workbook={"footer": ["审核关系", "平衡关系"]},
        ),
    )  # fmt: skip

    deliveries = drafts(sheet(*households, *land), *forms)

    assert {
        draft.form_title: [(r.cell, r.text, r.evaluated) for r in draft.printed_rules] for draft in deliveries
    } == {
        "农户表": [("A5", "2≤1", 1)],
        "土地表": [("A10", "1≥2", 1)],
    }
    assert [draft.reasons for draft in deliveries] == [[], []]


PIECES = st.sampled_from(
    ["代码", "甲", "乙", "1", "2", "03", "(3)", "①", "栏次", "审核关系：", "=", "≤", "1=2+3", "甲=乙", "+", "；", "、",
     "1=2+…+3", "第2行", "其中", "男", "—", " ", "#DIV/0!", "增减", "12.5"]
)  # fmt: skip
CELLS = st.one_of(st.none(), st.integers(-3, 40), st.lists(PIECES, max_size=5).map("".join))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_whatever_a_sheet_holds_each_rule_is_reported_once_and_its_records_are_counted(
    rows: list[list[Cell]],
) -> None:
    rules = rules_of(sheet(*rows))

    assert len({(rule.cell, rule.text) for rule in rules}) == len(rules)
    assert all(len(rule.violations) <= rule.evaluated for rule in rules)
    assert all(not rule.evaluated and not rule.skipped for rule in rules if rule.not_understood)
