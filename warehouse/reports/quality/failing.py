"""Failing checks by severity, each with the rows that break it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.check_result import CheckResult, Finding
from schemas.thresholds import Severity
from warehouse.reports.quality.all_rows import findings_sql, rejected_rows_sql
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed

IMPORTANCE = {"high": "高", "normal": "中", "low": "低"}
HIDDEN = "（表内有个人信息，不显示数值）"


@dataclass(frozen=True)
class FailedRow:
    """A row that breaks a rule: its place and the evidence. other_place: of the row it was compared with."""

    file: str
    period: str
    sheet: str
    cells: str
    evidence: str
    other_place: str


@dataclass(frozen=True)
class Failing:
    """A failing check. severity_word: its severity in Chinese. percent: failed rows of the rows checked."""

    severity_word: str
    title: str
    table: str
    importance: str
    failed_rows: int
    checked_rows: int
    percent: float
    rows: Listed


def without_values(
    checks: Sequence[CheckResult], deliveries: Mapping[str, DeliveryLine], personal_tables: frozenset[str]
) -> list[CheckResult]:
    """Hide the evidence of findings in personal tables, and leave their places.

    Findings of row rules and layout have no values: their evidence is kept. deliveries: by delivery_id.
    """
    return [
        check
        if check.kind in ("row_rule", "layout")
        else replace(
            check,
            findings=tuple(
                replace(finding, evidence=HIDDEN)
                if _table_of(finding, check, deliveries) in personal_tables
                else finding
                for finding in check.findings
            ),
        )
        for check in checks
    ]


def failing_of(checks: Sequence[CheckResult], deliveries: Mapping[str, DeliveryLine]) -> tuple[Failing, ...]:
    """List failing checks: blocking errors, errors, warnings; in each by importance, then by failed rows."""
    return tuple(
        Failing(
            severity_word=failing_word(check),
            title=check.title,
            table=check.table,
            importance=IMPORTANCE[check.importance],
            failed_rows=check.failed_rows,
            checked_rows=check.checked_rows,
            percent=check.failed_percent,
            rows=_rows(check, deliveries),
        )
        for check in gravest_first(checks)
    )


def gravest_first(checks: Iterable[CheckResult]) -> list[CheckResult]:
    """List the failing checks: by severity, importance, then failed rows."""
    return sorted((check for check in checks if not check.passed), key=_rank)


def severity_word(severity: Severity | None, *, blocking: bool) -> str:
    """Give the severity of a failing check in Chinese."""
    if severity == "error":
        return "阻断发布" if blocking else "未通过"
    return "提醒"


def all_rows_sql(*checks: CheckResult) -> str:
    """Write the query for all rows that break a check, or several of a table; findings are up to a thousand a check."""
    names = [check.name for check in checks]
    if checks[0].kind in ("row_rule", "layout"):
        return rejected_rows_sql(checks[0].table.removeprefix("staged_"), *names)
    return findings_sql(*names)


def place_of(finding: Finding, deliveries: Mapping[str, DeliveryLine]) -> FailedRow:
    """Write the place of a finding in words: file, period, sheet and cells. deliveries: by delivery_id."""
    delivery = deliveries.get(finding.delivery_id or "")
    other = deliveries.get(finding.other_delivery_id or "")
    other_file = other.file if other else finding.other_delivery_id or ""
    return FailedRow(
        file=delivery.file if delivery else finding.delivery_id or "",
        period=finding.period or (delivery.period if delivery else ""),
        sheet=finding.sheet_name or "",
        cells=finding.cells or (f"第 {finding.sheet_row} 行" if finding.sheet_row else ""),
        evidence=finding.evidence,
        other_place=f"{other_file} {finding.other_cells or ''}".strip(),
    )


def failing_word(check: CheckResult) -> str:
    """Give the gravity of a failing check in a word."""
    return severity_word(check.severity, blocking=check.blocking)


def _rows(check: CheckResult, deliveries: Mapping[str, DeliveryLine]) -> Listed:
    rows = [place_of(finding, deliveries) for finding in check.findings]
    return listed(rows, all_rows_sql(check), check.failed_rows)


def _table_of(finding: Finding, check: CheckResult, deliveries: Mapping[str, DeliveryLine]) -> str:
    """Give the staged table of a finding's delivery; without one, the check's table without its layer."""
    delivery = deliveries.get(finding.delivery_id or "")
    return delivery.table if delivery else check.table.partition("_")[2]


def _rank(check: CheckResult) -> tuple[int, int, int, str, str]:
    """Give the key by which failing checks are sorted: severity, importance, failed rows, table and name."""
    severity = ("阻断发布", "未通过", "提醒").index(failing_word(check))
    return severity, list(IMPORTANCE).index(check.importance), -check.failed_rows, check.table, check.name
