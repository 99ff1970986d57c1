"""Periods, read from texts and counted: what figures are about, as 2022, 2022-Q3, 2022-06 or a date."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from sources.text.squeeze import squeeze

Grain = Literal["year", "quarter", "month", "date"]

MONTHS: dict[Grain, int] = {"year": 12, "quarter": 3, "month": 1, "date": 1}
"""Months that a period of each cadence has; forms whose period is a date come monthly."""

_HAN_DIGITS = {character: str(i % 10) for i, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_HAN_YEAR = re.compile("[〇零○一二三四五六七八九]{4}(?=年)")
_HAN_MONTH = re.compile("(十[一二]|[一二三四五六七八九十])(?=月)")
_YEAR_OF = r"((?:19|20)\d\d|(?<!\d)\d\d)年?(?:度)?[-_/]?"
_TO = r"(?:[-—–~至到]|--)"
_QUARTER = re.compile(
    rf"{_YEAR_OF}(?:(?:[一1]{_TO})?第?([一二三四1-4])季度?|Q([1-4]))|((?:19|20)\d\d)年\D*?([一二三四1-4])季度",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(rf"((?:19|20)\d\d|(?<!\d)\d\d)年(?:1|01|一)月?{_TO}(\d{{1,2}})月")
_NAMED_SPAN = re.compile(r"((?:19|20)\d\d)年?(上半年|前三季度|全年)")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_COMPACT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|[-./])(\d{1,2})月?(?![\d])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|$|(?!\d))")
_LAST_MONTH_OF_SPAN = {"上半年": 6, "前三季度": 9, "全年": 12}
_ORDINALS = "一二三四"


def parse_period(text: str, grain: Grain) -> str | None:
    """Return the period of this grain that a text states, or None where it states none.

    A quarter may be written as a quarter, or as months counted from January (1-6月, 上半年); months counted
    from January are the month they end in.
    """
    normalized = _HAN_YEAR.sub(lambda year: "".join(_HAN_DIGITS[c] for c in year[0]), squeeze(text))
    normalized = _HAN_MONTH.sub(lambda month: str(_read_han_month(month[0])), normalized)
    match grain:
        case "quarter":
            return _read_quarter(normalized)
        case "date":
            day = _read_day(normalized)
            return day.isoformat() if day else None
        case "month":
            return _read_month(normalized)
        case "year":
            year = _YEAR.search(normalized)
            return year[1] if year and not _is_part_of_year(normalized) else None


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


def _read_quarter(text: str) -> str | None:
    if span := _NAMED_SPAN.search(text):
        return f"{span[1]}-Q{_LAST_MONTH_OF_SPAN[span[2]] // 3}"
    if quarter := _QUARTER.search(text):
        ordinal = quarter[2] or quarter[3] or quarter[5]
        number = _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else int(ordinal)
        return f"{_full_year(quarter[1] or quarter[4])}-Q{number}"
    if cumulative := _CUMULATIVE.search(text):
        month = int(cumulative[2])
        return f"{_full_year(cumulative[1])}-Q{month // 3}" if month in (3, 6, 9, 12) else None
    return None


def counts_from_january(text: str) -> bool:
    """Whether a text states months counted from January to a later one (1-6月), not one of them."""
    cumulative = _CUMULATIVE.search(squeeze(text))
    return cumulative is not None and cumulative[2] not in ("1", "01")


def _read_month(text: str) -> str | None:
    patterns = (_CUMULATIVE, _COMPACT, _DATE, _MONTH, _COMPACT_MONTH)  # the first that matches counts
    month = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
    return f"{_full_year(month[1])}-{int(month[2]):02}" if month and 1 <= int(month[2]) <= 12 else None


def _read_day(text: str) -> date | None:
    day = _DATE.search(text) or _COMPACT.search(text)
    if not day:
        return None
    try:
        return date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return None


def _is_part_of_year(text: str) -> bool:
    if span := _NAMED_SPAN.search(text):
        return span[2] != "全年"
    if cumulative := _CUMULATIVE.search(text):
        return int(cumulative[2]) != 12
    return bool(_QUARTER.search(text))


def _read_han_month(text: str) -> int:
    return 10 + "一二".find(text[1:]) + 1 if len(text) > 1 else "一二三四五六七八九十".index(text) + 1


def _full_year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"
