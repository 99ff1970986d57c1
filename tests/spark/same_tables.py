"""What differs between the tables of two built files: columns, types, comments, and rows as bags."""

import math
from pathlib import Path
from typing import Any

import duckdb

_COLUMNS = """
select table_name, column_name, data_type, is_nullable, comment
from duckdb_columns()
where database_name = ? and not internal
order by table_name, column_index
"""
OF_ONE_BUILD = {"warehouse_info", "dq_build_step"}
"""Tables that say when, and by what, a file was built."""

Rows = list[tuple[Any, ...]]


def differences(expected: Path, actual: Path) -> dict[str, object]:
    """Name what is not the same; of a table, up to three rows that only one file has, the expected one's first.

    All but doubles are equal exactly: the engines' logarithms differ in the last bit.
    """
    with duckdb.connect() as connection:
        for alias, file in (("expected", expected), ("actual", actual)):
            connection.execute(f"attach '{file}' as {alias} (read_only)")
        columns = {
            alias: connection.execute(_COLUMNS, [alias]).fetchall() for alias in ("expected", "actual")
        }
        different: dict[str, object] = {}
        if columns["expected"] != columns["actual"]:
            different["columns"] = set(columns["expected"]) ^ set(columns["actual"])
        for table in {name for name, *_ in columns["expected"]} - OF_ONE_BUILD:
            kinds = [kind for name, _, kind, *_ in columns["expected"] if name == table]
            only = rows_of_one(connection, table)
            if not are_near(*only, doubles=[index for index, kind in enumerate(kinds) if kind == "DOUBLE"]):
                different[table] = [rows[:3] for rows in only]
    return different


def rows_of_one(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Rows, Rows]:
    """The rows that only the expected file has, and those that only the actual one has."""
    for alias in ("expected", "actual"):
        connection.execute(f"use {alias}")  # a view names the tables of its own file
        connection.execute(f"create or replace temp table {alias}_rows as select * from {table}")
    expected, actual = (
        connection.execute(f"select * from temp.{a}_rows except all select * from temp.{b}_rows").fetchall()
        for a, b in (("expected", "actual"), ("actual", "expected"))
    )
    return expected, actual


def are_near(expected: Rows, actual: Rows, doubles: list[int]) -> bool:
    """Whether rows are pairwise equal, their doubles nearly."""
    if len(expected) != len(actual):
        return False

    def exact(row: tuple[Any, ...]) -> str:
        return repr([value for index, value in enumerate(row) if index not in doubles])

    return all(
        exact(a) == exact(b) and all(is_near(a[index], b[index]) for index in doubles)
        for a, b in zip(sorted(expected, key=exact), sorted(actual, key=exact), strict=True)
    )


def is_near(expected: float | None, actual: float | None) -> bool:
    if expected is None or actual is None:
        return expected is actual
    return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=1e-9)
