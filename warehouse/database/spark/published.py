"""What a Spark catalogue shows of a run: a view a table, each replaced in a single statement, never written in place.

The run that is shown is the one that the published file was copied from. Showing it again changes nothing: a load
that was killed in between is finished by the next one, and a rollback of the file takes the catalogue along.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandera.polars as pa

from schemas.field import columns
from warehouse.database.describe import table_comment
from warehouse.database.engine import connect_to_published
from warehouse.database.spark.address import Address, read_address
from warehouse.database.spark.session import Session
from warehouse.database.templates import render

RUNS = "runs"
"""The folder beside the warehouse file in which a folder of tables lies for each run."""

_PUBLISHED_VIEW = Path(__file__).with_name("published_view.sql.j2")
_RUN_NAME = "select value from warehouse_info where name = 'run_name'"
_SHOWN_LAST = "warehouse_info"
"""The table that says which run it is of."""


@dataclass(frozen=True)
class RunTable:
    """A table of a run: a folder of Parquet, or a view, which has a SELECT instead."""

    name: str
    model: type[pa.DataFrameModel]
    folder: Path | None = None
    select: str | None = None


def write_statements(run: Path, tables: Sequence[RunTable], address: Address) -> None:
    """Write beside a run the statements that show it, in their order: the table that names the run comes last."""
    ordered = sorted(tables, key=lambda table: table.name == _SHOWN_LAST)
    statements = [
        render(
            _PUBLISHED_VIEW,
            database=address.database,
            name=table.name,
            comment=table_comment(table.model),
            columns=columns(table.model),
            location=table.folder and address.name_there(table.folder),
            select=table.select,
        )
        for table in ordered
    ]
    _statements_file(run).write_text(json.dumps(statements, ensure_ascii=False, indent=1), encoding="utf-8")


def show_run(address: str, published: Path) -> str | None:
    """Show the run that the published file was copied from; return its name, None for a file that has none.

    Raises NotAnswered, or FileNotFoundError where the run is gone.
    """
    if not published.exists():
        return None
    with connect_to_published(published) as connection:
        rows = connection.execute(_RUN_NAME).fetchall()
    if not rows:
        return None
    run_name = str(rows[0][0])
    with Session(read_address(address)) as session:
        if _shown_run(session) != run_name:
            file = _statements_file(published.parent / RUNS / run_name)
            for statement in json.loads(file.read_text("utf-8")):
                session.run(statement)
    return run_name


def _shown_run(session: Session) -> str | None:
    """Read the name of the run that the catalogue shows whole; None where it shows none."""
    if not session.tuples(f"show tables like '{_SHOWN_LAST}'"):
        return None
    rows = session.tuples(_RUN_NAME)
    return str(rows[0][0]) if rows else None


def _statements_file(run: Path) -> Path:
    return run.with_suffix(".json")
