"""Results of checks and their findings, as `dq_check_result`, `dq_finding` and the Dagster UI show them."""

from dataclasses import dataclass
from typing import Literal

from schemas.balance import Missing
from schemas.thresholds import Importance, Severity, thresholds

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

    name: stable, `[A-Za-z0-9_]`, without thresholds. failed_rows of checked_rows broke the rule. blocking:
    nothing is published where the severity is error. findings: the first of the failed rows.
    """

    name: str
    table: str
    kind: Kind
    title: str
    importance: Importance
    blocking: bool
    failed_rows: int
    checked_rows: int
    missing: Missing = "never_skip"
    message: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> Severity | None:
        """Severity by the rule's threshold; None where the check passed."""
        threshold = thresholds().threshold_of(self.name, self.importance)
        return threshold.severity(self.failed_rows, self.checked_rows)

    @property
    def passed(self) -> bool:
        """Whether the failed rows exceed no level."""
        return self.severity is None

    @property
    def failed_percent(self) -> float:
        """Failed rows in percent of those checked; 100 where rows failed and none is counted as checked."""
        share = 100 * self.failed_rows / self.checked_rows if self.checked_rows else 100.0
        return round(share, 4) if self.failed_rows else 0.0
