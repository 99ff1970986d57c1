"""Completeness: expected deliveries of each form and their timeliness, by reporter and period."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

MARKS = {"on_time": "●", "late": "◐", "missing": "✕", "not_due": "·"}
WORDS = {"on_time": "按期", "late": "迟报", "missing": "未报", "not_due": "未到期"}
SUPERSEDED = "↻"
SHOWN_PERIODS = 24
_SHOWN_NOT_DUE = 2


@dataclass(frozen=True)
class DeliveryMark:
    """The mark of an expected delivery. description: the same in words, with dates and counts."""

    timeliness: str
    is_superseded: bool
    description: str

    @property
    def mark(self) -> str:
        return MARKS[self.timeliness] + (SUPERSEDED if self.is_superseded else "")


@dataclass(frozen=True)
class Matrix:
    """The matrix of a form: reporters down, its latest periods across; None where no delivery is expected.

    due, on_time, late, missing: number of deliveries past their due dates, of all periods, also of those not shown.
    """

    table: str
    form_title: str
    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[DeliveryMark | None, ...]], ...]
    on_time: int
    late: int
    missing: int

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.missing

    @property
    def reporting_rate_pct(self) -> float | None:
        """Percent received of the deliveries due; None where none is due."""
        return 100 * (self.on_time + self.late) / self.due if self.due else None

    @property
    def on_time_rate_pct(self) -> float | None:
        """Percent received on time of the deliveries due; None where none is due."""
        return 100 * self.on_time / self.due if self.due else None


def matrices(expected: pl.DataFrame) -> tuple[Matrix, ...]:
    """Lay out a matrix a form, lowest reporting rates first, without any last. expected: rows and order of `reading.SQL`."""
    rows_by_form = groupby(expected.to_dicts(), key=lambda row: (row["staged_table"], row["form_title"]))
    by_form = [_matrix(table, title, list(rows)) for (table, title), rows in rows_by_form]
    return tuple(sorted(by_form, key=_rank))


def _rank(matrix: Matrix) -> tuple[float, float, str]:
    rates = matrix.reporting_rate_pct, matrix.on_time_rate_pct
    reporting, on_time = (math.inf if rate is None else rate for rate in rates)
    return reporting, on_time, matrix.table


def reporting_rate_pct(by_form: tuple[Matrix, ...]) -> float | None:
    """Compute the percent received of the deliveries due of all forms; None where none is due."""
    due, missing = sum(m.due for m in by_form), sum(m.missing for m in by_form)
    return 100 * (due - missing) / due if due else None


def _matrix(table: str, title: str, rows: list[dict[str, Any]]) -> Matrix:
    periods = _shown_periods(rows)
    lines = []
    for _, group in groupby(rows, key=lambda row: row["reporter_code"]):
        reporter_rows = list(group)
        marks = {row["period"]: _mark(row) for row in reporter_rows}
        name = reporter_rows[0]["reporter_name"] or reporter_rows[0]["reporter_code"]
        lines.append((name, tuple(marks.get(period) for period in periods)))
    counts = {
        timeliness: sum(row["is_due"] and row["timeliness"] == timeliness for row in rows)
        for timeliness in ("on_time", "late", "missing")
    }
    return Matrix(table, title, periods, tuple(lines), **counts)


def _shown_periods(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Choose the latest periods with a delivery due, and the next few without, in the order of their ends."""
    ends = {row["period"]: row["period_end_date"] for row in rows}
    with_due = {row["period"] for row in rows if row["timeliness"] != "not_due"}
    periods = sorted(ends, key=lambda period: (ends[period], period))
    past, coming = [p for p in periods if p in with_due], [p for p in periods if p not in with_due]
    shown = past[-(SHOWN_PERIODS - _SHOWN_NOT_DUE) :] + coming[:_SHOWN_NOT_DUE]
    return tuple(p for p in periods if p in shown)


def _mark(row: dict[str, Any]) -> DeliveryMark:
    return DeliveryMark(row["timeliness"], row["superseded_deliveries"] > 0, "，".join(_description(row)))


def _description(row: dict[str, Any]) -> Iterator[str]:
    """Write the parts of a mark's description: timeliness, dates, superseded and rejected deliveries."""
    yield f"{row['period']} {WORDS[row['timeliness']]}"
    yield f"应报 {row['due_date']}"
    if row["first_accepted_at"]:
        yield f"首次接收 {row['first_accepted_at']:%Y-%m-%d}"
    if row["superseded_deliveries"]:
        yield f"被替代 {row['superseded_deliveries']} 次"
    if row["rejected_deliveries"]:
        yield f"退回 {row['rejected_deliveries']} 次"
