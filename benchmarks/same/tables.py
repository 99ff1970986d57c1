"""Published tables and views: their columns, comments and constraints, and every row.

Put here what reads warehouse.duckdb.
"""

from collections import defaultdict
from pathlib import Path

import duckdb

from benchmarks.same.comparison import ABSENT, Comparison
from benchmarks.same.left_out import COLUMNS, ROWS
from benchmarks.same.rows import compare_rows

KIND = "table"
_WAREHOUSE = Path("warehouse") / "warehouse.duckdb"

_COLUMNS, _RELATIONS, _CONSTRAINTS = (
    Path(__file__).with_name(f"{name}.sql").read_text("utf-8")
    for name in ("columns", "relations", "constraints")
)

Facts = dict[str, dict[str, str]]
"""Facts about each relation and its columns, by their name."""


def warehouse_of(home: Path) -> Path:
    """Return the path of a home's published file."""
    return home / _WAREHOUSE


def compare_tables(comparison: Comparison, home_a: Path, home_b: Path) -> None:
    """Compare the published files of two homes; that only one home has any is a difference."""
    files = warehouse_of(home_a), warehouse_of(home_b)
    if not all(file.exists() for file in files):
        if any(file.exists() for file in files):
            a, b = ("present" if file.exists() else ABSENT for file in files)
            comparison.add(KIND, _WAREHOUSE.name, "file", a, b)
        return
    with duckdb.connect() as connection:
        for alias, file in zip("ab", files, strict=True):
            connection.execute(f"attach '{file}' as {alias} (read_only)")
        facts_a, facts_b = read_facts(connection, "a"), read_facts(connection, "b")
        for name in comparison.compare_names(KIND, "relation", facts_a, facts_b):
            comparison.compare_values(KIND, name, facts_a[name], facts_b[name])
            compare_rows(
                comparison, KIND, name,
                _rows(connection, "a", name, facts_a[name]), _rows(connection, "b", name, facts_b[name]),
            )  # fmt: skip


def read_facts(connection: duckdb.DuckDBPyConnection, database: str) -> Facts:
    """Read whether each relation is a table or view, its comment and constraints, and the facts of its columns.

    Of a column: place, type, nullability, default and comment.
    """
    facts: Facts = defaultdict(dict)
    for name, sort, comment in connection.execute(_RELATIONS, [database]).fetchall():
        facts[name] |= {"relation": sort, "comment": str(comment)}
    for name, column, index, data_type, nullable, default, comment in connection.execute(
        _COLUMNS, [database]
    ).fetchall():
        facts[name] |= {
            f"column {column}: place": str(index),
            f"column {column}: type": data_type,
            f"column {column}: nullable": str(nullable),
            f"column {column}: default": str(default),
            f"column {column}: comment": str(comment),
        }
    for name, text, columns in connection.execute(_CONSTRAINTS, [database]).fetchall():
        facts[name][f"constraint {text} ({', '.join(columns)})"] = "present"
    return facts


def _rows(
    connection: duckdb.DuckDBPyConnection, database: str, name: str, facts: dict[str, str]
) -> duckdb.DuckDBPyRelation:
    """Give the rows to compare, without what is left out.

    A view is read in its own database, whose tables it names.
    """
    rows = connection.table(f"{database}.main.{name}")
    if facts["relation"] == "view":
        connection.execute(f"use {database}")
        connection.execute(f'create or replace temp table "{database}_{name}" as from "{name}"')
        connection.execute("use memory")
        rows = connection.table(f"temp.{database}_{name}")
    if name in ROWS:
        left_out = map(duckdb.ConstantExpression, ROWS[name])
        rows = rows.filter(duckdb.ColumnExpression("name").isnotin(*left_out))
    return rows.select(
        *(duckdb.ColumnExpression(column) for column in rows.columns if (name, column) not in COLUMNS)
    )
