"""Periods as they are counted: what figures are about, as 2022, 2022-Q3, 2022-06 or a date."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Grain = Literal["year", "quarter", "month", "date"]

MONTHS: dict[Grain, int] = {"year": 12, "quarter": 3, "month": 1, "date": 1}
"""Months that a period of each cadence has; forms whose period is a date come monthly."""


_SHAPES: dict[Grain, str] = {
    "year": r"\d{4}",
    "quarter": r"\d{4}-Q[1-4]",
    "month": r"\d{4}-\d\d",
    "date": r"\d{4}-\d\d-\d\d",
}


def is_period(text: str, grain: Grain) -> bool:
    """Whether a text is a period of a grain, as 2022, 2022-Q3, 2022-06 or a date."""
    if not re.fullmatch(_SHAPES[grain], text):
        return False
    try:
        period_end(text)
    except ValueError:
        return False
    return True


def period_end(period: str) -> date:
    """Return the last day of a period."""
    if len(period) == 10:
        return date.fromisoformat(period)
    year = int(period[:4])
    month = 12 if len(period) == 4 else int(period[6]) * 3 if "Q" in period else int(period[5:7])
    return date(year, month, calendar.monthrange(year, month)[1])


def period_start(period: str) -> date:
    """Return the first day of a period; of a date, the day itself."""
    if len(period) == 10:
        return date.fromisoformat(period)
    end = period_end(period)
    months = 12 if len(period) == 4 else 3 if "Q" in period else 1
    return date(end.year, end.month - months + 1, 1)


def period_before(period: str) -> str | None:
    """Return the period of the same grain before; None for a date, which no period precedes by itself."""
    if len(period) == 10:
        return None
    end = period_start(period) - timedelta(days=1)
    grain: Grain = "year" if len(period) == 4 else "quarter" if "Q" in period else "month"
    return _write_period(end, grain)


def year_before(period: str) -> str:
    """Return the same period of the year before; for a 29 February one that no delivery has."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def periods_within(period: str) -> list[str]:
    """List the quarters and months that lie within a year or a quarter."""
    first, last = period_start(period), period_end(period)
    grains: list[Grain] = ["quarter", "month"] if len(period) == 4 else ["month"]
    return [inner for grain in grains for inner in periods_of(grain, grain, first, last) if inner != period]


def periods_of(cadence: Grain, grain: Grain, first: date, last: date) -> Iterator[str]:
    """Yield every period of a cadence that ends in [first, last], written in a grain.

    A month of a form whose grain is the date is written as its last day.
    """
    step = MONTHS[cadence]
    for year in range(first.year, last.year + 1):
        for month in range(step, 13, step):
            end = date(year, month, calendar.monthrange(year, month)[1])
            if first <= end <= last:
                yield _write_period(end, grain)


def _write_period(end: date, grain: Grain) -> str:
    match grain:
        case "year":
            return str(end.year)
        case "quarter":
            return f"{end.year}-Q{end.month // 3}"
        case "month":
            return f"{end:%Y-%m}"
        case "date":
            return end.isoformat()
