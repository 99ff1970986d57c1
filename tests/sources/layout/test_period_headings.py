"""Headings with the period in them: the column of the delivery's period is read, one of another is refused."""

from typing import Any

import pytest

from sources.county.contract import Contract
from sources.layout.draft import Draft
from tests.sources.grid import Cell, contract, drafts, rows, rules, sheet

TITLE = ["农户表"]
MOST: dict[str, list[str]] = {"place": ["地名"]}


def quarterly(*headings: str, **terms: Any) -> Contract:
    columns = MOST | {"households": list(headings)}
    return contract(columns=columns, cadence="quarter", **terms)


def of_quarter(
    form: Contract, *headings: str, body: tuple[Cell, ...] = (12, 7), period: str = "2016年一季度"
) -> Draft:
    width = len(headings)
    [draft] = drafts(
        sheet(TITLE, ["地名", *headings], ["高山", *body[:width]]), form, file_name=f"{period}.xlsx"
    )
    return draft


@pytest.mark.parametrize(
    "heading",
    [
        "2016年一季度",
        "2016年1季度",
        "2016年第一季度（户）",
        "二〇一六年一季度",
        "（一）2016年 一季度/户",
        "２０１６年１季度",
    ],
)
def test_the_heading_of_the_period_is_known_however_it_is_spelled(heading: str) -> None:
    draft = of_quarter(quarterly("{year}年{quarter}季度"), heading)
    assert rows(draft) == [("高山", 12)]


def test_the_right_one_of_two_columns_is_read() -> None:
    form = quarterly("{year}年{quarter}季度", ignored_columns={"{last_year}年{quarter}季度": "上年同期"})

    assert rows(of_quarter(form, "2015年一季度", "2016年一季度")) == [("高山", 7)]
    assert rows(of_quarter(form, "2016年一季度", "2015年一季度")) == [("高山", 12)]


@pytest.mark.parametrize("heading", ["2015年一季度", "2016年二季度", "2016年第四季度（户）"])
def test_a_heading_of_another_period_is_a_mismatch_even_where_any_other_column_is_ignored(
    heading: str,
) -> None:
    form = quarterly("{year}年{quarter}季度", ignored_columns={"*": "不取"})
    assert rules(of_quarter(form, heading)) == [("period_mismatch", "B2")]


def test_a_column_of_another_period_beside_the_right_one_is_a_mismatch_too() -> None:
    draft = of_quarter(quarterly("{year}年{quarter}季度"), "2016年一季度", "2016年二季度")

    assert rules(draft) == [("period_mismatch", "C2")]
    assert draft.reasons[0].message == "此列表头“2016年二季度”不是本表报告期（2016-Q1）的；请核对表头与报告期"


def test_without_a_period_only_that_is_a_reason() -> None:
    draft = of_quarter(quarterly("{year}年{quarter}季度"), "2016年一季度", period="表")
    assert rules(draft) == [("period_missing", "")]


def test_a_heading_that_no_template_is_like_is_unknown() -> None:
    draft = of_quarter(quarterly("{year}年{quarter}季度"), "2016年一季度", "2016年底")
    assert rules(draft) == [("unknown_header", "C2")]


def test_months_from_january_on() -> None:
    form = quarterly("{year}年1-{month}月户数")
    assert rows(of_quarter(form, "2016年1-3月户数")) == [("高山", 12)]
    assert rules(of_quarter(form, "2016年1-6月户数")) == [("period_mismatch", "B2")]


def test_the_period_may_stand_in_a_heading_above_others() -> None:
    form = contract(
        columns=MOST | {"households": ["{year}年/户数"], "area_mu": ["{year}年/面积"]},
        ignored_columns={"{last_year}年": "上年"},
    )
    [draft] = drafts(
        sheet(
            TITLE,
            ["地名", "2021年", None, "2022年", None],
            [None, "户数", "面积（亩）", "户数", "面积（亩）"],
            ["高山", 11, 3, 12, 4],
            merged="A2:A3 B2:C2 D2:E2",
        ),
        form,
    )

    assert rows(draft, "place", "households", "area_mu") == [("高山", 12, 4)]


def test_the_last_year_fills_a_field_of_its_own() -> None:
    form = contract(
        columns=MOST | {"households": ["{year}年末"], "area_mu": ["{last_year}年末"]}, units={"area_mu": "亩"}
    )
    [draft] = drafts(sheet(TITLE, ["地名", "2021年末", "2022年末"], ["高山", 11, 12]), form)

    assert rows(draft, "place", "households", "area_mu") == [("高山", 12, 11)]


def test_a_month_and_a_day_are_known_with_and_without_zeros() -> None:
    form = contract(
        columns=MOST | {"households": ["{year}年{month}月{day}日户数"]}, cadence="month", period="date"
    )
    [draft] = drafts(
        sheet(TITLE, ["地名", "2022年06月30日户数"], ["高山", 12]), form, file_name="20220630.xlsx"
    )
    assert rows(draft) == [("高山", 12)]


def test_indicators_that_run_down_may_have_the_period_in_their_name() -> None:
    form = contract(
        columns=MOST | {"households": ["{year}年末户数"], "area_mu": ["{last_year}年末面积"]},
        ignored_columns={"{last_year}年末户数": "上年"},
        workbook={
            "shape": "form",
            "value_column": ["数量"],
            "lines": {"place": ["地名"]},
            "unit_column": ["单位"],
        },
    )
    [draft] = drafts(
        sheet(
            TITLE,
            ["地名：高山"],
            ["指标", "单位", "数量"],
            ["2021年末户数", "户", 11],
            ["2022年末户数", "户", 12],
            ["2021年末面积", "亩", 3],
        ),
        form,
    )
    assert rows(draft, "place", "households", "area_mu") == [("高山", 12, 3)]


def test_cells_of_a_refused_column_are_accounted_for() -> None:
    draft = of_quarter(quarterly("{year}年{quarter}季度"), "2016年一季度", "2016年二季度")
    assert sum(draft.sheets[0].classes.values()) == draft.sheets[0].read_cells


def down(*body: list[Cell], **terms: Any) -> Draft:
    """A form whose indicators run down, of two value columns."""
    form = contract(
        columns=MOST | {"households": ["户数"]},
        workbook={
            "shape": "form",
            "value_column": ["{year}年"],
            "lines": {"place": ["地名"]},
            "unit_column": ["单位"],
        },
        **terms,
    )
    [draft] = drafts(sheet(TITLE, ["地名：高山"], *body), form)
    return draft


def test_a_value_column_may_be_headed_by_the_period() -> None:
    body: list[list[Cell]] = [["指标", "单位", "2021年", "2022年"], ["户数", "户", 11, 12]]

    assert rows(down(*body, ignored_columns={"{last_year}年": "上年"})) == [("高山", 12)]
    assert rules(down(*body)) == [("period_mismatch", "C3")]
    assert rules(down(["指标", "单位", "2022年", "2021年"], ["户数", "户", 12, 11])) == [
        ("period_mismatch", "D3")
    ]


def test_an_indicator_of_another_period_is_a_mismatch() -> None:
    form = contract(
        columns=MOST | {"households": ["{year}年末户数"]},
        workbook={"shape": "form", "value_column": ["数量"], "lines": {"place": ["地名"]}},
    )
    [draft] = drafts(
        sheet(TITLE, ["地名：高山"], ["指标", "数量"], ["2022年末户数", 12], ["2021年末户数", 11]), form
    )
    assert rules(draft) == [("period_mismatch", "A5")]
