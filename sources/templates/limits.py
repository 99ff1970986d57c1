"""What a table's own checks say that a field's value may be, for the checks of a spreadsheet cell."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.field import Column

Bound = Decimal | date
_ID_NUMBER_LENGTH = 18


@dataclass(frozen=True)
class Limits:
    """lower and upper: the least and the greatest value; length: characters, at least and at most."""

    lower: Bound | None = None
    upper: Bound | None = None
    length: tuple[int, int | None] | None = None
    pattern: str | None = None


def limits(model: type[pa.DataFrameModel], column: Column) -> Limits:
    """The limits of one field; none for a column that is not of the table."""
    declared = model.to_schema().columns.get(column.name)
    found = Limits(length=(_ID_NUMBER_LENGTH, _ID_NUMBER_LENGTH) if column.pii == "id_number" else None)
    for check in declared.checks if declared else ():
        found = _narrowed(found, check.name, check.statistics or {}, _step(column.dtype))
    return found


def _narrowed(found: Limits, check: str, said: dict[str, Any], step: Any) -> Limits:
    match check:
        case "greater_than_or_equal_to":
            return replace(found, lower=_bound(said["min_value"]))
        case "greater_than":
            return replace(found, lower=_bound(said["min_value"]) + step)
        case "less_than_or_equal_to":
            return replace(found, upper=_bound(said["max_value"]))
        case "less_than":
            return replace(found, upper=_bound(said["max_value"]) - step)
        case "str_length":
            exact = said.get("exact_value")
            length = (exact, exact) if exact else (said.get("min_value") or 0, said.get("max_value"))
            return replace(found, length=length)
        case "str_matches":
            found = replace(found, pattern=said["pattern"])
            told = _ONE_CLASS.fullmatch(said["pattern"])
            return replace(found, length=(int(told[1]), int(told[2] or told[1]))) if told else found
    return found


_ONE_CLASS = re.compile(r"\^\[[^\]]*\]\{(\d+)(?:,(\d+))?\}\$")
"""A pattern that is one class of characters, so many times: it says a length too."""


def _bound(value: Any) -> Any:
    return value if isinstance(value, date) else Decimal(str(value))


def _step(dtype: pl.DataType) -> Decimal | timedelta:
    """How far apart two neighbouring values of a type are."""
    if isinstance(dtype, pl.Decimal):
        return Decimal(1).scaleb(-dtype.scale)
    return timedelta(days=1) if dtype == pl.Date else Decimal(1)
