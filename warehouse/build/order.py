"""Models: the SELECT of each built table, the relations that it reads, and the order of the build."""

from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from warehouse.checks.watched_values import watch_setting, watched_slips, watched_values
from warehouse.database.macros import Macro, expand
from warehouse.figures.rows import figure_rows

MODELS = Path(__file__).parents[1] / "models"


RECORDS = ("dq_check_result", "dq_finding", "dq_quality_score")
"""Tables of the results of checks, in the order of their build, after every other table."""


GENERATED: dict[str, Macro] = {
    macro.__name__: macro for macro in (figure_rows, watched_values, watched_slips, watch_setting)
}
"""Macros of models alone: SQL written from the indicators and from the watched numbers."""


@cache
def model_sql(name: str) -> str:
    """Read the SELECT of a built table and expand its macros."""
    return expand(model_file(name).read_text("utf-8"), GENERATED)


def model_file(name: str) -> Path:
    """Find the file of a built table's SELECT, in the folder of its layer."""
    (path,) = MODELS.glob(f"*/{name}.sql")
    return path


@cache
def dependencies() -> dict[str, set[str]]:
    """Read from the SQL, for each built table, the tables and sources that its SELECT reads."""
    with duckdb.connect() as parser:
        return {
            path.stem: parser.get_table_names(model_sql(path.stem)) for path in sorted(MODELS.glob("*/*.sql"))
        }


@cache
def model_names() -> list[str]:
    """List the built tables, each after those that it reads; last those that record the checks."""
    reads = dependencies()
    order = TopologicalSorter({name: sorted(reads[name] & reads.keys()) for name in reads}).static_order()
    return sorted(order, key=lambda name: RECORDS.index(name) if name in RECORDS else -1)
