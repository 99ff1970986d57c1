"""Progress of a load in its log: a step is INFO and says how many DEBUG lines follow, each a file or a table done."""

import logging

_TOTAL = "lines_to_come"


def of(total: int) -> dict[str, int]:
    """Say with a step how many lines follow it: the `extra` of its log record."""
    return {_TOTAL: total}


def total_of(record: logging.LogRecord) -> int | None:
    """Read how many lines follow a step; None for a line that is none."""
    return getattr(record, _TOTAL, None)
