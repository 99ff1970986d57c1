"""Times of a home's own loads, made the same in texts, so that every other time is still compared."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Shanghai")
Neutral = Callable[[str], str]
"""Gives a text without what any two loads differ in."""

_MOMENT = re.compile(
    r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:[+]\d{2}:\d{2})?"
)
_DAY = re.compile(r"(?<![\d-])(\d{2})-(\d{2})(?![\d-])")
_VERSION = re.compile(r"\bv\d{6}\b")


def neutral_for(home: Path, *, with_days: bool = False) -> Neutral:
    """Give the function that writes (load) for each moment within a load of this home, and (version) for versions.

    with_days: also (day) for month and day of a load without a year.
    """
    return neutral_within(load_spans(home), with_days=with_days)


def neutral_within(spans: list[tuple[datetime, datetime]], *, with_days: bool = False) -> Neutral:
    """Give the function that does so for these spans."""

    def moment(written: re.Match[str]) -> str:
        year, month, day, hour, minute, second = (int(part or 0) for part in written.groups())
        try:
            at = datetime(year, month, day, hour, minute, second)
        except ValueError:  # a sender's cell may hold what is no time
            return written[0]
        return "(load)" if any(start <= at <= end for start, end in spans) else written[0]

    days = {(at.month, at.day) for span in spans for at in span if with_days}

    def day(written: re.Match[str]) -> str:
        return "(day)" if (int(written[1]), int(written[2])) in days else written[0]

    return lambda text: _VERSION.sub("(version)", _DAY.sub(day, _MOMENT.sub(moment, text)))


def minute_of(moment: datetime) -> datetime:
    """The minute that a moment is written as where seconds are not, without its time zone."""
    return moment.replace(second=0, microsecond=0, tzinfo=None)


def load_spans(home: Path) -> list[tuple[datetime, datetime]]:
    """When each load of a home began and ended, in the time zone that it writes, from the whole minute."""
    spans = []
    for path in (home / "history" / "loads").glob("*.json"):
        record = json.loads(path.read_bytes())
        start, end = (datetime.fromisoformat(record[name]) for name in ("started_at", "ended_at"))
        spans.append((minute_of(start), end.replace(tzinfo=None)))
    return spans
