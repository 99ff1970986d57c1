"""Periods as they are counted: what figures are about, as 2022, 2022-H1, 2022-Q3, 2022-06, 2022-06-D1 or a date."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Grain = Literal["year", "half", "quarter", "month", "ten_days", "date"]

MONTHS: dict[Grain, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1, "ten_days": 1, "date": 1}
"""Months that a period of each cadence has, or in which it lies; forms whose period is a date come monthly."""


_SHAPES: dict[Grain, str] = {
    "year": r"\d{4}",
    "half": r"\d{4}-H[12]",
    "quarter": r"\d{4}-Q[1-4]",
    "month": r"\d{4}-\d\d",
    "ten_days": r"\d{4}-\d\d-D[123]",
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


def grain_of(period: str) -> Grain:
    """Return the grain of a period by how it is written."""
    if len(period) == 10:
        return "ten_days" if period[8] == "D" else "date"
    return "year" if len(period) == 4 else _GRAINS.get(period[5], "month")


_GRAINS: dict[str, Grain] = {"H": "half", "Q": "quarter"}


def period_end(period: str) -> date:
    """Return the last day of a period."""
    grain = grain_of(period)
    if grain == "date":
        return date.fromisoformat(period)
    if grain == "ten_days" and period[9] != "3":
        return date(int(period[:4]), int(period[5:7]), 10 * int(period[9]))
    numbered = MONTHS[grain] * int(period[6]) if grain in ("half", "quarter") else 0
    year, month = int(period[:4]), 12 if grain == "year" else numbered or int(period[5:7])
    return date(year, month, calendar.monthrange(year, month)[1])


def period_start(period: str) -> date:
    """Return the first day of a period; of a date, the day itself."""
    grain, end = grain_of(period), period_end(period)
    if grain == "date":
        return end
    if grain == "ten_days":
        return end.replace(day=10 * int(period[9]) - 9)
    return date(end.year, end.month - MONTHS[grain] + 1, 1)


def period_before(period: str) -> str | None:
    """Return the period of the same grain before; None for a date, which no period precedes by itself."""
    grain = grain_of(period)
    return None if grain == "date" else period_of(period_start(period) - timedelta(days=1), grain)


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
            for day in (*_ENDS_WITHIN.get(cadence, ()), calendar.monthrange(year, month)[1]):
                end = date(year, month, day)
                if first <= end <= last:
                    yield period_of(end, grain)


_ENDS_WITHIN: dict[Grain, tuple[int, ...]] = {"ten_days": (10, 20)}
"""The days on which periods end within a month, beside its last."""


def period_of(day: date, grain: Grain) -> str:
    """Return the period of a grain in which a day lies."""
    match grain:
        case "year":
            return str(day.year)
        case "half":
            return f"{day.year}-H{(day.month + 5) // 6}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "month":
            return f"{day:%Y-%m}"
        case "ten_days":
            return f"{day:%Y-%m}-D{min((day.day + 9) // 10, 3)}"
        case "date":
            return day.isoformat()
