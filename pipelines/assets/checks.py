"""Check results as Dagster shows them: one asset check per rule, with a stable name and plottable counts."""

from typing import Any

import dagster as dg

from pipelines.assets.tables import markdown
from schemas.check_result import CheckResult, Finding
from warehouse.checks.table_check import TableCheck
from warehouse.reports.quality.failing import all_rows_sql

SHOWN_FINDINGS = 50
_SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def check_spec(asset: dg.AssetKey, check: CheckResult | TableCheck) -> dg.AssetCheckSpec:
    """Define the asset check that results of this check belong to."""
    return dg.AssetCheckSpec(
        check.name,
        asset=asset,
        description=check.title,
        blocking=check.blocking,
        metadata={"kind": check.kind, "importance": check.importance, "missing": check.missing},
    )


def asset_check_result(asset: dg.AssetKey, check: CheckResult) -> dg.AssetCheckResult:
    """Report a check: counts are numbers, so that the UI plots them; what broke the rule shows as a table."""
    metadata: dict[str, Any] = {
        "title": check.title,
        "failed_rows": check.failed_rows,
        "checked_rows": check.checked_rows,
        "failed_percent": check.failed_percent,
    }
    if check.findings:
        metadata["findings"] = dg.MetadataValue.md(_table(check.findings))
        metadata["all_findings"] = all_rows_sql(check)
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=check.name,
        passed=check.passed,
        severity=_SEVERITY[check.severity or "warn"],
        description=check.message or None,
        metadata=metadata,
    )


def _table(findings: tuple[Finding, ...]) -> str:
    return markdown(
        ("报送编号", "工作表", "行", "单元格", "依据"),
        (
            (f.delivery_id or "", f.sheet_name or "", f.sheet_row or "", f.cells or "", f.evidence)
            for f in findings[:SHOWN_FINDINGS]
        ),
    )
