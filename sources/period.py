"""Periods: what figures are about, as 2022, 2022-Q3, 2022-06 or a date."""

import calendar
import re
from datetime import date
from typing import Literal

from sources.contract import squeeze

Grain = Literal["year", "quarter", "month", "date"]

_DIGITS = {character: str(i % 10) for i, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_HAN_YEAR = re.compile("[〇零○一二三四五六七八九]{4}(?=年)")
_QUARTER = re.compile(
    r"(20\d\d|(?<!\d)\d\d)年?(?:度)?[-_/]?(?:第?([一二三四1-4])季度?|Q([1-4]))", re.IGNORECASE
)
_CUMULATIVE = re.compile(r"(20\d\d|(?<!\d)\d\d)年(?:1|01|一)月?(?:[-—–~～至到]|--)(\d{1,2}|三|六|九|十二)月")
_HALF = re.compile(r"(20\d\d)年?(上半年|前三季度|全年)")
_DATE = re.compile(r"(?<!\d)(20\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d\d)(?:年|[-./])(\d{1,2})月?(?![\d])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|$|(?!\d))")
_ENDS = {"三": 3, "六": 6, "九": 9, "十二": 12, "上半年": 6, "前三季度": 9, "全年": 12}
_ORDINALS = "一二三四"


def parse_period(text: str, grain: Grain) -> str | None:
    """The period of this grain that a text states, or None where it states none.

    A quarter may be said as a quarter, or as months counted from January (1-6月, 上半年).
    """
    said = _HAN_YEAR.sub(lambda found: "".join(_DIGITS[c] for c in found[0]), squeeze(text))
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


def _quarter(said: str) -> str | None:
    if found := _QUARTER.search(said):
        ordinal = found[3] or found[2]
        number = _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else int(ordinal)
        return f"{_full_year(found[1])}-Q{number}"
    if found := _CUMULATIVE.search(said):
        month = _ENDS.get(found[2]) or int(found[2])
        return f"{_full_year(found[1])}-Q{month // 3}" if month in (3, 6, 9, 12) else None
    if found := _HALF.search(said):
        return f"{found[1]}-Q{_ENDS[found[2]] // 3}"
    return None


def _month(said: str) -> str | None:
    found = _COMPACT.search(said) or _DATE.search(said) or _MONTH.search(said)
    return f"{found[1]}-{int(found[2]):02}" if found and 1 <= int(found[2]) <= 12 else None


def _day(said: str) -> date | None:
    found = _DATE.search(said) or _COMPACT.search(said)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _is_part_of_year(said: str) -> bool:
    return bool(
        _QUARTER.search(said) or (_CUMULATIVE.search(said) and "12月" not in said and "十二月" not in said)
    )


def _full_year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"
