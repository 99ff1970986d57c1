"""Periods: what figures are about, as 2022, 2022-Q3, 2022-06 or a date."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from sources.text.squeeze import squeeze

Grain = Literal["year", "quarter", "month", "date"]

MONTHS: dict[Grain, int] = {"year": 12, "quarter": 3, "month": 1, "date": 1}
"""How many months a period of each cadence has; dates are told monthly."""

_DIGITS = {character: str(i % 10) for i, character in enumerate("〇一二三四五六七八九")} | {
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
_HALF = re.compile(r"((?:19|20)\d\d)年?(上半年|前三季度|全年)")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_COMPACT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|[-./])(\d{1,2})月?(?![\d])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|$|(?!\d))")
_ENDS = {"上半年": 6, "前三季度": 9, "全年": 12}
_ORDINALS = "一二三四"


def parse_period(text: str, grain: Grain) -> str | None:
    """The period of this grain that a text states, or None where it states none.

    A quarter may be said as a quarter, or as months counted from January (1-6月, 上半年); months counted
    from January are the month they end in.
    """
    said = _HAN_YEAR.sub(lambda found: "".join(_DIGITS[c] for c in found[0]), squeeze(text))
    said = _HAN_MONTH.sub(lambda found: str(_han_number(found[0])), said)
    match grain:
        case "quarter":
            return _quarter(said)
        case "date":
            day = _day(said)
            return day.isoformat() if day else None
        case "month":
            return _month(said)
        case "year":
            found = _YEAR.search(said)
            return found[1] if found and not _is_part_of_year(said) else None


def period_end(period: str) -> date:
    """The last day of a period."""
    if len(period) == 10:
        return date.fromisoformat(period)
    year = int(period[:4])
    month = 12 if len(period) == 4 else int(period[6]) * 3 if "Q" in period else int(period[5:7])
    return date(year, month, calendar.monthrange(year, month)[1])


def periods_of(cadence: Grain, grain: Grain, first: date, last: date) -> Iterator[str]:
    """Every period of a cadence that ends in [first, last], written in a grain: a month as its last day, say."""
    step = MONTHS[cadence]
    for year in range(first.year, last.year + 1):
        for month in range(step, 13, step):
            end = date(year, month, calendar.monthrange(year, month)[1])
            if first <= end <= last:
                yield _written(end, grain)


def _written(end: date, grain: Grain) -> str:
    match grain:
        case "year":
            return str(end.year)
        case "quarter":
            return f"{end.year}-Q{end.month // 3}"
        case "month":
            return f"{end:%Y-%m}"
        case "date":
            return end.isoformat()


def _quarter(said: str) -> str | None:
    if found := _HALF.search(said):
        return f"{found[1]}-Q{_ENDS[found[2]] // 3}"
    if found := _QUARTER.search(said):
        ordinal = found[2] or found[3] or found[5]
        number = _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else int(ordinal)
        return f"{_full_year(found[1] or found[4])}-Q{number}"
    if found := _CUMULATIVE.search(said):
        month = int(found[2])
        return f"{_full_year(found[1])}-Q{month // 3}" if month in (3, 6, 9, 12) else None
    return None


def counts_from_january(text: str) -> bool:
    """Whether a text states months counted from January to a later one (1-6月), not one of them."""
    found = _CUMULATIVE.search(squeeze(text))
    return found is not None and found[2] not in ("1", "01")


def _month(said: str) -> str | None:
    cumulative = _CUMULATIVE.search(said)
    written = (_COMPACT, _DATE, _MONTH, _COMPACT_MONTH)
    found = cumulative or next(filter(None, (way.search(said) for way in written)), None)
    return f"{_full_year(found[1])}-{int(found[2]):02}" if found and 1 <= int(found[2]) <= 12 else None


def _day(said: str) -> date | None:
    found = _DATE.search(said) or _COMPACT.search(said)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _is_part_of_year(said: str) -> bool:
    if found := _HALF.search(said):
        return found[2] != "全年"
    if found := _CUMULATIVE.search(said):
        return int(found[2]) != 12
    return bool(_QUARTER.search(said))


def _han_number(said: str) -> int:
    return 10 + "一二".find(said[1:]) + 1 if len(said) > 1 else "一二三四五六七八九十".index(said) + 1


def _full_year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"
