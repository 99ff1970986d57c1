"""The engine Spark: each table a new folder of Parquet in the run of this build, no catalogue entry before publication."""

import json
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

import pandera.polars as pa
import polars as pl

from schemas.field import columns, polars_schema
from warehouse.database.engine import Misshapen, Row, Source
from warehouse.database.spark.address import read_address
from warehouse.database.spark.cut import BuiltTable, cut_file
from warehouse.database.spark.published import RUNS, publishing_statements, statements_file
from warehouse.database.spark.session import Session
from warehouse.database.templates import render

_SOURCE_VIEW, _WRITE, _READ = (
    Path(__file__).with_name(f"{name}.sql.j2") for name in ("source_view", "write_table", "read_table")
)
_ROW_COUNT = Path(__file__).parents[1] / "row_count.sql.j2"
_SPARK_TYPES = {"varchar": "string", "integer": "int", "timestamp": "timestamp_ntz"}


class Spark:
    """A run of tables on a Spark server, from which the file of the build is cut at the end.

    address: of the server. file, scratch, memory_limit: as of `DuckDB`, which writes the file. The run lies in
    `runs` beside the file, under a new name, so that nothing that is published changes. Raises NotAnswered.
    """

    def __init__(self, address: str, file: Path, scratch: Path, *, memory_limit: str) -> None:
        self._address = read_address(address)
        self._file, self._scratch, self._memory_limit = file, scratch, memory_limit
        self.run_name = uuid.uuid4().hex
        self._run = file.parent / RUNS / self.run_name
        self._built: list[BuiltTable] = []
        self._views: list[str] = []
        self._session = Session(self._address)

    def __enter__(self) -> Self:
        self._run.mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._session:
            for view in self._views:
                self._session.run(f"drop view if exists {view}")  # and what is kept of its rows

    def register(self, name: str, model: type[pa.DataFrameModel], source: Source) -> None:
        """Make a frame, or Parquet files of the same columns, readable under a name, in the model's types."""
        if isinstance(source, pl.DataFrame) or not source:
            frame = source if isinstance(source, pl.DataFrame) else pl.DataFrame(schema=polars_schema(model))
            source = [self._scratch / f"{name}.parquet"]
            frame.write_parquet(source[0])
        types = {column.name: spark_type(column.sql_type) for column in columns(model)}
        files = self._address.pattern_there([Path(path) for path in source])
        self._session.run(render(_READ, name=f"{name}_file", location=files))
        self._session.run(render(_SOURCE_VIEW, name=name, types=types))

    def create(self, name: str, model: type[pa.DataFrameModel], select: str) -> int:
        """Write a table of a SELECT into the run and return the number of its rows. Raises Misshapen."""
        location = self._address.name_there(self._run / name)
        self._session.run(render(_WRITE, location=location, select=select))
        self._session.run(render(_READ, name=name, location=location))
        self._check_shape(name, model)
        self._built.append(BuiltTable(name, model, self._run / name, None))
        return self.count(f"table {name}")

    def create_view(self, name: str, model: type[pa.DataFrameModel], select: str) -> None:
        """Make a view of a SELECT, evaluated once in a build if it is read at all. Raises Misshapen."""
        self._session.run(f"create or replace temporary view {name} as {select}")
        self._views.append(name)
        self._check_shape(name, model)
        self._session.run(f"cache lazy table {name}")
        self._built.append(BuiltTable(name, model, None, select))

    def describe(self, name: str, model: type[pa.DataFrameModel]) -> None:
        """Do nothing yet: comments are of the catalogue, which first knows a table when it is published."""

    def count(self, select: str) -> int:
        """Count the rows of a SELECT."""
        ((count,),) = self._session.tuples(render(_ROW_COUNT, select=select))
        return int(count)

    def rows(self, select: str) -> list[Row]:
        """Return the rows of a SELECT, each by column name."""
        return self._session.rows(select)

    def finish(self) -> None:
        """Cut the file of the build from the run, and write beside the run how it is published. Raises Misshapen."""
        cut_file(self._built, self._file, self._scratch, memory_limit=self._memory_limit)
        statements = publishing_statements(self._built, self._address)
        statements_file(self._file, self._run.name).write_text(
            json.dumps(statements, ensure_ascii=False, indent=1), encoding="utf-8"
        )

    def _check_shape(self, name: str, model: type[pa.DataFrameModel]) -> None:
        declared = [(c.name, spark_type(c.sql_type)) for c in columns(model)]
        selected = [(column, kind) for column, kind, *_ in self._session.tuples(f"describe {name}")]
        if selected != declared:
            raise Misshapen(f"{name}: its SELECT gives {selected}; its table in schemas/ declares {declared}")


def spark_type(sql_type: str) -> str:
    """Name a type of a table as Spark does."""
    return _SPARK_TYPES.get(sql_type, sql_type)
