"""The checks that do not hold, the gravest first, each with the rows that break it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.check_result import CheckResult, Finding
from schemas.thresholds import Severity
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed

IMPORTANCE = {"high": "高", "normal": "中", "low": "低"}
HIDDEN = "（表内有个人信息，不显示数值）"


@dataclass(frozen=True)
class FoundRow:
    """One row that breaks a rule: file, sheet, cell, what is wrong; other_place: of the row it was held against."""

    file: str
    period: str
    sheet: str
    cells: str
    told: str
    other_place: str


@dataclass(frozen=True)
class Failing:
    """severity_word: how grave it is. percent: of the rows checked."""

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
    """The same checks; findings in forms with personal fields say where they stand, and no more.

    Findings of row rules have no values: their words are kept.
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
    """Blocking errors, errors, warnings; in each those that most hangs on, then those that most rows broke."""
    failing = [check for check in checks if not check.passed]
    return tuple(
        Failing(
            severity_word=_word(check),
            title=check.title,
            table=check.table,
            importance=IMPORTANCE[check.importance],
            failed_rows=check.failed_rows,
            checked_rows=check.checked_rows,
            percent=check.failed_percent,
            rows=_rows(check, deliveries),
        )
        for check in sorted(failing, key=_gravity)
    )


def severity_word(severity: Severity | None, *, blocking: bool) -> str:
    """How grave a failing check is, for people."""
    if severity == "error":
        return "阻断发布" if blocking else "未通过"
    return "提醒"


def all_rows_sql(check: CheckResult) -> str:
    """Where all rows that break a check are found; findings are kept up to a thousand a check."""
    if check.kind in ("row_rule", "layout"):
        table = check.table.removeprefix("staged_")
        return f"select * from dq_rejected_row where staged_table = '{table}' and rule = '{check.name}'"
    return f"select * from dq_finding where check_name = '{check.name}'"


def place_of(finding: Finding, deliveries: Mapping[str, DeliveryLine]) -> FoundRow:
    """Where a finding stands, in words."""
    delivery = deliveries.get(finding.delivery_id or "")
    other = deliveries.get(finding.other_delivery_id or "")
    other_file = other.file if other else finding.other_delivery_id or ""
    return FoundRow(
        file=delivery.file if delivery else finding.delivery_id or "",
        period=finding.period or (delivery.period if delivery else ""),
        sheet=finding.sheet_name or "",
        cells=finding.cells or (f"第 {finding.sheet_row} 行" if finding.sheet_row else ""),
        told=finding.evidence,
        other_place=f"{other_file} {finding.other_cells or ''}".strip(),
    )


def _word(check: CheckResult) -> str:
    return severity_word(check.severity, blocking=check.blocking)


def _rows(check: CheckResult, deliveries: Mapping[str, DeliveryLine]) -> Listed:
    rows = [place_of(finding, deliveries) for finding in check.findings]
    return listed(rows, all_rows_sql(check), check.failed_rows)


def _table_of(finding: Finding, check: CheckResult, deliveries: Mapping[str, DeliveryLine]) -> str:
    """The staged table of a finding's delivery; where it names none, what its check's table is called after."""
    delivery = deliveries.get(finding.delivery_id or "")
    return delivery.table if delivery else check.table.partition("_")[2]


def _gravity(check: CheckResult) -> tuple[int, int, int, str, str]:
    graveness = ("阻断发布", "未通过", "提醒").index(_word(check))
    return graveness, list(IMPORTANCE).index(check.importance), -check.failed_rows, check.table, check.name
