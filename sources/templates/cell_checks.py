"""Checks of cells by Excel while they are filled, with the limits that the table's rules check afterwards."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from schemas.field import Column
from sources.layout.settle import PERIOD_EXAMPLES
from sources.templates.limits import Limits
from sources.templates.words import advice
from sources.text.period import Grain

NOTHING = "整份没有可报的，在第一行写“无”"
_FIRST_DAY = date(1900, 1, 1)
_MOST = 10**15
"""Excel keeps fifteen digits."""
_LONGEST_TITLE = 32
"""Excel shows no longer title."""

Options = dict[str, Any]
"""What xlsxwriter's `data_validation` takes."""


def cell_check(
    column: Column, limits: Limits, source: str | None, *, is_first: bool = False
) -> Options | None:
    """Make the check of a field's cells, None where any text will do. source: the range to choose from.

    is_first: of the column in whose first row 无 is written where there is nothing to report: there it only warns.
    """
    check = _check(column, limits, source)
    if check is None:
        return None
    words = {"error_title": column.title[:_LONGEST_TITLE], "error_message": advice(column, limits)}
    if is_first:
        words |= {
            "error_type": "warning",
            "error_message": f"{words['error_message']}。{NOTHING}的，请选“是”",
        }
    return check | words


def _check(column: Column, limits: Limits, source: str | None) -> Options | None:
    if source is not None:
        return {"validate": "list", "source": source}
    if column.dtype == pl.Date:
        return {"validate": "date"} | _between(limits.lower or _FIRST_DAY, limits.upper)
    if column.dtype.is_numeric():
        kind = "decimal" if isinstance(column.dtype, pl.Decimal) else "integer"
        lower = Decimal(-_MOST) if limits.lower is None else limits.lower
        return {"validate": kind} | _between(lower, limits.upper)
    if limits.length is not None:
        return {"validate": "length"} | _between(*limits.length)
    return None


def _between(lower: Any, upper: Any) -> Options:
    if upper is None:
        return {"criteria": ">=", "value": _plain(lower)}
    return {"criteria": "between", "minimum": _plain(lower), "maximum": _plain(upper)}


def _plain(bound: Any) -> Any:
    return float(bound) if isinstance(bound, Decimal) else bound


def period_prompt(grain: Grain) -> Options:
    """Make the prompt that the cell of the period shows when it is chosen."""
    return {"validate": "any", "input_title": "报告期", "input_message": f"请写作如 {PERIOD_EXAMPLES[grain]}"}
