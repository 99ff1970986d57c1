"""Types of columns: by unit of measure, then words, then values."""

import pytest

from tests.sources.drafting.sheets import draft
from tests.sources.grid import Cell


def drafted(heading: str, *values: Cell) -> tuple[str, set[str]]:
    """Type of a column under a heading, and what of it is unsure, but for its name."""
    rows = [[f"{place}村", value] for place, value in zip("东西南北中", values, strict=False)]
    field = draft(["表"], ["村名", heading], *rows, ["单位负责人"]).fields[1]
    return field.type, field.doubts.keys() - {"name"}


@pytest.mark.parametrize(
    ("heading", "type_"),
    [
        ("户数（户）", "count"), ("游客（人次）", "count"), ("存栏（头）", "count"), ("植树（百株）", "number"),
        ("产值（万元）", "yuan"), ("单价（元/公斤）", "number"), ("覆盖率（%）", "pct"), ("面积（亩）", "number"),
        ("产量（吨）", "number"), ("比值（倍）", "number"),
    ],
)  # fmt: skip
def test_the_unit_decides(heading: str, type_: str) -> None:
    assert drafted(heading, 1, 2) == (type_, set())


def test_fractions_of_what_is_counted_are_a_doubt() -> None:
    assert drafted("户数（户）", 1, 2, 3.5, 4, 5) == ("count", {"type"})


def test_percents_beyond_a_hundred_are_numbers() -> None:
    assert drafted("完成率（%）", 98, 120) == ("number", {"type"})


def test_words_under_a_unit_are_a_doubt() -> None:
    assert drafted("户数（户）", "很多", "不少") == ("count", {"type"})


@pytest.mark.parametrize(
    ("heading", "values", "type_"),
    [
        ("通自来水", ["是", "否"], "yes_no"),
        ("项目编码", ["A0001", "A0002"], "code"),
        ("成立日期", ["2016-01-02", "2017年3月4日"], "date"),
        ("主导产业", ["种植", "养殖"], "text"),
    ],
)
def test_values_decide_without_a_unit(heading: str, values: list[Cell], type_: str) -> None:
    assert drafted(heading, *values) == (type_, set())


def test_numbers_without_a_unit_are_unsure() -> None:
    assert drafted("厂房", 3, 4) == ("count", {"type"})


def test_a_code_that_is_kept_as_a_number_is_unsure() -> None:
    assert drafted("项目编码", 20160001, 20160002) == ("code", {"type"})


@pytest.mark.parametrize(
    ("heading", "type_"),
    [("是否通车", "yes_no"), ("开工日期", "date"), ("项目编号", "code"), ("项目类别", "text")],
)
def test_words_decide_on_a_blank_form(heading: str, type_: str) -> None:
    assert draft(["表"], ["村名", "户数（户）", heading], ["单位负责人"]).fields[2].type == type_
