"""Check results as Dagster shows them: an asset check a rule, or a kind of rule over the fields of a table.

Put here: which results one asset check shows, with counts that plot and tables of rows. Keep out: rules, and what
breaks them; load records, alerts and scores count rule by rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import dagster as dg

from pipelines.assets.tables import markdown
from schemas.check_result import MERGED, CheckResult, Finding, percent
from warehouse.checks.table_check import TableCheck
from warehouse.reports.quality.failing import all_rows_sql, severity_word

SHOWN_FINDINGS = 50
_Rule = TypeVar("_Rule", bound=CheckResult | TableCheck)
_SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def check_specs(asset: dg.AssetKey, checks: Iterable[CheckResult | TableCheck]) -> list[dg.AssetCheckSpec]:
    """Define the asset checks of an asset that results of these checks are shown in."""
    return [_spec(asset, name, rules) for name, rules in _by_name(checks).items()]


def asset_check_results(
    asset: dg.AssetKey, checks: Iterable[CheckResult], files: Mapping[str, str]
) -> Iterator[dg.AssetCheckResult]:
    """Report the checks of an asset: counts are numbers, so that the UI plots them; rows show as a table.

    files: of deliveries, folder and name by id.
    """
    for name, rules in _by_name(checks).items():
        if rules[0].merged_into:
            yield _merged_result(asset, name, rules, files)
        else:
            yield _result(asset, rules[0], files)


def describe_failure(check: CheckResult, files: Mapping[str, str]) -> str:
    """Say what breaks a rule, by the first row: its file, cells, key and the values compared; nothing personal is in it."""
    if not check.findings:
        return check.message
    first = check.findings[0]
    file = files.get(first.delivery_id or "", first.delivery_id or "")
    place = " ".join(filter(None, [file, first.sheet_name, first.cells]))
    return f"{check.failed_rows:,} 行，如 {'：'.join(filter(None, [place, first.evidence]))}"


def _by_name(checks: Iterable[_Rule]) -> dict[str, list[_Rule]]:
    """Group rules by the asset check that shows them."""
    by_name: dict[str, list[_Rule]] = {}
    for check in checks:
        by_name.setdefault(check.merged_into or check.name, []).append(check)
    return by_name


def _spec(asset: dg.AssetKey, name: str, rules: Sequence[CheckResult | TableCheck]) -> dg.AssetCheckSpec:
    first = rules[0]
    metadata: dict[str, Any] = {"kind": first.kind}
    if first.merged_into:
        title = "\n".join([MERGED[name], "", *(f"- {rule.title}" for rule in rules)])
        metadata |= {"rules": len(rules)}
    else:
        title = first.title
        metadata |= {"importance": first.importance, "missing": first.missing}
    return dg.AssetCheckSpec(
        name,
        asset=asset,
        description=title,
        blocking=any(rule.blocking for rule in rules),
        metadata=metadata,
    )


def _result(asset: dg.AssetKey, check: CheckResult, files: Mapping[str, str]) -> dg.AssetCheckResult:
    metadata: dict[str, Any] = {
        "title": check.title,
        "failed_rows": check.failed_rows,
        "checked_rows": check.checked_rows,
        "failed_percent": check.failed_percent,
    }
    if check.findings:
        metadata["findings"] = dg.MetadataValue.md(_table(check.findings, files))
        metadata["all_findings"] = all_rows_sql(check)
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=check.name,
        passed=check.passed,
        severity=_SEVERITY[check.severity or "warn"],
        description=describe_failure(check, files) or None,
        metadata=metadata,
    )


def _merged_result(
    asset: dg.AssetKey, name: str, rules: Sequence[CheckResult], files: Mapping[str, str]
) -> dg.AssetCheckResult:
    """Report the rules of one check: its severity is their worst, each by its own threshold."""
    first, broken = rules[0], [rule for rule in rules if rule.failed_rows]
    severities = {rule.severity for rule in rules}
    metadata: dict[str, Any] = {
        "title": MERGED[name],
        "failed_rows": first.merged_failed_rows,
        "checked_rows": first.checked_rows,
        "failed_percent": percent(first.merged_failed_rows, first.checked_rows),
        "failed_rules": sum(not rule.passed for rule in rules),
    }
    if broken:
        metadata["broken_rules"] = dg.MetadataValue.md(_rules_table(broken))
        metadata["all_findings"] = all_rows_sql(*broken)
    if any(rule.findings for rule in broken):
        findings = "\n\n".join(
            f"**{rule.title}**\n\n{_table(rule.findings, files)}" for rule in broken if rule.findings
        )
        metadata["findings"] = dg.MetadataValue.md(findings)
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=severities == {None},
        severity=_SEVERITY["error" if "error" in severities else "warn"],
        description="；".join(filter(None, (describe_failure(rule, files) for rule in broken))) or None,
        metadata=metadata,
    )


def _rules_table(broken: Sequence[CheckResult]) -> str:
    return markdown(
        ("规则", "检查", "程度", "违反行数", "%"),
        (
            (
                rule.title,
                rule.name,
                "通过" if rule.passed else severity_word(rule.severity, blocking=rule.blocking),
                rule.failed_rows,
                rule.failed_percent,
            )
            for rule in broken
        ),
    )


def _table(findings: tuple[Finding, ...], files: Mapping[str, str]) -> str:
    return markdown(
        ("文件", "工作表", "行", "单元格", "依据", "报送编号"),
        (
            (
                files.get(f.delivery_id or "", ""),
                f.sheet_name or "",
                f.sheet_row or "",
                f.cells or "",
                f.evidence,
                f.delivery_id or "",
            )
            for f in findings[:SHOWN_FINDINGS]
        ),
    )
