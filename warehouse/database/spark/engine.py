"""The engine Spark: each table a new folder of Parquet in the run of this build, and from there into the file."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pandera.polars as pa

from schemas.field import columns
from warehouse.database.engine import DuckDB, Misshapen, Row, Source, as_files
from warehouse.database.spark.address import read_address
from warehouse.database.spark.published import RUNS, RunTable, write_statements
from warehouse.database.spark.session import Session
from warehouse.database.templates import render

_SOURCE_VIEW, _WRITE_TABLE, _READ_FILES, _PARQUET_ROWS = (
    Path(__file__).with_name(f"{name}.sql.j2")
    for name in ("source_view", "write_table", "read_files", "parquet_rows")
)
_ROW_COUNT = Path(__file__).parents[1] / "row_count.sql.j2"
_SPARK_TYPES = {"varchar": "string", "integer": "int", "timestamp": "timestamp_ntz"}


class Spark:
    """A run of tables on a Spark server, and the file of the build, into which each is copied as it is made.

    address: of the server. file, scratch, memory_limit: as of `DuckDB`, which writes the file. The run lies in
    `runs` beside the file, under a name of its own: nothing that is published changes. Raises NotAnswered.
    """

    def __init__(self, address: str, file: Path, scratch: Path, *, memory_limit: str) -> None:
        self._address = read_address(address)
        self._scratch = scratch
        self._session = Session(self._address)
        self._file = DuckDB(file, scratch, memory_limit=memory_limit)
        self._run = file.parent / RUNS / uuid.uuid4().hex
        self._tables: list[RunTable] = []
        ((_, partitions),) = self._session.tuples("set spark.sql.shuffle.partitions")
        self._most_files = int(partitions)

    @property
    def run_name(self) -> str:
        """The name of the run's folder."""
        return self._run.name

    def __enter__(self) -> Self:
        self._run.mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session; of a build that went well, leave how its run is published."""
        with self._file, self._session:
            for table in self._tables:
                if table.select:
                    self._session.run(f"drop view if exists {table.name}")  # and what is kept of its rows
        if kind is None:
            write_statements(self._run, self._tables, self._address)

    def register(self, name: str, model: type[pa.DataFrameModel], source: Source) -> None:
        """Make a frame, or Parquet files of the same columns, readable under a name, in the model's types."""
        files = as_files(name, model, source, self._scratch)
        types = {column.name: spark_type(column.sql_type) for column in columns(model)}
        self._session.run(
            render(_READ_FILES, name=f"{name}_file", location=self._address.pattern_there([*files]))
        )
        self._session.run(render(_SOURCE_VIEW, name=name, types=types))
        self._file.register(name, model, files)

    def create(
        self, name: str, model: type[pa.DataFrameModel], select: str, *, has_known_shape: bool = False
    ) -> int:
        """Write a table of a SELECT into run and file, and return the number of its rows. Raises Misshapen."""
        folder = self._run / name
        location = self._address.name_there(folder)
        self._session.run(render(_WRITE_TABLE, location=location, select=select, files=self._most_files))
        self._session.run(render(_READ_FILES, name=name, location=location))
        if not has_known_shape:
            self._check_shape(name, model)
        self._tables.append(RunTable(name, model, folder))
        return self._file.create(name, model, render(_PARQUET_ROWS, files=sorted(folder.glob("*.parquet"))))

    def create_view(
        self, name: str, model: type[pa.DataFrameModel], select: str, *, has_known_shape: bool = False
    ) -> None:
        """Make a view of a SELECT in run and file; a build evaluates it once, if at all. Raises Misshapen."""
        self._session.run(f"create or replace temporary view {name} as {select}")
        self._tables.append(RunTable(name, model, select=select))
        if not has_known_shape:
            self._check_shape(name, model)
        self._session.run(f"cache lazy table {name}")
        self._file.create_view(name, model, select)

    def count(self, select: str) -> int:
        """Count the rows of a SELECT."""
        ((count,),) = self._session.tuples(render(_ROW_COUNT, select=select))
        return int(count)

    def rows(self, select: str) -> list[Row]:
        """Return the rows of a SELECT, each by column name."""
        return self._session.rows(select)

    def drop(self, name: str) -> None:
        """Drop a table or view of the file; the run is new."""
        self._file.drop(name)

    def table_names(self) -> set[str]:
        """Name the tables and views of the file."""
        return self._file.table_names()

    def contents(self, name: str) -> tuple[int, str]:
        """Count the rows of a relation as the file has it, and hash them whatever their order."""
        return self._file.contents(name)

    def run(self, statements: Sequence[str]) -> None:
        """Run statements without results on the file."""
        self._file.run(statements)

    def is_loose(self) -> bool:
        """Return whether the file has much space in which nothing is."""
        return self._file.is_loose()

    def copy_into(self, file: Path) -> None:
        """Write all that the file has into a new one."""
        self._file.copy_into(file)

    def _check_shape(self, name: str, model: type[pa.DataFrameModel]) -> None:
        declared = [(c.name, spark_type(c.sql_type)) for c in columns(model)]
        selected = [(column, kind) for column, kind, *_ in self._session.tuples(f"describe {name}")]
        if selected != declared:
            raise Misshapen(f"{name}: its SELECT gives {selected}; its table in schemas/ declares {declared}")


def spark_type(sql_type: str) -> str:
    """Name a type of a table as Spark does."""
    return _SPARK_TYPES.get(sql_type, sql_type)
