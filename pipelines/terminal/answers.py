"""Rows and figures as JSON and CSV, which are written while rows come."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import polars as pl


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Dates as ISO text; decimals as numbers (whole ones exactly, others to 15 digits)."""
    return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent)


def rows_json(batches: Iterable[pl.DataFrame]) -> Iterator[str]:
    """Yield the pieces of a list with one object per row, a batch at a time; nothing before the first has come."""
    before = "["
    for rows in batches:
        if rows.height:
            yield before + ", ".join(to_json(row) for row in rows.iter_rows(named=True))
            before = ", "
    yield "[]" if before == "[" else "]"


def rows_csv(batches: Iterable[pl.DataFrame]) -> Iterator[str]:
    """Yield the header, and the lines of the rows, a batch at a time; the first may be without rows."""
    for position, rows in enumerate(batches):
        yield rows.write_csv(include_header=position == 0)


def print_pieces(pieces: Iterable[str]) -> None:
    """Write a text to standard output as it comes."""
    sys.stdout.writelines(pieces)


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time():
            return value.isoformat()
    return str(value)
