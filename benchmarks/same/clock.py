"""Neutral texts: times of a home's own loads made the same, so that every other time is still compared.

Put here what knows when a home was loaded.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Shanghai")
Neutral = Callable[[str], str]
"""A function that replaces in a text what any two loads differ in."""

_MOMENT = re.compile(
    r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:[+]\d{2}:\d{2})?"
)
_DAY = re.compile(r"(?<![\d-])(\d{2})-(\d{2})(?![\d-])")
_VERSION = re.compile(r"\bv\d{6}\b")


def neutral_for(home: Path, *, with_days: bool = False) -> Neutral:
    """Make the function that replaces each moment within a load of this home by (load), versions by (version).

    with_days: also month and day of a load, without a year, by (day).
    """
    return neutral_within(load_spans(home), with_days=with_days)


def neutral_within(spans: list[tuple[datetime, datetime]], *, with_days: bool = False) -> Neutral:
    """Make that function for these spans of loads, from first to last moment."""

    def replace_moment(match: re.Match[str]) -> str:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            at = datetime(year, month, day, hour, minute, second)
        except ValueError:  # a sender's cell may hold digits that are no time
            return match[0]
        return "(load)" if any(start <= at <= end for start, end in spans) else match[0]

    days = {(at.month, at.day) for span in spans for at in span if with_days}

    def replace_day(match: re.Match[str]) -> str:
        return "(day)" if (int(match[1]), int(match[2])) in days else match[0]

    return lambda text: _VERSION.sub("(version)", _DAY.sub(replace_day, _MOMENT.sub(replace_moment, text)))


def minute_of(moment: datetime) -> datetime:
    """Cut a moment to its minute, as texts without seconds write it, and drop its time zone."""
    return moment.replace(second=0, microsecond=0, tzinfo=None)


def load_spans(home: Path) -> list[tuple[datetime, datetime]]:
    """Read when each load of a home began (cut to the minute) and ended, in the time zone that it writes."""
    spans = []
    for path in (home / "history" / "loads").glob("*.json"):
        record = json.loads(path.read_bytes())
        start, end = (datetime.fromisoformat(record[name]) for name in ("started_at", "ended_at"))
        spans.append((minute_of(start), end.replace(tzinfo=None)))
    return spans
