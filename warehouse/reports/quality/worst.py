"""Priorities for stewards: overdue deliveries, and the reporters and rules with most amiss."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from schemas.check_result import CheckResult
from warehouse.database.templates import render_line
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed
from warehouse.reports.quality.reading import Published

SHOWN = 10
OVERDUE_SQL = render_line(Path(__file__).with_name("overdue.sql"))


@dataclass(frozen=True)
class WorstReporter:
    """A reporter with anything amiss. missing, rejected, late: deliveries. findings: rows breaking rules."""

    name: str
    missing: int
    rejected: int
    late: int
    findings: int


@dataclass(frozen=True)
class WorstRule:
    """A rule that rows break, also where it passes within its limit. percent: failed of checked rows."""

    title: str
    table: str
    failed_rows: int
    percent: float
    is_passed: bool


@dataclass(frozen=True)
class Overdue:
    """An overdue delivery. days_late: None where the delivery is missing."""

    reporter: str
    form_title: str
    period: str
    due_date: str
    days_late: int | None


def worst_rules(checks: Sequence[CheckResult]) -> tuple[WorstRule, ...]:
    """List the rules that most rows broke, also where that is within the rule's limit."""
    broken = sorted(
        (c for c in checks if c.failed_rows),
        key=lambda c: (-c.failed_rows, -c.failed_percent, c.table, c.name),
    )
    return tuple(
        WorstRule(c.title, c.table, c.failed_rows, c.failed_percent, c.passed) for c in broken[:SHOWN]
    )


def worst_reporters(published: Published, deliveries: Sequence[DeliveryLine]) -> tuple[WorstReporter, ...]:
    """List the reporters with most missing deliveries, then with most rejected, late and findings."""
    overdue = {
        timeliness: Counter(published.expected.filter(timeliness=timeliness)["reporter_code"].to_list())
        for timeliness in ("missing", "late")
    }
    rejected = Counter(d.reporter_code for d in deliveries if d.outcome == "rejected")
    reporters = [
        WorstReporter(
            name=row["reporter_name"],
            missing=overdue["missing"][row["reporter_code"]],
            rejected=rejected[row["reporter_code"]],
            late=overdue["late"][row["reporter_code"]],
            findings=row["findings"],
        )
        for row in published.reporters.to_dicts()
    ]
    amiss = [r for r in reporters if r.missing or r.rejected or r.late or r.findings]
    amiss.sort(key=lambda r: (-r.missing, -r.rejected, -r.late, -r.findings))
    return tuple(amiss[:SHOWN])


def overdue_of(expected: pl.DataFrame) -> Listed:
    """List the overdue deliveries: missing ones first, then late ones; in each the latest due first."""
    rows = expected.filter(pl.col("timeliness").is_in(["missing", "late"]))
    ordered = rows.sort("timeliness", "due_date", descending=True, maintain_order=True)
    return listed(
        [
            Overdue(
                reporter=row["reporter_name"] or row["reporter_code"],
                form_title=row["form_title"],
                period=row["period"],
                due_date=f"{row['due_date']}",
                days_late=(row["first_accepted_at"].date() - row["due_date"]).days
                if row["first_accepted_at"]
                else None,
            )
            for row in ordered.to_dicts()
        ],
        OVERDUE_SQL,
    )
