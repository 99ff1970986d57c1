"""Check results and their findings as frames, for tables of the warehouse and for files beside it."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import polars as pl

from schemas.check_result import CheckResult, Finding
from schemas.field import polars_schema
from schemas.tables.source import SourceCheckResult, SourceFinding
from schemas.thresholds import Severity

CHECKS, FINDINGS = "check_result.parquet", "finding.parquet"


def check_frame(checks: Sequence[CheckResult]) -> pl.DataFrame:
    """Lay out check results as rows of `source_check_result`."""
    rows = [
        {
            "table_name": check.table,
            "check_name": check.name,
            "kind": check.kind,
            "title": check.title,
            "importance": check.importance,
            "severity": check.severity,
            "missing": check.missing,
            "is_blocking": check.blocking,
            "is_passed": check.passed,
            "failed_rows": check.failed_rows,
            "checked_rows": check.checked_rows,
            "failed_pct": Decimal(repr(check.failed_percent)),
            "message": check.message,
            "merged_into": check.merged_into,
            "merged_failed_rows": check.merged_failed_rows,
        }
        for check in checks
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceCheckResult))


def finding_frame(checks: Sequence[CheckResult]) -> pl.DataFrame:
    """Lay out the findings of checks as rows of `source_finding`."""
    rows = [
        {
            "table_name": check.table,
            "check_name": check.name,
            "finding_number": number,
            "title": check.title,
            "severity": check.severity,
        }
        | asdict(finding)
        for check in checks
        for number, finding in enumerate(check.findings, start=1)
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceFinding))


def read_severities(folder: Path) -> list[Severity | None]:
    """Read the severities that checks had when their results were written into a folder; None of those that passed."""
    return pl.read_parquet(folder / CHECKS, columns=["severity"])["severity"].to_list()


def write_checks(folder: Path, checks: Sequence[CheckResult]) -> None:
    """Write check results and findings into a folder, in the order of their names. Raises OSError."""
    write_check_frames(folder, check_frame(checks), finding_frame(checks))


def write_check_frames(folder: Path, checks: pl.DataFrame, findings: pl.DataFrame) -> None:
    """Write rows of `source_check_result` and `source_finding` into a folder, in the order of their keys. Raises OSError."""
    checks.sort("table_name", "check_name").write_parquet(folder / CHECKS)
    findings.sort("table_name", "check_name", "finding_number").write_parquet(folder / FINDINGS)


def read_checks(folder: Path) -> list[CheckResult]:
    """Read the check results and findings that `write_checks` wrote. Raises OSError."""
    findings: dict[tuple[str, str], list[Finding]] = {}
    for row in pl.read_parquet(folder / FINDINGS).drop("finding_number", "title", "severity").to_dicts():
        key = row.pop("table_name"), row.pop("check_name")
        findings.setdefault(key, []).append(Finding(**row))
    attributes = {"table_name": "table", "check_name": "name", "is_blocking": "blocking"}
    checks = pl.read_parquet(folder / CHECKS).drop("is_passed", "failed_pct").rename(attributes)
    return [
        CheckResult(**row, findings=tuple(findings.get((row["table"], row["name"]), ())))
        for row in checks.to_dicts()
    ]
