"""Rows of two relations in DuckDB, compared as bags, and shown in pairs of rows that are nearly the same.

Put here what compares rows, wherever they are stored.
"""

from dataclasses import dataclass

import duckdb

from benchmarks.same.comparison import ABSENT, Comparison

_FETCHED = 200
"""Of rows that only one side has: enough to show, few enough to pair."""

_KEY_COLUMNS = 4
Row = tuple[object, ...]


@dataclass(frozen=True)
class Relation:
    """Something to select from: SQL of a relation, and its columns with their types, in order."""

    sql: str
    types: dict[str, str]


def compare_rows(
    comparison: Comparison,
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    name: str,
    a: Relation,
    b: Relation,
) -> None:
    """Compare the columns that both have, EXCEPT ALL both ways; values whose types differ as texts."""
    columns = [column for column in a.types if column in b.types]
    if not columns:
        return
    selected = ", ".join(
        f'"{column}"' if a.types[column] == b.types[column] else f'"{column}"::varchar as "{column}"'
        for column in columns
    )
    rows_a, rows_b = (f"select {selected} from {side.sql}" for side in (a, b))
    comparison.compared[kind] += _count(connection, f"from {a.sql}")
    if _same_bag(connection, rows_a, rows_b):
        return
    only_a, only_b = f"({rows_a}) except all ({rows_b})", f"({rows_b}) except all ({rows_a})"
    count = max(_count(connection, f"({only_a})"), _count(connection, f"({only_b})"))
    fetched_a, fetched_b = (
        connection.execute(f"from ({only}) order by all limit {_FETCHED}").fetchall()
        for only in (only_a, only_b)
    )
    before = comparison.counts[kind]
    _add_pairs(comparison, kind, name, columns, fetched_a, fetched_b)
    comparison.counts[kind] = max(comparison.counts[kind], before + count)


def _same_bag(connection: duckdb.DuckDBPyConnection, rows_a: str, rows_b: str) -> bool:
    """Whether neither side has a row, or one more of a row, that the other has not."""
    counts = [_count(connection, f"({rows})") for rows in (rows_a, rows_b)]
    return counts[0] == counts[1] and not _count(connection, f"(({rows_a}) except all ({rows_b}))")


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    rows = rows.removeprefix("from ")
    return int(connection.execute(f"select count(*) from {rows}").fetchall()[0][0])


def _add_pairs(
    comparison: Comparison, kind: str, name: str, columns: list[str], only_a: list[Row], only_b: list[Row]
) -> None:
    """Add what differs in each row of A from the row of B that is nearest to it; rows without such a one, whole."""
    left = list(only_b)
    for row in only_a:
        nearest = max(left, key=lambda other: _agreeing(row, other), default=None)
        if nearest is None or 2 * _agreeing(row, nearest) < len(columns):
            comparison.add(kind, name, _key(columns, row, row), _whole(columns, row), ABSENT)
            continue
        left.remove(nearest)
        apart = [i for i in range(len(columns)) if row[i] != nearest[i]]
        a, b = (", ".join(f"{columns[i]}={side[i]}" for i in apart) for side in (row, nearest))
        comparison.add(kind, name, _key(columns, row, nearest), a, b)
    for row in left:
        comparison.add(kind, name, _key(columns, row, row), ABSENT, _whole(columns, row))


def _agreeing(row: Row, other: Row) -> int:
    return sum(value == there for value, there in zip(row, other, strict=True))


def _key(columns: list[str], row: Row, other: Row) -> str:
    """The first columns in which both rows agree."""
    same = [
        f"{column}={value}"
        for column, value, there in zip(columns, row, other, strict=True)
        if value == there
    ]
    return "row " + ", ".join(same[:_KEY_COLUMNS])


def _whole(columns: list[str], row: Row) -> str:
    return ", ".join(f"{column}={value}" for column, value in zip(columns, row, strict=True))
