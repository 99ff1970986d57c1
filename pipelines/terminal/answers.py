"""Rows and figures as JSON and CSV, which are written while rows come."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import polars as pl

_FORMULA, _SIGNED_NUMBER = r"^[=+\-@\t\r\n]", r"^[+\-][0-9][0-9,]*(\.[0-9]+)?%?$"


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


def rows_csv(batches: Iterable[pl.DataFrame], *, raw: bool = False) -> Iterator[str]:
    """Yield the header, and the lines of the rows, a batch at a time; the first may be without rows.

    raw: texts exactly as they are; else one that a spreadsheet would take for a formula begins with an apostrophe.
    """
    for position, rows in enumerate(batches):
        shown = rows if raw else rows.with_columns(_neutralise())
        yield shown.write_csv(include_header=position == 0)


def _neutralise() -> pl.Expr:
    """Put an apostrophe before texts that begin as a formula does; a signed number is none."""
    text = pl.col(pl.String)
    is_formula = text.str.contains(_FORMULA) & ~text.str.contains(_SIGNED_NUMBER)
    return pl.when(is_formula).then(text.str.replace("^", "'")).otherwise(text)


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
