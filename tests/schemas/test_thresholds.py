"""From how many broken rows on a rule warns, and from how many on it is an error."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.check_result import CheckResult
from schemas.thresholds import Level, Threshold, Thresholds
from tests.district import CATALOGUE, check_result
from warehouse.checks.table_checks import declared


def check(name: str = "some_rule", **fields: Any) -> CheckResult:
    plain: dict[str, Any] = {
        "table": "dim_date", "kind": "plausibility", "title": "规则", "importance": "normal", "blocking": False,
    }  # fmt: skip
    return check_result(name=name, **plain | fields)


@pytest.mark.parametrize(
    ("failed", "checked", "severity"),
    [(0, 1000, None), (1, 1000, "warn"), (10, 1000, "warn"), (11, 1000, "error"), (1, 1, "error")],
)
def test_a_normal_rule_warns_from_one_row_and_is_an_error_above_one_percent(
    failed: int, checked: int, severity: str | None
) -> None:
    result = check(failed_rows=failed, checked_rows=checked)
    assert (result.severity, result.passed) == (severity, severity is None)


@pytest.mark.parametrize(("importance", "severity"), [("high", "error"), ("low", "warn")])
def test_importance_decides_what_one_row_in_a_million_is(importance: str, severity: str) -> None:
    assert check(importance=importance, failed_rows=1, checked_rows=1_000_000).severity == severity


def test_a_rule_with_its_own_threshold_has_nothing_from_its_importance() -> None:
    rule = "loan_village_unknown"
    severities = [check(rule, failed_rows=rows, checked_rows=100).severity for rows in (30, 31, 60, 61)]
    assert severities == [None, "warn", "warn", "error"]


def test_rows_that_fail_where_none_were_checked_are_all() -> None:
    assert check(failed_rows=3, checked_rows=0).severity == "error"
    assert check(failed_rows=3, checked_rows=0).failed_percent == 100.0


def test_a_threshold_without_levels_never_speaks() -> None:
    assert Threshold().severity(10, 10) is None


def test_a_level_says_something() -> None:
    with pytest.raises(ValidationError, match="限度应写明 rows、percent 或两者"):
        Level()


def test_every_importance_has_a_threshold() -> None:
    with pytest.raises(ValidationError, match="缺少重要性 low、normal 的限度"):
        Thresholds(importance={"high": Threshold()})


def test_rules_with_thresholds_of_their_own_exist() -> None:
    assert CATALOGUE.thresholds.rule.keys() <= {check.name for check in declared(CATALOGUE)}
