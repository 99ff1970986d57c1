"""Headings, units of measure and codes of a printed table."""

import pytest

from tests.sources.drafting.sheets import draft, part, shown
from tests.sources.grid import Cell

ROWS: list[list[Cell]] = [["东村", 12, 30.5], ["西村", 7, 21]]


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("面积（亩）", "亩"), ("面积/亩", "亩"), ("面积,亩", "亩"), ("亩产（公斤/亩）", "公斤/亩"), ("价格(元/公斤)", "元/公斤"),
        ("覆盖率%", "%"), ("面积（单位：亩）", "亩"), ("发电量（万千瓦时）", "万千瓦时"), ("面积(中稻)", None),
    ],
)  # fmt: skip
def test_the_unit_is_read_where_a_heading_prints_it(printed: str, unit: str | None) -> None:
    form = draft(["村情况表"], ["村名", "户数（户）", printed], *ROWS)

    assert form.fields[2].column.unit == unit


def test_the_row_of_units_counts_before_what_a_heading_says() -> None:
    form = draft(["村情况表"], ["村名", "户数", "产量"], ["计量单位", "户", "公斤"], *ROWS)

    assert [(p.column.unit, p.doubts) for p in form.fields[1:]] == [("户", {}), ("公斤", {})]


def test_the_line_over_the_table_gives_the_unit_of_what_it_fits() -> None:
    form = draft(["收入表"], [None, None, "单位：万元"], ["村名", "户数", "总收入"], *ROWS)

    assert part(form, "总收入").column.unit == "万元"
    assert "unit" not in part(form, "总收入").doubts
    assert "与表头不合" in part(form, "户数").doubts["unit"]


def test_a_line_of_several_units_is_unsure_unless_the_heading_decides() -> None:
    form = draft(["劳动力表"], [None, None, "单位：人、元"], ["村名", "从业人数", "月收入500元以下"], *ROWS)

    assert (part(form, "从业人数").column.unit, part(form, "从业人数").doubts) == ("人", {})
    assert "unit" in part(form, "月收入500元以下").doubts


@pytest.mark.parametrize("unit", ["盏", "kg"])
def test_a_unit_that_the_program_does_not_know_is_kept_and_marked(unit: str) -> None:
    form = draft(["路灯表"], ["村名", "户数（户）", f"路灯（{unit}）"], *ROWS)

    assert form.fields[2].column.unit == unit
    assert f"“{unit}”" in form.fields[2].doubts["unit"]


def test_a_short_aside_that_may_be_a_unit_is_marked() -> None:
    assert "“挺”" in draft(["表"], ["村名", "户数（户）", "喷枪（挺）"], *ROWS).fields[2].doubts["unit"]


def test_a_unit_on_a_line_of_its_own_is_marked_as_reading_will_miss_it() -> None:
    column = draft(["表"], ["村名", "户数（户）", "面积\n亩"], *ROWS).fields[2]

    assert (column.column.unit, "unit" in column.doubts) == ("亩", True)


def test_headings_carry_their_groups_without_numbering() -> None:
    form = draft(
        ["耕地表"],
        ["村名", "一、耕地（亩）", None],
        [None, "1、水田", "2、旱地"],
        *ROWS,
        merged="A2:A3 B2:C2",
    )

    assert list(shown(form)) == ["村名", "耕地/水田", "耕地/旱地"]
    assert part(form, "耕地/旱地").column.unit == "亩"


@pytest.mark.parametrize("years", [(2014, 2015, 2016), ("2014", "2015", "2016")])
def test_years_are_headings_and_no_codes(years: tuple[Cell, ...]) -> None:
    form = draft(
        ["表"], ["地区", "产量（吨）", None, None], [None, *years], ["东镇", 1, 2, 3], merged="A2:A3 B2:D2"
    )

    assert [p.headings for p in form.fields[1:]] == [["产量/2014"], ["产量/2015"], ["产量/2016"]]
    assert {p.column.unit for p in form.fields[1:]} == {"吨"}


def test_codes_are_known_beside_headings() -> None:
    form = draft(["表"], ["村名", "户数（户）", "面积（亩）"], ["代码", "01", "02"], *ROWS)

    assert part(form, "面积").headings == ["面积", "02"]


def test_a_code_that_stands_twice_is_not_used() -> None:
    form = draft(["表"], ["村名", "户数（户）", "面积（亩）"], ["代码", "52", "52"], *ROWS)

    assert part(form, "面积").headings == ["面积"]
    assert "52" in part(form, "面积").doubts["heading"]


def test_headings_that_are_the_same_are_told_apart_by_their_unit() -> None:
    form = draft(["表"], ["村名", "芹菜", None], ["单位", "亩", "吨"], *ROWS, merged="B2:C2")

    assert [p.headings for p in form.fields[1:]] == [["芹菜/亩"], ["芹菜/吨"]]


def test_the_same_columns_side_by_side_are_drafted_once() -> None:
    header: list[Cell] = ["村名", "户数（户）"]
    form = draft(["表"], header * 2, ["东村", 1, "西村", 2])

    assert [p.name for p in form.read_fields] == ["village_code", "households"]
