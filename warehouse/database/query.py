"""Queries on built and published files, answered as polars frames: whole, a batch at a time, or the first rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.engine import connect_to_published
from warehouse.database.store import Store
from warehouse.database.templates import render

BATCH_ROWS = 10_000
"""Rows of a batch; a million rows are never in memory at once."""

Parameters = Sequence[object] | Mapping[str, object]
"""Values of a statement's question marks, or of its `$name`s."""

_ROW_COUNT = Path(__file__).with_name("row_count.sql.j2")
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


class NoStatement(XiangcangError):
    """A text in which there is nothing to run."""


class NothingPublished(XiangcangError):
    """No version has been published yet in a home, or it is another home that is meant."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"{root} 里还没有发布过数据，请先运行 xiangcang load；数据在别处的，请设 XIANGCANG_HOME"
        )


@dataclass(frozen=True)
class OpenVersion:
    """A built or published version, opened for several statements, which it cannot be changed by.

    All read this version, whatever is published meanwhile. Each raises duckdb.Error for a statement that is wrong or
    would write, and NoStatement.
    """

    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str, parameters: Parameters = ()) -> pl.DataFrame:
        """Run a statement and return its rows."""
        result = _run(self.connection, sql, parameters)
        return _frame(result, result.fetchall())

    def batches(self, sql: str, parameters: Parameters = ()) -> Iterator[pl.DataFrame]:
        """Run a statement and yield its rows in batches of BATCH_ROWS: one at least, which may be empty."""
        result = _run(self.connection.cursor(), sql, parameters)
        rows = result.fetchmany(BATCH_ROWS)
        yield _frame(result, rows)
        while rows := result.fetchmany(BATCH_ROWS):
            yield _frame(result, rows)


@contextmanager
def open_published(store: Store, *, memory_limit: str | None = None) -> Iterator[OpenVersion]:
    """Open the published version. Raises NothingPublished.

    memory_limit: as DuckDB writes sizes; what a sort takes beyond it is on disk while it is read.
    """
    file = _published(store)
    with (
        TemporaryDirectory() as scratch,
        connect_to_published(file, spill=Path(scratch), memory_limit=memory_limit) as connection,
    ):
        yield OpenVersion(connection)


def query(store: Store, sql: str, parameters: Parameters = ()) -> pl.DataFrame:
    """Open the published version for one statement. Raises NothingPublished, and as `OpenVersion` does."""
    with open_published(store) as published:
        return published.rows(sql, parameters)


def stream(store: Store, sql: str, parameters: Parameters = ()) -> Iterator[pl.DataFrame]:
    """Open the published version for the batches of one statement. Raises as `query` does, with the first of them."""
    with open_published(store) as published:
        yield from published.batches(sql, parameters)


def read(file: Path, sql: str, parameters: Parameters = ()) -> pl.DataFrame:
    """Run a statement read-only on a built file and return its rows. Raises duckdb.Error."""
    with connect_to_published(file) as connection:
        return OpenVersion(connection).rows(sql, parameters)


def first_rows(store: Store, sql: str, limit: int) -> tuple[pl.DataFrame, int]:
    """Run a statement as `query` does; return so many of its rows at most, and the number of all."""
    with connect_to_published(_published(store)) as connection:
        result = _run(connection, sql)
        rows = result.fetchmany(limit + 1)
        first = _frame(result, rows[:limit])
        if len(rows) <= limit:
            return first, len(rows)
        count = render(_ROW_COUNT, select=sql.strip().removesuffix(";"))
        try:
            ((row_count,),) = connection.cursor().execute(count).fetchall()
        except duckdb.Error:  # not a SELECT alone, as a list of settings: counted as they come
            row_count = len(rows) + len(result.fetchall())
        return first, int(row_count)


def _run(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters = ()
) -> duckdb.DuckDBPyConnection:
    """Run a statement. Raises NoStatement, or duckdb.Error."""
    if not duckdb.extract_statements(sql):
        raise NoStatement('没有写查询语句；如 xiangcang sql "select * from dim_indicator"')
    return connection.execute(sql, parameters)


def _published(store: Store) -> Path:
    if not store.current.exists():
        raise NothingPublished(store.root)
    return store.current


def _frame(result: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = [(name, _polars_type(str(kind))) for name, kind, *_ in result.description]
    return pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)


def _polars_type(kind: str) -> pl.DataType | None:
    """Map a DuckDB type to its polars type; None where polars is to infer it from the values."""
    if decimal := _DECIMAL.fullmatch(kind):
        return pl.Decimal(int(decimal[1]), int(decimal[2]))
    return _TYPES.get(kind)
