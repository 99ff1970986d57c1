"""Times of a home's own loads, made the same in texts, so that every other time is still compared."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

Neutral = Callable[[str], str]
"""Gives a text without what any two loads differ in."""

_MOMENT = re.compile(
    r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:[+]\d{2}:\d{2})?"
)
_VERSION = re.compile(r"\bv\d{6}\b")


def neutral_for(home: Path) -> Neutral:
    """Give the function that writes (load) for each moment within a load of this home, and (version) for versions."""
    spans = load_spans(home)

    def moment(written: re.Match[str]) -> str:
        year, month, day, hour, minute, second = (int(part or 0) for part in written.groups())
        at = datetime(year, month, day, hour, minute, second)
        return "(load)" if any(start <= at <= end for start, end in spans) else written[0]

    return lambda text: _VERSION.sub("(version)", _MOMENT.sub(moment, text))


def load_spans(home: Path) -> list[tuple[datetime, datetime]]:
    """When each load of a home began and ended, in the time zone that it writes, widened to whole minutes."""
    spans = []
    for path in (home / "history" / "loads").glob("*.json"):
        record = json.loads(path.read_bytes())
        start, end = (datetime.fromisoformat(record[name]) for name in ("started_at", "ended_at"))
        first = start.replace(second=0, microsecond=0, tzinfo=None)
        spans.append((first, end.replace(tzinfo=None) + timedelta(minutes=1)))
    return spans
