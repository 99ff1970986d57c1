"""Queries on built and published files, answered as polars frames."""

import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.engine import connect_to_published
from warehouse.database.store import Store

_TYPES: dict[str, pl.DataType] = {
    "BOOLEAN": pl.Boolean(),
    "SMALLINT": pl.Int16(),
    "INTEGER": pl.Int32(),
    "BIGINT": pl.Int64(),
    "HUGEINT": pl.Int128(),
    "DOUBLE": pl.Float64(),
    "VARCHAR": pl.String(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


class NothingPublished(XiangcangError):
    """No version has been published yet."""


def query(store: Store, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
    """Run a statement on the published warehouse, which it cannot change, and return its rows.

    parameters: values of the statement's question marks. Raises NothingPublished, or duckdb.Error for a
    statement that is wrong or would write.
    """
    if not store.current.exists():
        raise NothingPublished("还没有发布过数据，请先运行 xiangcang load")
    return read(store.current, sql, parameters)


def read(file: Path, sql: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
    """Run a statement read-only on a built file and return its rows. Raises duckdb.Error."""
    with connect_to_published(file) as connection:
        result = connection.execute(sql, parameters)
        schema = [(name, _polars_type(str(kind))) for name, kind, *_ in result.description]
        return pl.DataFrame(result.fetchall(), schema=schema, orient="row", infer_schema_length=None)


def _polars_type(kind: str) -> pl.DataType | None:
    """Map a DuckDB type to its polars type; None where polars is to infer it from the values."""
    if decimal := _DECIMAL.fullmatch(kind):
        return pl.Decimal(int(decimal[1]), int(decimal[2]))
    return _TYPES.get(kind)
