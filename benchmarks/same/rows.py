"""Comparison of the rows of two relations in DuckDB as bags; what differs is shown in pairs of similar rows.

Put here what compares rows, wherever they are stored.
"""

from dataclasses import dataclass

import duckdb

from benchmarks.same.comparison import ABSENT, Comparison

_FETCHED = 200
"""Most rows fetched of those that only one side has: enough to show, few enough to pair."""

_KEY_COLUMNS = 4
Row = tuple[object, ...]


@dataclass(frozen=True)
class Relation:
    """A relation as SQL to select from, and its columns with their types, in order."""

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
    """Compare the columns that both have, by EXCEPT ALL in both directions; values whose types differ as texts."""
    columns = [column for column in a.types if column in b.types]
    if not columns:
        return
    selected = ", ".join(
        f'"{column}"' if a.types[column] == b.types[column] else f'"{column}"::varchar as "{column}"'
        for column in columns
    )
    rows_a, rows_b = (f"select {selected} from {side.sql}" for side in (a, b))
    comparison.compared[kind] += _count(connection, f"from {a.sql}")
    if _are_same_bag(connection, rows_a, rows_b):
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


def _are_same_bag(connection: duckdb.DuckDBPyConnection, rows_a: str, rows_b: str) -> bool:
    """Return whether both sides have the same rows, each as often."""
    counts = [_count(connection, f"({rows})") for rows in (rows_a, rows_b)]
    return counts[0] == counts[1] and not _count(connection, f"(({rows_a}) except all ({rows_b}))")


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    rows = rows.removeprefix("from ")
    return int(connection.execute(f"select count(*) from {rows}").fetchall()[0][0])


def _add_pairs(
    comparison: Comparison, kind: str, name: str, columns: list[str], only_a: list[Row], only_b: list[Row]
) -> None:
    """Add what differs between each row of A and the row of B nearest to it; rows without a near one whole."""
    unpaired = list(only_b)
    for row in only_a:
        nearest = max(unpaired, key=lambda other: _count_equal(row, other), default=None)
        if nearest is None or 2 * _count_equal(row, nearest) < len(columns):
            comparison.add(kind, name, _describe_key(columns, row, row), _describe_row(columns, row), ABSENT)
            continue
        unpaired.remove(nearest)
        differing = [i for i in range(len(columns)) if row[i] != nearest[i]]
        a, b = (", ".join(f"{columns[i]}={side[i]}" for i in differing) for side in (row, nearest))
        comparison.add(kind, name, _describe_key(columns, row, nearest), a, b)
    for row in unpaired:
        comparison.add(kind, name, _describe_key(columns, row, row), ABSENT, _describe_row(columns, row))


def _count_equal(row: Row, other: Row) -> int:
    return sum(left == right for left, right in zip(row, other, strict=True))


def _describe_key(columns: list[str], row: Row, other: Row) -> str:
    """Write the first columns in which both rows are equal."""
    equal = [
        f"{column}={left}" for column, left, right in zip(columns, row, other, strict=True) if left == right
    ]
    return "row " + ", ".join(equal[:_KEY_COLUMNS])


def _describe_row(columns: list[str], row: Row) -> str:
    return ", ".join(f"{column}={value}" for column, value in zip(columns, row, strict=True))
