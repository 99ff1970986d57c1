"""Rows and figures as JSON and CSV."""

import json
from datetime import date, time
from decimal import Decimal
from typing import Any

import polars as pl


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Dates as ISO text; decimals as numbers (whole ones exactly, others to 15 digits)."""
    return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent)


def rows_json(rows: pl.DataFrame) -> str:
    """Write a list with one object per row."""
    return to_json(rows.to_dicts())


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time():
            return value.isoformat()
    return str(value)
