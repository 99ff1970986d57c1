"""The seam to the engine: DuckDB building one new file, and connections to built and published files.

Python that only DuckDB understands stands here; SQL that dialects do not share, in `macros`.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pandera.polars as pa
import polars as pl

from schemas.errors import XiangcangError
from schemas.field import columns, polars_schema
from warehouse.database.quoting import identifier, literal
from warehouse.database.templates import render

STORAGE_VERSION = "v1.2.0"
"""Clients from DuckDB 1.2 on open the file."""

_SOURCE_VIEW, _TABLE, _ROW_COUNT, _CONTENTS = (
    Path(__file__).with_name(f"{name}.sql.j2") for name in ("source_view", "table", "row_count", "contents")
)
_NOT_TO_BE_TRUSTED = "common_subplan"
"""An optimizer of DuckDB 2.0.0 that gives two readings of one subquery the columns of the first."""

SETTINGS = (
    "set timezone = 'Asia/Shanghai'",
    "set preserve_insertion_order = false",
    f"set disabled_optimizers = {literal(_NOT_TO_BE_TRUSTED)}",
    "set disabled_compression_methods = 'fsst'",  # a sixth of the time, for a third of the size
)
"""Settings of a build."""

EXPLODE = "create temp macro explode(list) as unnest(list)"
"""What Spark calls explode, for models that both engines run."""

Source = pl.DataFrame | Sequence[Path]
Row = dict[str, Any]


class Misshapen(XiangcangError):
    """A SELECT without the columns, types or non-null values that its table in `schemas` declares."""


class DuckDB:
    """A database file under construction, and the relations that its tables are built from.

    file: new, or a copy of an earlier one. scratch: an existing folder for frames handed over and for spilling.
    memory_limit: of the buffer manager, as DuckDB writes sizes ("2GB"). run_name: tables lie in the file alone.
    """

    run_name: str | None = None

    def __init__(self, file: Path, scratch: Path, *, memory_limit: str) -> None:
        self._scratch = scratch
        self._connection = duckdb.connect()
        self._run(f"set memory_limit = {literal(memory_limit)}")
        self._run(f"set temp_directory = {literal(scratch / 'spill')}")
        for setting in SETTINGS:
            self._run(setting)
        self._run(f"attach {literal(file)} as built (storage_version {literal(STORAGE_VERSION)})")
        self._run("use built")
        self._run(EXPLODE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def register(self, name: str, model: type[pa.DataFrameModel], source: Source) -> None:
        """Make a frame, or Parquet files of the same columns, readable under a name, in the model's types.

        An empty list of files is an empty relation. Raises duckdb.Error where a column is missing or its
        values cannot be cast.
        """
        files = as_files(name, model, source, self._scratch)
        self._run(render(_SOURCE_VIEW, name=name, columns=columns(model), files=files))

    def create(
        self, name: str, model: type[pa.DataFrameModel], select: str, *, has_known_shape: bool = False
    ) -> int:
        """Build a table from a SELECT and return the number of its rows. Raises Misshapen.

        has_known_shape: the same SELECT was checked against the same table before; planning a long one takes a second.
        """
        if not has_known_shape:
            self._check_shape(name, model, select)
        self._run(render(_TABLE, name=name, columns=columns(model)))
        try:
            (inserted,) = self._run(f"insert into {identifier(name)} by name {select}").fetchall()[0]
        except duckdb.ConstraintException as error:
            raise Misshapen(
                f"{name}: a column that its table declares without nulls has one: {error}"
            ) from error
        return int(inserted)

    def create_view(
        self, name: str, model: type[pa.DataFrameModel], select: str, *, has_known_shape: bool = False
    ) -> None:
        """Make a view of a SELECT, evaluated whenever it is read. has_known_shape: as for `create`. Raises Misshapen."""
        if not has_known_shape:
            self._check_shape(name, model, select)
        self._run(f"create view {identifier(name)} as {select}")

    def drop(self, name: str) -> None:
        """Drop a table or view, if there is one of that name."""
        kinds = self._run("select table_type from information_schema.tables where table_name = ?", [name])
        for (kind,) in kinds.fetchall():
            self._run(f"drop {'view' if kind == 'VIEW' else 'table'} {identifier(name)}")

    def table_names(self) -> set[str]:
        """Name the tables and views of the file."""
        names = self._run("select table_name from information_schema.tables where table_catalog = 'built'")
        return {name for (name,) in names.fetchall()}

    def contents(self, name: str) -> tuple[int, str]:
        """Count the rows of a relation, and hash them whatever their order."""
        return contents_of(self._connection, name)

    def is_loose(self) -> bool:
        """Return whether the file has over a quarter of its size in blocks that hold nothing any more."""
        self._run("checkpoint built")
        sizes = self._run(
            "select used_blocks, free_blocks from pragma_database_size() where database_name = 'built'"
        )
        used, free = sizes.fetchall()[0]
        return bool(free * 4 > used)

    def copy_into(self, file: Path) -> None:
        """Write all that the file has into a new one, without blocks that hold nothing."""
        self._run(f"attach {literal(file)} as compacted (storage_version {literal(STORAGE_VERSION)})")
        self._run("copy from database built to compacted")
        self._run("detach compacted")

    def run(self, statements: Sequence[str]) -> None:
        """Run statements without results in a single transaction."""
        self._run("begin")
        for statement in statements:
            self._run(statement)
        self._run("commit")

    def count(self, select: str) -> int:
        """Count the rows of a SELECT."""
        (count,) = self._run(render(_ROW_COUNT, select=select)).fetchall()[0]
        return int(count)

    def rows(self, select: str) -> list[Row]:
        """Return the rows of a SELECT, each by column name."""
        result = self._run(select)
        names = [name for name, *_ in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _check_shape(self, name: str, model: type[pa.DataFrameModel], select: str) -> None:
        declared = [(c.name, c.sql_type.upper()) for c in columns(model)]
        selected = [(name, kind) for name, kind, *_ in self._run(f"describe {select}").fetchall()]
        if selected != declared:
            raise Misshapen(f"{name}: its SELECT gives {selected}; its table in schemas/ declares {declared}")

    def _run(self, sql: str, parameters: Sequence[object] = ()) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(sql, parameters)


def as_files(name: str, model: type[pa.DataFrameModel], source: Source, scratch: Path) -> Sequence[Path]:
    """Return the Parquet files of a source; a frame, or an empty relation, is written into a folder."""
    if not isinstance(source, pl.DataFrame) and source:
        return source
    frame = source if isinstance(source, pl.DataFrame) else pl.DataFrame(schema=polars_schema(model))
    file = scratch / f"{name}.parquet"
    frame.write_parquet(file)
    return [file]


def contents_of(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[int, str]:
    """Count the rows of a relation, and hash them whatever their order; every value is read."""
    rows, contents = connection.execute(render(_CONTENTS, name=name)).fetchall()[0]
    return int(rows), str(contents or 0)


def connect_to_build(file: Path) -> duckdb.DuckDBPyConnection:
    """Open a built file for writing, to add its version and time before it is published."""
    return duckdb.connect(str(file))


_DAMAGE = ("Corrupt database file", "not a valid DuckDB database file")
"""What DuckDB says of a file that has changed."""


class DamagedFile(XiangcangError):
    """A file of tables that cannot be opened any more."""


def connect_to_published(
    file: Path, *, spill: Path | None = None, memory_limit: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a published file read-only; its SQL reaches no other file. Raises DamagedFile.

    spill: the folder for what does not fit in memory. memory_limit: of the buffer manager, as DuckDB writes sizes.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "disabled_optimizers": _NOT_TO_BE_TRUSTED,
    }
    if spill:
        settings["temp_directory"] = str(spill)
    if memory_limit:
        settings["memory_limit"] = memory_limit
    try:
        return duckdb.connect(str(file), read_only=True, config=settings)
    except duckdb.Error as error:
        if any(words in str(error) for words in _DAMAGE):
            raise DamagedFile(
                f"{file.name} 损坏，打不开；请执行 xiangcang verify 看损坏了什么，已发布的由 xiangcang load 重建"
            ) from error
        raise
