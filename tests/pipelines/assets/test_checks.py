"""Asset checks that show several rules of a table: each rule by its own threshold, rows counted once."""

from typing import Any

import dagster as dg

from pipelines.assets.checks import asset_check_results, check_specs
from schemas.check_result import CheckResult, Finding
from tests.district import check_result

ASSET = dg.AssetKey(["staging", "t"])


def required(field: str, failed_rows: int, *findings: Finding, **changes: Any) -> CheckResult:
    """A rule of a field among 1,000 rows; of the merged check 8 rows are broken."""
    plain: dict[str, Any] = {
        "name": f"{field}__required", "table": "staged_t", "kind": "row_rule", "title": f"“{field}”不应为空",
        "importance": "normal", "blocking": False, "failed_rows": failed_rows, "checked_rows": 1_000,
        "findings": findings, "merged_into": "required_filled", "merged_failed_rows": 8,
    }  # fmt: skip
    return check_result(**(plain | changes))


def finding(row: int) -> Finding:
    return Finding("d1", "2022-Q4", "Sheet1", row, "a", f"A{row}", f"第 {row} 行为空")


def only(checks: list[CheckResult]) -> dg.AssetCheckResult:
    (result,) = asset_check_results(ASSET, checks, {"d1": "高山镇/表.xlsx"})
    return result


def table(result: dg.AssetCheckResult, name: str) -> str:
    value = result.metadata[name].value
    assert isinstance(value, str)
    return value


def test_rules_of_the_same_kind_are_one_check_that_lists_them() -> None:
    of_row = required("row", 0, name="row__adds_up", title="各项之和应等于合计", merged_into=None)
    filled, adds_up = check_specs(ASSET, [required("a", 0), required("b", 0), of_row])
    assert (filled.name, adds_up.name) == ("required_filled", "row__adds_up")
    assert filled.description == "必填的项应有值\n\n- “a”不应为空\n- “b”不应为空"
    assert adds_up.description == "各项之和应等于合计"


def test_eight_fields_with_a_few_broken_rows_each_are_a_warning_not_an_error() -> None:
    few = [required(field, 6) for field in "abcdefgh"]
    assert {check.severity for check in few} == {"warn"}
    assert required("together", 48).severity == "error"
    result = only(few)
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.WARN)


def test_the_severity_is_that_of_the_worst_rule() -> None:
    result = only([required("a", 1), required("b", 900), required("c", 0)])
    assert (result.passed, result.severity) == (False, dg.AssetCheckSeverity.ERROR)


def test_a_check_of_which_every_rule_holds_passes() -> None:
    result = only([required("a", 0, merged_failed_rows=0), required("b", 0, merged_failed_rows=0)])
    assert result.passed
    assert result.metadata["failed_rows"].value == 0
    assert not {"broken_rules", "findings", "all_findings"} & result.metadata.keys()


def test_failed_rows_are_counted_once_and_rules_each_by_its_own() -> None:
    result = only([required("a", 6), required("b", 5), required("c", 0)])
    counts = [result.metadata[name].value for name in ("failed_rows", "checked_rows", "failed_rules")]
    assert counts == [8, 1_000, 2]
    assert result.metadata["failed_percent"].value == 0.8
    assert table(result, "broken_rules").splitlines()[2:] == [
        "| “a”不应为空 | a__required | 提醒 | 6 | 0.6 |",
        "| “b”不应为空 | b__required | 提醒 | 5 | 0.5 |",
    ]


def test_each_rule_keeps_fifty_rows_of_its_own() -> None:
    rows = [finding(row) for row in range(1, 61)]
    shown = table(only([required("a", 60, *rows), required("b", 1, finding(99))]), "findings")
    assert (shown.count("| 高山镇/表.xlsx |"), "A50" in shown, "A51" in shown, "A99" in shown) == (
        51,
        True,
        False,
        True,
    )
    assert shown.index("**“a”不应为空**") < shown.index("A50") < shown.index("**“b”不应为空**")


def test_all_rows_of_the_broken_rules_are_one_query() -> None:
    result = only([required("a", 6), required("b", 5), required("c", 0)])
    assert table(result, "all_findings") == (
        "select * from dq_rejected_row where staged_table = 't' and rule in ('a__required', 'b__required')"
    )


def test_a_merged_check_of_which_any_rule_blocks_is_blocking() -> None:
    loose, strict = required("a", 0), required("b", 0, blocking=True)
    assert [spec.blocking for spec in check_specs(ASSET, [loose, strict])] == [True]


def test_a_failed_check_names_file_cell_key_and_the_values_compared() -> None:
    both = "销售收入与产值之比应在三倍以内（现为 企业代码“甲”、销售收入“12”、产值“3”）"
    broken = Finding("d1", "2022-Q4", "Sheet1", 6, "sales", "G6", both)
    result = only([required("a", 7, broken, merged_into=None)])
    assert result.description == f"7 行，如 高山镇/表.xlsx Sheet1 G6：{both}"
