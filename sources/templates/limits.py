"""Limits of a field's values, from the checks of its table, for the checks of a spreadsheet cell."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.field import Column
from sources.text.unit import factor

Bound = Decimal | date
_ID_NUMBER_LENGTH = 18


@dataclass(frozen=True)
class Limits:
    """Limits of a value.

    lower and upper: the least and the greatest value. length: characters, at least and at most.
    """

    lower: Bound | None = None
    upper: Bound | None = None
    length: tuple[int, int | None] | None = None
    pattern: str | None = None


def limits(model: type[pa.DataFrameModel], column: Column) -> Limits:
    """Collect the limits of one field, in the unit in which it is filled; none for a column that is not of the table."""
    declared = model.to_schema().columns.get(column.name)
    narrowed = Limits(length=(_ID_NUMBER_LENGTH, _ID_NUMBER_LENGTH) if column.pii == "id_number" else None)
    for check in declared.checks if declared else ():
        narrowed = _narrow(narrowed, check.name, check.statistics or {}, _step(column.dtype))
    unit = declared.metadata["unit"] if declared and declared.metadata else None
    scale = factor(column.unit, unit) if column.unit and unit else None
    lower, upper = (_scale(bound, scale or Decimal(1)) for bound in (narrowed.lower, narrowed.upper))
    return replace(narrowed, lower=lower, upper=upper)


def _scale(bound: Bound | None, scale: Decimal) -> Bound | None:
    return bound / scale if isinstance(bound, Decimal) and scale != 1 else bound


def _narrow(known: Limits, check: str, statistics: dict[str, Any], step: Any) -> Limits:
    match check:
        case "greater_than_or_equal_to":
            return replace(known, lower=_bound(statistics["min_value"]))
        case "greater_than":
            return replace(known, lower=_bound(statistics["min_value"]) + step)
        case "less_than_or_equal_to":
            return replace(known, upper=_bound(statistics["max_value"]))
        case "less_than":
            return replace(known, upper=_bound(statistics["max_value"]) - step)
        case "str_length":
            exact = statistics.get("exact_value")
            least, most = statistics.get("min_value") or 0, statistics.get("max_value")
            length = (exact, exact) if exact else (least, most)
            return replace(known, length=length)
        case "str_matches":
            known = replace(known, pattern=statistics["pattern"])
            if repeated := _ONE_CLASS.fullmatch(statistics["pattern"]):
                return replace(known, length=(int(repeated[1]), int(repeated[2] or repeated[1])))
    return known


_ONE_CLASS = re.compile(r"\^\[[^\]]*\]\{(\d+)(?:,(\d+))?\}\$")
"""A pattern of one class of characters, repeated: it limits the length too."""


def _bound(value: Any) -> Any:
    return value if isinstance(value, date) else Decimal(str(value))


def _step(dtype: pl.DataType) -> Decimal | timedelta:
    """Return how far apart two neighbouring values of a type are."""
    if isinstance(dtype, pl.Decimal):
        return Decimal(1).scaleb(-dtype.scale)
    return timedelta(days=1) if dtype == pl.Date else Decimal(1)
