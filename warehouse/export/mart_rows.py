"""Rows of marts as cells: their numbers of households, and the figures that these are or add up to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl

from schemas.field import Column, columns
from warehouse.export.figure_cells import FigureCell
from warehouse.export.small_cells import Cell, Sum, is_small

Mart = type[pa.DataFrameModel]

_NO_TOWNSHIP = {"unknown": "unassigned"}
"""What marts call the place of what lies in no township, and as figures call it."""


class RowCell(NamedTuple):
    """The key of a number in a mart's row. key: of the row."""

    mart: str
    key: tuple[str, ...]
    column: str


@dataclass(frozen=True)
class HouseholdRow:
    """A mart's row with numbers of households. figures: by cell, that which it is or is a part of."""

    cells: Mapping[RowCell, Cell]
    figures: Mapping[RowCell, FigureCell]
    is_small: bool


def of_households(model: Mart) -> list[Column]:
    """List the columns of a mart that are suppressed where its row is of too few households."""
    return [column for column in columns(model) if column.of_households or column.figure]


def row_key(model: Mart, row: Mapping[str, object]) -> tuple[str, ...]:
    """Give the key of a row as texts."""
    return tuple(str(row[column.name]) for column in columns(model) if column.key)


def household_rows(
    name: str, model: Mart, rows: pl.DataFrame, latest_year: Mapping[str, str]
) -> Iterator[HouseholdRow]:
    """Yield the rows of a mart that are of households; none of a mart that has no such numbers.

    latest_year: of each indicator, the last year with a figure, for rows without a period of their own.
    """
    placed: tuple[str, str | None] | None = ((model.__config__ and model.__config__.metadata) or {}).get(
        "placed"
    )
    if placed is None:
        return
    place, time = placed
    numbers = [(column, column.figure) for column in of_households(model) if column.figure]
    counts = sorted({column.of_households for column in of_households(model) if column.of_households})
    for row in rows.iter_rows(named=True):
        cells, figures = {}, {}
        for column, figure in numbers:
            if row[column.name] is None:
                continue
            key = RowCell(name, row_key(model, row), column.name)
            households = row[column.of_households] if column.of_households else 0
            period = str(row[time]) if time else latest_year.get(figure, "")
            division = _NO_TOWNSHIP.get(row[place], row[place])
            cells[key] = Cell(Decimal(row[column.name]), households)
            figures[key] = FigureCell(figure, "value", period, "period", division)
        is_of_few = _is_small([row[count] for count in counts]) or _is_of_uncounted(model, row)
        yield HouseholdRow(cells, figures, is_of_few)


def _is_small(counts: Sequence[int | None]) -> bool:
    """Return whether any of a row's households, or those of one number but not of another, are too few."""
    counted = [count for count in counts if count is not None]
    return any(map(is_small, counted + [abs(a - b) for a, b in combinations(counted, 2)]))


def _is_of_uncounted(model: Mart, row: Mapping[str, Any]) -> bool:
    """Return whether a number is of households that are not counted, as the amount of a reversal is."""
    counted = [column for column in of_households(model) if column.of_households]
    return any(row[column.name] and row[str(column.of_households)] == 0 for column in counted)


def row_sums(rows: Sequence[HouseholdRow]) -> Iterator[Sum[FigureCell | RowCell]]:
    """Yield the figures that rows of a mart make."""
    parts: dict[tuple[str, FigureCell], list[RowCell]] = defaultdict(list)
    for row in rows:
        for key, figure in row.figures.items():
            parts[key.column, figure].append(key)
    for (_, figure), of_figure in parts.items():
        yield Sum(figure, tuple(of_figure))
