"""Freshness of forms: by when a delivery of the newest period must have come, as Dagster evaluates it."""

from datetime import date, timedelta
from itertools import pairwise

import dagster as dg

from sources.county.contract import Contract
from sources.text.period import MONTHS, Grain, period_end, periods_of

_ZONE = "Asia/Shanghai"
_LAST_DAY_OF_EVERY_MONTH = 28
_YEARS = date(2022, 1, 1), date(2023, 12, 31)  # common years: their Februaries are the shortest


def freshness(contracts: list[Contract]) -> dg.FreshnessPolicy | None:
    """Of a form in these layouts: by the shortest cadence, and of those the longest time to report; none of what comes once.

    Dagster knows when deliveries were last accepted, not of which period: a late one of an old period counts.
    """
    coming = [contract for contract in contracts if contract.cadence != "once"]
    if not coming:
        return None
    strictest = min(coming, key=lambda contract: (MONTHS[contract.rhythm], -contract.due_days))
    deadline, window = deadline_of(strictest.rhythm, strictest.due_days)
    return dg.FreshnessPolicy.cron(deadline_cron=deadline, lower_bound_delta=window, timezone=_ZONE)


def deadline_of(cadence: Grain, due_days: int) -> tuple[str, timedelta]:
    """Give the midnights after the due dates as a cron schedule, and how long before them a delivery counts.

    One day of the month must do for all periods of a year: the latest, so that nobody is called late before he
    is; a day that some month lacks becomes the first of the next. The window begins when the period ends,
    but, as Dagster asks, is no longer than between two deadlines.
    """
    ends = [period_end(period) for period in periods_of(cadence, cadence, *_YEARS)]
    after = [end + timedelta(days=due_days + 1) for end in ends]
    offset, day = max((_months_between(end, then), then.day) for end, then in zip(ends, after, strict=True))
    if day > _LAST_DAY_OF_EVERY_MONTH:
        offset, day = offset + 1, 1
    months = sorted({(end.month + offset - 1) % 12 + 1 for end in ends})
    listed = "*" if len(months) == 12 else ",".join(map(str, months))
    return f"0 0 {day} {listed} *", _window(ends, offset, day)


def _window(ends: list[date], offset: int, day: int) -> timedelta:
    """From the day after the end of a period to its deadline, at its shortest; at least a day."""
    deadlines = [_month_later(end, offset).replace(day=day) for end in ends]
    between = [later - earlier for earlier, later in pairwise(dict.fromkeys(deadlines))]
    since_end = min(then - end for end, then in zip(ends, deadlines, strict=True)) - timedelta(days=1)
    return max(min([since_end, *between]), timedelta(days=1))


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _month_later(day: date, months: int) -> date:
    """Find the first of the month that is so many months after a day's."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
