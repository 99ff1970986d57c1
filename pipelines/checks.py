"""Check results as Dagster shows them: one asset check per rule, with a stable name and plottable counts."""

import dagster as dg

from schemas.check_result import CheckResult
from warehouse.table_checks import TableCheck

_SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def check_spec(asset: dg.AssetKey, check: CheckResult | TableCheck) -> dg.AssetCheckSpec:
    """The definition that results of this check belong to."""
    return dg.AssetCheckSpec(
        check.name,
        asset=asset,
        description=check.title,
        blocking=check.blocking,
        metadata={"kind": check.kind},
    )


def asset_check_result(asset: dg.AssetKey, check: CheckResult) -> dg.AssetCheckResult:
    """failed_rows and checked_rows are numbers, so that the UI plots them over time; the record of a load
    takes them and the title from here."""
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=check.name,
        passed=check.passed,
        severity=_SEVERITY[check.severity],
        description=check.message or None,
        metadata={
            "title": check.title,
            "failed_rows": check.failed_rows,
            "checked_rows": check.checked_rows,
        },
    )
