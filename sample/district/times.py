"""Due and arrival times of deliveries, and the ways in which clerks write a period."""

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sample.district.chance import stream

SHANGHAI = ZoneInfo("Asia/Shanghai")
_HAN = "一二三四"
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_LAST_MONTH = {1: 3, 2: 6, 3: 9, 4: 12}


def month_ends(every: int = 1) -> list[date]:
    """List the last days of the months of 2021 and 2022; every: 3 for those of quarters."""
    return [
        date(year, month, calendar.monthrange(year, month)[1])
        for year in (2021, 2022)
        for month in range(every, 13, every)
    ]


def period_end(period: str) -> date:
    """Return the last day of a period (2022, 2022-Q3, 2022-06, or the date itself)."""
    year = int(period[:4])
    if len(period) == 7:
        month = _LAST_MONTH[int(period[-1])] if "Q" in period else int(period[-2:])
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(period) if "-" in period else date(year, 12, 31)


def draw_arrival(seed: int, subject: str, period: str, due_days: int) -> datetime:
    """Draw a moment in office hours, in the second half of the days that a reporter has after the period."""
    rng = stream(seed, "arrival", subject, period)
    day = period_end(period) + timedelta(days=rng.randint(due_days // 2, due_days - 2))
    return _in_office_hours(day, rng.randrange(8 * 3600))


def move_later(moment: datetime, days: int) -> datetime:
    """Move a moment some days on, to another hour of the working day."""
    seconds = (moment.hour * 3600 + moment.minute * 60 + moment.second + days * 4999) % (8 * 3600)
    return _in_office_hours(moment.date() + timedelta(days=days), seconds)


def is_late(moment: datetime, period: str, due_days: int) -> bool:
    """Return whether a moment of arrival is after the day on which the period was due."""
    return moment.date() > period_end(period) + timedelta(days=due_days)


def quarter_text(period: str, habit: str) -> str:
    """Write a quarter as a clerk does; figures are cumulative, so months are counted from January."""
    year, quarter = int(period[:4]), int(period[-1])
    match habit:
        case "han":
            return f"{year}年第{_HAN[quarter - 1]}季度"
        case "digit":
            return f"{year}年{quarter}季度"
        case "months":
            return f"{year}年1-{_LAST_MONTH[quarter]}月"
        case "code":
            return f"{year}Q{quarter}"
        case "spread":
            return f"{year}  年 {_HAN[quarter - 1]} 季度"
        case _:
            return f"{year}年{_HAN[quarter - 1]}季度"


def month_text(period: str, habit: str) -> str:
    """Write a month as a clerk does."""
    year, month = period.split("-")
    match habit:
        case "dot":
            return f"{year}.{month}"
        case "compact":
            return f"{year}{month}"
        case "zero":
            return f"{year}年{month}月"
        case "han":
            return "".join(_HAN_DIGITS[int(digit)] for digit in year) + f"年{_HAN_MONTHS[int(month) - 1]}月"
        case _:
            return f"{year}年{int(month)}月"


def _in_office_hours(day: date, seconds: int) -> datetime:
    """Return the moment some seconds after half past eight, on the day or the next working day."""
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(8, 30), SHANGHAI) + timedelta(seconds=seconds)
