"""What a Spark catalogue shows of a run: a view a table, each replaced in a single statement, never written in place.

The run that is shown is the one that the published file was cut from; showing it again changes nothing, so a load
that was killed in between is finished by the next one, and a rollback of the file takes the catalogue along.
"""

import json
from pathlib import Path

from schemas.field import columns
from warehouse.database.describe import table_comment
from warehouse.database.engine import connect_to_published
from warehouse.database.spark.address import Address, read_address
from warehouse.database.spark.cut import BuiltTable
from warehouse.database.spark.session import Session
from warehouse.database.templates import render

RUNS = "runs"
"""The folder beside the warehouse file in which a folder of tables lies for each run."""

_PUBLISHED_VIEW = Path(__file__).with_name("published_view.sql.j2")
_RUN = "select value from warehouse_info where name = 'run_name'"
_SHOWN_LAST = "warehouse_info"
"""The table that says which run it is of."""


def _published_view(built: BuiltTable, address: Address) -> str:
    """Write the statement that shows a table of a run in the database of an address."""
    return render(
        _PUBLISHED_VIEW,
        database=address.database,
        name=built.name,
        comment=table_comment(built.model),
        columns=columns(built.model),
        location=built.folder and address.name_there(built.folder),
        select=built.select,
    )


def publishing_statements(built: list[BuiltTable], address: Address) -> list[str]:
    """Write the statements that show a run, in their order: the table that names the run comes last."""
    ordered = sorted(built, key=lambda table: table.name == _SHOWN_LAST)
    return [_published_view(table, address) for table in ordered]


def statements_file(file: Path, run_name: str) -> Path:
    """Name the file of the statements that publish a run; file: the built or the published one."""
    return file.parent / RUNS / f"{run_name}.json"


def show_run(address: str, published: Path) -> str | None:
    """Show the run that the published file was cut from; return its name, None for a file that DuckDB built.

    Raises NotAnswered, or FileNotFoundError where the run is gone.
    """
    if not published.exists():
        return None
    with connect_to_published(published) as connection:
        rows = connection.execute(_RUN).fetchall()
    if not rows:
        return None
    run_name = str(rows[0][0])
    with Session(read_address(address)) as session:
        if _shown_run(session) != run_name:
            for statement in json.loads(statements_file(published, run_name).read_text("utf-8")):
                session.run(statement)
    return run_name


def _shown_run(session: Session) -> str | None:
    """Read the name of the run that the catalogue shows whole; None where it shows none."""
    if not session.tuples(f"show tables like '{_SHOWN_LAST}'"):
        return None
    rows = session.tuples(_RUN)
    return str(rows[0][0]) if rows else None
