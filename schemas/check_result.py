"""The outcome of one check, as `dq_check_result` and the Dagster UI show it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "row_rule", "layout", "shape", "key", "reference", "reconciliation", "completeness", "plausibility"
]
Severity = Literal["error", "warn"]


@dataclass(frozen=True)
class CheckResult:
    """One check on one table in one load.

    name: stable, `[A-Za-z0-9_]`, without thresholds. failed_rows of checked_rows broke the rule.
    blocking: when it fails, nothing is published.
    """

    name: str
    table: str
    kind: Kind
    title: str
    severity: Severity
    blocking: bool
    passed: bool
    failed_rows: int
    checked_rows: int
    message: str = ""
