"""What the quality page says, as plain data, made of a load, its checks, its deliveries and what is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.check_result import CheckResult
from warehouse.reports.quality.completeness import Matrix, matrices, reporting_rate_pct
from warehouse.reports.quality.disagreement import (
    Reconciliation,
    corrections_of,
    outliers_of,
    reconciliation_of,
)
from warehouse.reports.quality.failing import Failing, failing_of, without_values
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed
from warehouse.reports.quality.reading import Published
from warehouse.reports.quality.trend import Trend
from warehouse.reports.quality.worst import WorstReporter, WorstRule, overdue_of, worst_reporters, worst_rules

REJECTED_SQL = "select * from dq_delivery where is_open and outcome = 'rejected' order by received_at desc"


@dataclass(frozen=True)
class Load:
    """How one load ended. state: as its record has it, outcome: in words. The counts are by outcome.

    score_pct: the mean of the forms' scores in the version published after it; None where it is not known.
    """

    ended_at: datetime
    run_id: str
    state: str
    outcome: str
    version: str | None
    deliveries: Mapping[str, int]
    rows: Mapping[str, int]
    checks: Mapping[str, int]
    open_rejected_deliveries: int | None
    score_pct: float | None


@dataclass(frozen=True)
class Standing:
    """What follows from the published warehouse: who reported what, what disagrees, what is far off."""

    matrices: tuple[Matrix, ...]
    reporting_rate_pct: float
    scores: Mapping[str, float]
    overdue: Listed
    reporters: tuple[WorstReporter, ...]
    reconciliation: Reconciliation
    outliers: Listed
    corrections: Listed

    @property
    def score_pct(self) -> float | None:
        """The mean over forms; None where there are none."""
        return sum(self.scores.values()) / len(self.scores) if self.scores else None

    @property
    def missing(self) -> int:
        return sum(matrix.missing for matrix in self.matrices)

    @property
    def late(self) -> int:
        return sum(matrix.late for matrix in self.matrices)


@dataclass(frozen=True)
class Quality:
    """load: the last whole one. received_since: when deliveries were last received after it, or None.

    failing: the gravest first; rejected: open ones, newest first. standing: None where nothing is published.
    """

    load: Load
    received_since: datetime | None
    is_synthetic: bool
    cut_off: datetime | None
    failing: tuple[Failing, ...]
    rejected: Listed
    rules: tuple[WorstRule, ...]
    trends: tuple[Trend, ...]
    loads: tuple[Load, ...]
    standing: Standing | None


def content_of(
    loads: Sequence[Load],
    checks: Sequence[CheckResult],
    deliveries: Sequence[DeliveryLine],
    published: Published | None,
    *,
    personal_tables: Iterable[str] = (),
    received_since: datetime | None = None,
    is_synthetic: bool = False,
    cut_off: datetime | None = None,
) -> Quality:
    """loads: whole ones, newest first, at least one. checks: of the last build or of the published version.

    deliveries: all that were received. personal_tables: staged tables of whose rows no value is shown.
    """
    known = {delivery.delivery_id: delivery for delivery in deliveries}
    personal = frozenset(personal_tables)
    shown = without_values(checks, known, personal)
    refused = [one for one in deliveries if one.is_open and one.outcome == "rejected"]
    return Quality(
        load=loads[0],
        received_since=received_since,
        is_synthetic=is_synthetic,
        cut_off=cut_off,
        failing=failing_of(shown, known),
        rejected=listed(sorted(refused, key=lambda one: one.received_at, reverse=True), REJECTED_SQL),
        rules=worst_rules(checks),
        trends=_trends(loads[::-1]),
        loads=tuple(loads[::-1]),
        standing=standing_of(published, shown, deliveries, personal) if published else None,
    )


def standing_of(
    published: Published,
    checks: Sequence[CheckResult],
    deliveries: Sequence[DeliveryLine],
    personal_tables: frozenset[str] = frozenset(),
) -> Standing:
    """What the published warehouse says, with the deliveries that it names."""
    known = {delivery.delivery_id: delivery for delivery in deliveries}
    found = matrices(published.expected)
    return Standing(
        matrices=found,
        reporting_rate_pct=reporting_rate_pct(found),
        scores={row["staged_table"]: float(row["score_pct"]) for row in published.scores.to_dicts()},
        overdue=overdue_of(published.expected),
        reporters=worst_reporters(published, deliveries),
        reconciliation=reconciliation_of(published, checks, known),
        outliers=outliers_of(published.outliers, known, personal_tables),
        corrections=corrections_of(published, personal_tables),
    )


def _trends(loads: Sequence[Load]) -> tuple[Trend, ...]:
    """loads: oldest first."""
    failed = [float(sum(load.checks.get(kind, 0) for kind in ("failed", "warned"))) for load in loads]
    refused = [load.open_rejected_deliveries for load in loads]
    return (
        Trend("未通过与提醒的检查", "项", tuple(failed)),
        Trend("尚待重报的退回", "份", tuple(None if n is None else float(n) for n in refused)),
        Trend("质量得分", "分", tuple(load.score_pct for load in loads), from_zero=False),
    )
