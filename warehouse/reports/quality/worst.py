"""Who and what needs attention first: overdue deliveries, reporters, rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from schemas.check_result import CheckResult
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed
from warehouse.reports.quality.reading import Published

SHOWN = 10
OVERDUE_SQL = """
select * from dq_expected_delivery
where timeliness in ('late', 'missing') order by timeliness desc, due_date desc
"""


@dataclass(frozen=True)
class WorstReporter:
    """rejected, late, missing: deliveries; findings: rows that break table rules."""

    name: str
    missing: int
    rejected: int
    late: int
    findings: int


@dataclass(frozen=True)
class WorstRule:
    title: str
    table: str
    failed_rows: int
    percent: float
    is_passed: bool


@dataclass(frozen=True)
class Overdue:
    """days_late: None where the delivery is missing."""

    reporter: str
    form_title: str
    period: str
    due_date: str
    days_late: int | None


def worst_rules(checks: Sequence[CheckResult]) -> tuple[WorstRule, ...]:
    """Those that most rows broke, also where that is within the rule's limit."""
    broken = sorted(
        (c for c in checks if c.failed_rows),
        key=lambda c: (-c.failed_rows, -c.failed_percent, c.table, c.name),
    )
    return tuple(
        WorstRule(c.title, c.table, c.failed_rows, c.failed_percent, c.passed) for c in broken[:SHOWN]
    )


def worst_reporters(published: Published, deliveries: Sequence[DeliveryLine]) -> tuple[WorstReporter, ...]:
    """Those with anything amiss: first by what is missing, then by what was rejected, late and found."""
    told = {
        word: Counter(published.expected.filter(timeliness=word)["reporter_code"].to_list())
        for word in ("missing", "late")
    }
    rejected = Counter(one.reporter_code for one in deliveries if one.outcome == "rejected")
    found = [
        WorstReporter(
            name=row["reporter_name"],
            missing=told["missing"][row["reporter_code"]],
            rejected=rejected[row["reporter_code"]],
            late=told["late"][row["reporter_code"]],
            findings=row["findings"],
        )
        for row in published.reporters.to_dicts()
    ]
    amiss = [one for one in found if one.missing or one.rejected or one.late or one.findings]
    amiss.sort(key=lambda one: (-one.missing, -one.rejected, -one.late, -one.findings))
    return tuple(amiss[:SHOWN])


def overdue_of(expected: pl.DataFrame) -> Listed:
    """Missing deliveries first, then late ones; the latest due first."""
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
