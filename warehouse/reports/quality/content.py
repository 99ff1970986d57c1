"""The content of the quality page as plain data: loads, checks, deliveries and the published warehouse."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from schemas.catalogue import Table
from schemas.check_result import CheckResult
from warehouse.reports.quality.completeness import Matrix, matrices, reporting_rate_pct
from warehouse.reports.quality.disagreement import (
    Reconciliation,
    corrections_of,
    outliers_of,
    reconciliation_of,
)
from warehouse.reports.quality.failing import Failing, failing_of, without_values
from warehouse.reports.quality.figures import FigureStatuses, figure_statuses_of
from warehouse.reports.quality.listed import DeliveryLine, Listed, listed
from warehouse.reports.quality.reading import Published
from warehouse.reports.quality.trend import Trend
from warehouse.reports.quality.worklist import SHOWN_TASKS, IsNew, Task, list_tasks
from warehouse.reports.quality.worst import WorstReporter, WorstRule, overdue_of, worst_reporters, worst_rules

NO_INDICATORS: Mapping[str, Sequence[str]] = {}
NO_DOUBTS = {
    "check_name": pl.String,
    "delivery_id": pl.String,
    "sheet_name": pl.String,
    "sheet_row": pl.Int32,
}
AWAITED_SQL = "select * from dq_delivery where resend = 'awaited' order by received_at desc"
UNCERTAIN_SQL = "select * from dq_delivery where resend = 'uncertain' order by received_at desc"
HELD_SQL = "select * from dq_delivery where is_open and outcome = 'held' order by received_at desc"


@dataclass(frozen=True)
class Load:
    """The end of a load. state: as its record has it, outcome: in words. The counts are by outcome.

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
    """The part of the page from the published warehouse: completeness, reconciliation, outliers, corrections, figures.

    scores: quality score (0 to 100) by staged table.
    """

    matrices: tuple[Matrix, ...]
    reporting_rate_pct: float | None
    scores: Mapping[str, float]
    overdue: Listed
    reporters: tuple[WorstReporter, ...]
    reconciliation: Reconciliation
    outliers: Listed
    corrections: Listed
    figures: FigureStatuses

    @property
    def score_pct(self) -> float | None:
        """Mean score over forms; None where there are none."""
        return sum(self.scores.values()) / len(self.scores) if self.scores else None

    @property
    def due(self) -> int:
        """Number of deliveries of all forms past their due dates."""
        return sum(matrix.due for matrix in self.matrices)

    @property
    def missing(self) -> int:
        """Number of missing deliveries of all forms."""
        return sum(matrix.missing for matrix in self.matrices)

    @property
    def late(self) -> int:
        """Number of late deliveries of all forms."""
        return sum(matrix.late for matrix in self.matrices)


@dataclass(frozen=True)
class Quality:
    """The content of the page. load: the last whole load. loads: whole loads, oldest first.

    received_since: when deliveries were last received after it, or None. failing: by severity, highest first.
    awaited: rejected deliveries that are still to be sent again. uncertain: those of which form, period or reporter
    could not be read, so that nobody knows whether what came since answers them. held: those that wait for a steward.
    Newest first. standing: None where nothing is published. tasks: the first lines of the work list; more_tasks: how many
    there are beside them.
    """

    load: Load
    received_since: datetime | None
    is_synthetic: bool
    cut_off: datetime | None
    failing: tuple[Failing, ...]
    awaited: Listed
    uncertain: Listed
    held: Listed
    rules: tuple[WorstRule, ...]
    trends: tuple[Trend, ...]
    loads: tuple[Load, ...]
    standing: Standing | None
    tasks: tuple[Task, ...] = ()
    more_tasks: int = 0


def content_of(
    loads: Sequence[Load],
    checks: Sequence[CheckResult],
    deliveries: Sequence[DeliveryLine],
    published: Published | None,
    built: Mapping[str, Table],
    *,
    personal_tables: Iterable[str] = (),
    received_since: datetime | None = None,
    is_synthetic: bool = False,
    cut_off: datetime | None = None,
    indicators: Mapping[str, Sequence[str]] = NO_INDICATORS,
    is_new: IsNew = lambda _check, _finding: False,
) -> Quality:
    """Lay out the content of the page.

    loads: whole loads, newest first, at least one. checks: of the last build or of the published version.
    deliveries: all that were received. built: the tables of the warehouse. personal_tables: staged tables of whose rows
    no value is shown. indicators: codes, by the table that they are made of. is_new: whether a finding came with the load.
    """
    by_id = {delivery.delivery_id: delivery for delivery in deliveries}
    personal = frozenset(personal_tables)
    shown_checks = without_values(checks, by_id, personal)
    newest_first = sorted(deliveries, key=lambda delivery: delivery.received_at, reverse=True)
    doubts = published.doubts if published else pl.DataFrame(schema=NO_DOUBTS)
    tasks = list_tasks(shown_checks, deliveries, doubts, indicators, is_new, personal, built)
    return Quality(
        load=loads[0],
        received_since=received_since,
        is_synthetic=is_synthetic,
        cut_off=cut_off,
        failing=failing_of(shown_checks, by_id),
        awaited=listed([d for d in newest_first if d.resend == "awaited"], AWAITED_SQL),
        uncertain=listed([d for d in newest_first if d.resend == "uncertain"], UNCERTAIN_SQL),
        held=listed([d for d in newest_first if d.is_open and d.outcome == "held"], HELD_SQL),
        rules=worst_rules(checks),
        trends=_trends(loads[::-1]),
        loads=tuple(loads[::-1]),
        tasks=tuple(tasks[:SHOWN_TASKS]),
        more_tasks=max(len(tasks) - SHOWN_TASKS, 0),
        standing=standing_of(published, shown_checks, deliveries, built, personal) if published else None,
    )


def standing_of(
    published: Published,
    checks: Sequence[CheckResult],
    deliveries: Sequence[DeliveryLine],
    built: Mapping[str, Table],
    personal_tables: frozenset[str] = frozenset(),
) -> Standing:
    """Lay out the part of the page from the published warehouse. deliveries: all that were received."""
    by_id = {delivery.delivery_id: delivery for delivery in deliveries}
    by_form = matrices(published.expected)
    return Standing(
        matrices=by_form,
        reporting_rate_pct=reporting_rate_pct(by_form),
        scores={row["staged_table"]: float(row["score_pct"]) for row in published.scores.to_dicts()},
        overdue=overdue_of(published.expected),
        reporters=worst_reporters(published, deliveries),
        reconciliation=reconciliation_of(published, checks, by_id, built),
        outliers=outliers_of(published.outliers, by_id, personal_tables, built),
        corrections=corrections_of(published, personal_tables),
        figures=figure_statuses_of(published.figures),
    )


def _trends(loads: Sequence[Load]) -> tuple[Trend, ...]:
    """Lay out the trends of failed checks, open rejected deliveries and score. loads: oldest first."""
    failed = [float(sum(load.checks.get(kind, 0) for kind in ("failed", "warned"))) for load in loads]
    rejected = [load.open_rejected_deliveries for load in loads]
    return (
        Trend("未通过与提醒的检查", "项", tuple(failed)),
        Trend("尚待重报的退回", "份", tuple(None if n is None else float(n) for n in rejected)),
        Trend("质量得分", "分", tuple(load.score_pct for load in loads), from_zero=False),
    )
