"""Units of measure: one in another, and what does not go."""

from decimal import Decimal

import pytest

from schemas.field import columns
from sources.text.unit import dimension, factor, is_unit
from tests.district import STAGED


@pytest.mark.parametrize(
    ("stated", "wanted", "scale"),
    [
        ("万元", "元", "10000"),
        ("亿元", "元", "100000000"),
        ("百万元", "元", "1000000"),
        ("公顷", "亩", "15"),
        ("顷", "亩", "100"),
        ("千公顷", "亩", "15000"),
        ("公斤", "吨", "0.001"),
        ("斤", "吨", "0.0005"),
        ("万千瓦", "千瓦", "10000"),
        ("万千瓦时", "千瓦时", "10000"),
        ("百株", "株", "100"),
        ("万人次", "人次", "10000"),
        ("次", "次", "1"),
        ("万笔", "笔", "10000"),
        ("‰", "%", "0.1"),
        ("吨/亩", "公斤/亩", "1000"),
        ("万 元／人", "元/人", "10000"),
    ],
)
def test_one_in_the_other(stated: str, wanted: str, scale: str) -> None:
    assert factor(stated, wanted) == Decimal(scale)


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [("元", "亩"), ("头", "只"), ("公斤", "公斤/亩"), ("元/人", "元/亩"), ("美元", "元")],
)
def test_what_does_not_measure_the_same(stated: str, wanted: str) -> None:
    assert factor(stated, wanted) is None


def test_what_is_no_unit() -> None:
    assert not any(map(is_unit, ["户数", "千", "甲", "", "/", "元/"]))
    assert dimension(None) is None


def test_a_field_is_counted_in_a_unit_that_a_heading_may_say() -> None:
    units = {column.unit for table in STAGED.values() for column in columns(table) if column.unit}
    assert [unit for unit in sorted(units) if not is_unit(unit)] == []
