"""Tables as Dagster names and describes them: keys, column schemas, Markdown of rows."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import dagster as dg
import pandera.polars as pa

from schemas.catalogue import layer_and_name
from schemas.field import Column, columns
from sources.text.printable import printable

_MARKS = re.compile(r"[\\`*\[\]<>&|~!#]|(?<!\w)_|_(?!\w)|(?<=[A-Za-z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)
"""What Markdown reads as emphasis, code, a link, a picture or HTML, and what ends a cell."""


def staging_key(table: str) -> dg.AssetKey:
    """`loan_note` -> staging/loan_note."""
    return dg.AssetKey(["staging", table])


def key_of_table(table: str) -> dg.AssetKey:
    """`staged_loan_note` -> staging/loan_note; `fact_grid` -> fact/grid; `warehouse_info` -> dq/warehouse_info."""
    return dg.AssetKey(layer_and_name(table))


def column_schema(model: type[pa.DataFrameModel]) -> dg.TableSchema:
    """Every column with its type, its Chinese description and what its key and reference are."""
    return dg.TableSchema(columns=[_column(column) for column in columns(model)])


def _column(column: Column) -> dg.TableColumn:
    return dg.TableColumn(
        name=column.name,
        type=column.sql_type,
        description=column.comment + (f"（参照 {column.references}）" if column.references else ""),
        constraints=dg.TableColumnConstraints(nullable=column.nullable, other=["key"] if column.key else []),
    )


class Link(NamedTuple):
    """A cell that links to an address of the UI."""

    text: str
    address: str


def markdown(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write a Markdown table whose cells show their texts, whatever these hold."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, Link):
        return f"[{_cell(value.text)}]({value.address})"
    return "" if value is None else _MARKS.sub(r"\\\g<0>", printable(str(value).replace("\n", " ")))
