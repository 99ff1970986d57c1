"""Results of checks and their findings, as `dq_check_result`, `dq_finding` and the Dagster UI show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from schemas.balance import Missing
from schemas.thresholds import Importance, Severity

MERGED = {
    "cells_readable": "行与单元格应读得出规定的值",
    "rows_visible": "行不应隐藏、筛选掉或划去",
    "required_filled": "必填的项应有值",
    "places_known": "地名应在区划名录中",
    "values_in_domain": "所填的值应在规定的取值、格式、范围之内",
    "references": "所引的编码应见于所引的表",
}
"""Checks of the UI that several rules of a table are shown in, with what they ask together."""

Kind = Literal[
    "row_rule", "layout", "shape", "key", "reference", "reconciliation", "completeness", "plausibility"
]


@dataclass(frozen=True)
class Finding:
    """One row that breaks a rule, and its place; what is not known of the place is empty or None.

    fields: those that the rule compares, `;` between. cells: their addresses, `、` between. evidence: the
    values that the rule compared, as `name=value，…`; nothing in it is personal. other_delivery_id,
    other_cells: the row that it was compared with, where it was a single one.
    """

    delivery_id: str | None
    period: str | None
    sheet_name: str | None
    sheet_row: int | None
    fields: str | None
    cells: str | None
    evidence: str
    other_delivery_id: str | None = None
    other_cells: str | None = None


@dataclass(frozen=True)
class CheckResult:
    """The result of one check on one table in one load.

    name: stable, `[A-Za-z0-9_]`, without thresholds. failed_rows of checked_rows broke the rule. severity: by the
    rule's threshold; None where the check passed. blocking: nothing is published where it is error. findings: the
    first of the failed rows. merged_into: the check of MERGED that the UI shows it in; None where it is shown by
    itself. merged_failed_rows: the rows that break any rule of that check, each counted once.
    """

    name: str
    table: str
    kind: Kind
    title: str
    importance: Importance
    blocking: bool
    failed_rows: int
    checked_rows: int
    severity: Severity | None
    missing: Missing = "never_skip"
    message: str = ""
    findings: tuple[Finding, ...] = ()
    merged_into: str | None = None
    merged_failed_rows: int = 0

    @property
    def passed(self) -> bool:
        """Whether the failed rows exceed no level."""
        return self.severity is None

    @property
    def failed_percent(self) -> float:
        """Failed rows in percent of those checked."""
        return percent(self.failed_rows, self.checked_rows)


def count_outcomes(severities: Iterable[Severity | None]) -> dict[str, int]:
    """Count results of checks as loads and versions show them: passed, warned, and failed, which is of severity error."""
    counts = Counter(severities)
    return {"passed": counts[None], "warned": counts["warn"], "failed": counts["error"]}


def percent(failed_rows: int, checked_rows: int) -> float:
    """Give failed rows in percent of those checked; 100 where rows failed and none is counted as checked."""
    share = 100 * failed_rows / checked_rows if checked_rows else 100.0
    return round(share, 4) if failed_rows else 0.0
