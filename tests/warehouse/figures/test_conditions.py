"""Conditions of a county's own indicators are tried before a load."""

from dataclasses import replace

import pytest

from schemas.indicator import Indicator, Term
from tests.district import CATALOGUE
from warehouse.figures.conditions import wrong_conditions


def faults(where: str, column: str = "households") -> list[str]:
    """What is wrong with an indicator of a county that counts grids."""
    own = Indicator(
        "own_grids", "某网格", "some grids", "个", "stock", "某些网格", Term("fact_grid", "sum", column, where=where),
        chapter="党建与治理", source="表式说明", form="网格划分台账",
    )  # fmt: skip
    return list(wrong_conditions(replace(CATALOGUE, indicators=CATALOGUE.indicators | {own.code: own})))


@pytest.mark.parametrize(
    "where", ["true", "households > 300 and grid_name like '%里'", "has_party_group is null"]
)
def test_a_condition_on_columns_of_the_fact_is_understood(where: str) -> None:
    assert faults(where) == []


@pytest.mark.parametrize(
    "where",
    ["house > 3", "households >", "true) from fact_grid; drop table fact_grid; select (1", "户数 > 3"],
)
def test_any_other_is_named_with_the_columns_that_there_are(where: str) -> None:
    [fault] = faults(where)
    assert fault.startswith(f"指标 own_grids 的 value 不能计算：“{where}”应为 SQL 条件，可用的字段有 ")
    assert "、households、" in fault


def test_the_samples_own_indicators_can_be_computed() -> None:
    assert list(wrong_conditions(CATALOGUE)) == []
