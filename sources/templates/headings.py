"""Headings over columns and names before values, such that the layout of a filled form finds them."""

import re
from itertools import chain, repeat

import polars as pl

from schemas.field import Column
from sources.county.contract import Contract
from sources.layout.column_name import MARKS, is_code, unit_of
from sources.templates.choices import TOWNSHIP
from sources.text.period_heading import parts_in
from sources.text.squeeze import squeeze
from sources.text.unit import is_unit

REQUIRED = "*"
"""Stands before the heading of what must be filled; the layout passes it over as it does a number."""

_BETWEEN_HEADINGS = re.compile(r"/(?![^（(]*[)）])")


def heading_path(contract: Contract, column: Column) -> tuple[str, ...]:
    """List the headings of a column from the top down, the unit of measure after the lowest.

    Empty for a column that has none: it is known by standing first.
    """
    if column.name == TOWNSHIP:
        return (column.title,)
    code = code_of(contract, column)
    path = name_path(contract, column)
    if not path and not code:
        return ()
    *above, lowest = path or (column.title,)
    return (
        *above,
        with_unit(with_mark(lowest, contract, column), column, "\n"),
        *([code] if not path else []),
    )


def name_path(contract: Contract, column: Column) -> tuple[str, ...]:
    """Split a field's first name in the contract into its headings; the first without a period or unit, if any."""
    names = [name for name in contract.columns.get(column.name, []) if name and not is_code(squeeze(name))]
    names = [name for name in names if not parts_in(name)] or names
    plain = [name for name in names if unit_of((squeeze(name),)) is None]
    return tuple(_BETWEEN_HEADINGS.split((plain or names)[0])) if names else ()


def code_of(contract: Contract, column: Column) -> str:
    """Find the code that the contract knows a field by, or an empty text."""
    return next((name for name in contract.columns.get(column.name, []) if is_code(squeeze(name))), "")


def with_mark(name: str, contract: Contract, column: Column) -> str:
    """Put the mark of what must be filled before a name."""
    return f"{REQUIRED}{name}" if contract.needs(column) else name


def with_unit(name: str, column: Column, between: str = "") -> str:
    """Add its unit of measure in parentheses to a name, where the layout knows the unit."""
    is_stated = unit_of((squeeze(name),)) is not None
    return (
        f"{name}{between}（{column.unit}）"
        if column.unit and is_unit(column.unit) and not is_stated
        else name
    )


def marks(columns: list[Column], first: str) -> list[str | int]:
    """List the marks that number columns: 甲 乙 丙 over texts, 1 2 3 over values."""
    letters = (letter for letter in chain("甲乙丙丁戊己庚辛壬癸", repeat("—")) if letter != first)
    number = 0
    column_marks: list[str | int] = [first]
    for column in columns[1:]:
        if column.dtype.is_numeric() or column.dtype == pl.Boolean:
            number += 1
            column_marks.append(number)
        else:
            column_marks.append(next(letters))
    return column_marks


def is_marked(label: str | None) -> bool:
    """Tell whether a contract's header ends in a row that numbers the columns."""
    return label is not None and squeeze(label) in MARKS
