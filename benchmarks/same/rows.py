"""Comparison of the rows of two relations in DuckDB as bags; what differs is shown in pairs of similar rows.

Put here what compares rows, wherever they are stored.
"""

import duckdb

from benchmarks.same.comparison import ABSENT, Comparison

_FETCHED = 200
"""Most rows fetched of those that only one side has: enough to show, few enough to pair."""

_KEY_COLUMNS = 4
Row = tuple[object, ...]


def compare_rows(
    comparison: Comparison, kind: str, name: str, a: duckdb.DuckDBPyRelation, b: duckdb.DuckDBPyRelation
) -> None:
    """Compare the columns that both have, by EXCEPT ALL in both directions; values whose types differ as texts."""
    types_a, types_b = (dict(zip(side.columns, side.types, strict=True)) for side in (a, b))
    columns = [column for column in types_a if column in types_b]
    if not columns:
        return
    selected = [_select(column, as_text=types_a[column] != types_b[column]) for column in columns]
    rows_a, rows_b = a.select(*selected), b.select(*selected)
    comparison.compared[kind] += _count(a)
    if _are_same_bag(rows_a, rows_b):
        return
    only_a, only_b = rows_a.except_(rows_b), rows_b.except_(rows_a)
    count = max(_count(only_a), _count(only_b))
    fetched_a, fetched_b = (only.order("all").limit(_FETCHED).fetchall() for only in (only_a, only_b))
    before = comparison.counts[kind]
    _add_pairs(comparison, kind, name, columns, fetched_a, fetched_b)
    comparison.counts[kind] = max(comparison.counts[kind], before + count)


def _select(column: str, *, as_text: bool) -> duckdb.Expression:
    values = duckdb.ColumnExpression(column)
    return values.cast("varchar").alias(column) if as_text else values


def _are_same_bag(a: duckdb.DuckDBPyRelation, b: duckdb.DuckDBPyRelation) -> bool:
    """Return whether both sides have the same rows, each as often."""
    return _count(a) == _count(b) and not _count(a.except_(b))


def _count(rows: duckdb.DuckDBPyRelation) -> int:
    return int(rows.count("*").fetchall()[0][0])


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
