"""The county's DuckDB file, cut from the tables of a run on Spark."""

from dataclasses import dataclass
from pathlib import Path

import pandera.polars as pa

from warehouse.database.engine import DuckDB
from warehouse.database.templates import render

_PARQUET_ROWS = Path(__file__).with_name("parquet_rows.sql.j2")


@dataclass(frozen=True)
class BuiltTable:
    """A table that was built: in a folder of Parquet, or the SELECT of a view."""

    name: str
    model: type[pa.DataFrameModel]
    folder: Path | None
    select: str | None


def cut_file(built: list[BuiltTable], file: Path, scratch: Path, *, memory_limit: str) -> None:
    """Write tables and views, in this order, into a new file as DuckDB builds it. Raises Misshapen."""
    with DuckDB(file, scratch, memory_limit=memory_limit) as engine:
        for table in built:
            if table.select is not None:
                engine.create_view(table.name, table.model, table.select)
            elif table.folder is not None:
                files = sorted(table.folder.glob("*.parquet"))
                engine.create(table.name, table.model, render(_PARQUET_ROWS, files=files))
            engine.describe(table.name, table.model)
