"""The tables source_confirmed_finding and source_settled_period: decisions as frames, for the warehouse to build from."""

from collections.abc import Iterable

import polars as pl

from schemas.field import polars_schema
from schemas.tables.coverage import SourceSettledPeriod
from schemas.tables.doubt import SourceConfirmedFinding
from sources.holding.decisions import FindingDecision, PeriodDecision, settled_periods
from sources.text.period import periods_within


def confirmed_finding_frame(decisions: Iterable[FindingDecision]) -> pl.DataFrame:
    """Lay out the findings that stewards have cleared, the last word on each value."""
    last = {(d.check, d.row_key, d.field, d.value): d for d in decisions}
    rows = [
        {"check_name": d.check, "row_key": d.row_key, "field": d.field, "value": d.value} | _decided(d)
        for d in last.values()
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceConfirmedFinding))


def settled_period_frame(decisions: Iterable[PeriodDecision]) -> pl.DataFrame:
    """Lay out the periods that are settled: those decided on, and the quarters and months within them."""
    settled = settled_periods(decisions)
    rows = {
        period: {"period": period} | _decided(decision)
        for decision in settled.values()
        for period in (decision.period, *periods_within(decision.period))
    }
    rows |= {period: {"period": period} | _decided(decision) for period, decision in settled.items()}
    return pl.DataFrame(list(rows.values()), schema=polars_schema(SourceSettledPeriod))


def _decided(decision: FindingDecision | PeriodDecision) -> dict[str, object]:
    return {
        "decided_by": decision.by,
        "decided_at": decision.decided_at.replace(tzinfo=None),
        "reason": decision.why,
    }
