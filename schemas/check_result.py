"""The outcome of one check, as `dq_check_result` and the Dagster UI show it."""

from dataclasses import dataclass
from typing import Literal

from schemas.balance import Missing
from schemas.thresholds import Importance, Severity, thresholds

Kind = Literal[
    "row_rule", "layout", "shape", "key", "reference", "reconciliation", "completeness", "plausibility"
]


@dataclass(frozen=True)
class Finding:
    """One row that breaks a rule, and where it stands; what is not known of its place is empty or None.

    fields: those that the rule compares, `;` between. cells: their addresses, `、` between. evidence: what
    the rule saw, as `name=value，…`; nothing in it is personal. other_delivery_id, other_cells: the one row
    that it was held against, where there is one.
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
    """One check on one table in one load.

    name: stable, `[A-Za-z0-9_]`, without thresholds. failed_rows of checked_rows broke the rule; severity is
    what that comes to by the rule's threshold, None where it passed. blocking: where it is an error, nothing
    is published. findings: the first of the failed rows.
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
        """The level that the failed rows reach."""
        return thresholds().of(self.name, self.importance).severity(self.failed_rows, self.checked_rows)

    @property
    def passed(self) -> bool:
        """Whether no level is reached."""
        return self.severity is None

    @property
    def failed_percent(self) -> float:
        """Of the rows checked; of none checked, all or none."""
        share = 100 * self.failed_rows / self.checked_rows if self.checked_rows else 100.0
        return round(share, 4) if self.failed_rows else 0.0
