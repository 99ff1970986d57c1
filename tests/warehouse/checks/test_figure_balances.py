"""Relations that are declared between figures: which figures break them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from schemas.check_result import CheckResult
from tests.district import CATALOGUE, INDICATORS

Row = dict[str, Any]
RunCheck = Callable[..., CheckResult]


def figures(period: str = "2022", **values: int) -> list[Row]:
    return [
        {"indicator_code": code, "division_code": "140214000000", "period": period, "basis": "period"}
        | {"value": Decimal(value)}
        for code, value in values.items()
    ]


def failed(run_check: RunCheck, name: str, rows: list[Row]) -> int:
    return run_check(name, mart_figure=rows).failed_rows


@pytest.mark.parametrize("name", CATALOGUE.figure_balances)
def test_a_relation_is_between_indicators_of_one_unit(name: str) -> None:
    codes = CATALOGUE.figure_balances[name].relation.codes
    assert len({INDICATORS[code].unit for code in codes} - {"份", "人", "名"}) <= 1


def test_a_part_above_its_whole_is_found_with_both_figures(run_check: RunCheck) -> None:
    result = run_check(
        "party_groups_within_grids", mart_figure=figures(grid_party_group_count=9, grid_count=8)
    )
    assert (result.failed_rows, result.severity) == (1, "error")
    assert result.findings[0].evidence == (
        "division_code=140214000000，period=2022，basis=period，grid_party_group_count=9.0000，grid_count=8.0000"
    )


def test_figures_of_different_periods_are_not_held_together(run_check: RunCheck) -> None:
    rows = figures("2021", grid_party_group_count=9) + figures("2022", grid_count=8)
    assert failed(run_check, "party_groups_within_grids", rows) == 0


def test_a_part_may_be_all_of_it(run_check: RunCheck) -> None:
    assert (
        failed(run_check, "party_groups_within_grids", figures(grid_party_group_count=8, grid_count=8)) == 0
    )


def test_parts_that_are_not_there_count_as_nothing_where_the_relation_says_so(run_check: RunCheck) -> None:
    assert failed(run_check, "village_class_adds_up", figures(village_classified_count=5)) == 1
    rows = figures(village_classified_count=5, village_class_other_count=2, village_class_suburban_count=3)
    assert failed(run_check, "village_class_adds_up", rows) == 0


def test_what_would_publish_a_wrong_sum_blocks(run_check: RunCheck) -> None:
    assert run_check("village_class_adds_up", mart_figure=figures(village_classified_count=5)).blocking
