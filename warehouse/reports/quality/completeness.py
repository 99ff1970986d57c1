"""Completeness: what was due of each form and what came of it, by reporter and period."""

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
    """What came of one delivery that is owed; told: the same in words."""

    timeliness: str
    is_superseded: bool
    told: str

    @property
    def mark(self) -> str:
        return MARKS[self.timeliness] + (SUPERSEDED if self.is_superseded else "")


@dataclass(frozen=True)
class Matrix:
    """One form: reporters down, its latest periods across; None where nothing was owed.

    due, on_time, late, missing: deliveries of all periods, also of those not shown.
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
    def reporting_rate_pct(self) -> float:
        """Of what was due; nothing due is nothing missing."""
        return 100 * (self.on_time + self.late) / self.due if self.due else 100.0

    @property
    def on_time_rate_pct(self) -> float:
        return 100 * self.on_time / self.due if self.due else 100.0


def matrices(expected: pl.DataFrame) -> tuple[Matrix, ...]:
    """Those with the lowest reporting rates first. expected: as `reading.SQL` gives it, in its order."""
    forms = groupby(expected.to_dicts(), key=lambda row: (row["staged_table"], row["form_title"]))
    found = [_matrix(table, title, list(rows)) for (table, title), rows in forms]
    return tuple(sorted(found, key=lambda m: (m.reporting_rate_pct, m.on_time_rate_pct, m.table)))


def reporting_rate_pct(found: tuple[Matrix, ...]) -> float:
    """Of everything that was due, of all forms."""
    due, missing = sum(m.due for m in found), sum(m.missing for m in found)
    return 100 * (due - missing) / due if due else 100.0


def _matrix(table: str, title: str, rows: list[dict[str, Any]]) -> Matrix:
    periods = _shown_periods(rows)
    lines = []
    for _, owed in groupby(rows, key=lambda row: row["reporter_code"]):
        of_reporter = list(owed)
        cells = {row["period"]: _cell(row) for row in of_reporter}
        name = of_reporter[0]["reporter_name"] or of_reporter[0]["reporter_code"]
        lines.append((name, tuple(cells.get(period) for period in periods)))
    counts = {word: sum(row["timeliness"] == word for row in rows) for word in ("on_time", "late", "missing")}
    return Matrix(table, title, periods, tuple(lines), **counts)


def _shown_periods(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The latest that anything is due of, and the next few."""
    ends = {row["period"]: row["period_end_date"] for row in rows}
    begun = {row["period"] for row in rows if row["timeliness"] != "not_due"}
    periods = sorted(ends, key=lambda period: (ends[period], period))
    past, coming = [p for p in periods if p in begun], [p for p in periods if p not in begun]
    shown = past[-(SHOWN_PERIODS - _SHOWN_NOT_DUE) :] + coming[:_SHOWN_NOT_DUE]
    return tuple(p for p in periods if p in shown)


def _cell(row: dict[str, Any]) -> DeliveryMark:
    return DeliveryMark(row["timeliness"], row["superseded_deliveries"] > 0, "，".join(_told(row)))


def _told(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['period']} {WORDS[row['timeliness']]}"
    yield f"应报 {row['due_date']}"
    if row["first_accepted_at"]:
        yield f"首次接收 {row['first_accepted_at']:%Y-%m-%d}"
    if row["superseded_deliveries"]:
        yield f"被替代 {row['superseded_deliveries']} 次"
    if row["rejected_deliveries"]:
        yield f"退回 {row['rejected_deliveries']} 次"
