"""Rows in Parquet files: staged and rejected rows, figures and check results of each version.

Put here what reads Parquet files of a home.
"""

from collections import defaultdict
from pathlib import Path

import duckdb

from benchmarks.same.comparison import ABSENT, Comparison
from benchmarks.same.rows import compare_rows

_ROWS = Path(__file__).with_name("parquet_rows.sql").read_text("utf-8")
_SEPARATE = {"staging": "staged row", "rejected": "rejected row"}
"""Folders with a folder for each table, and the kind of their rows."""


def compare_parquet(comparison: Comparison, home_a: Path, home_b: Path) -> None:
    """Compare rows and types by table, each row with the name of its file, which is delivery and revision."""
    with duckdb.connect() as connection:
        for folder, kind in _SEPARATE.items():
            groups_a, groups_b = (_group_by_table(home / folder) for home in (home_a, home_b))
            for table in comparison.compare_names(kind, "files", groups_a, groups_b):
                _compare_groups(comparison, connection, kind, table, groups_a[table], groups_b[table])
        versions_a, versions_b = (_find_versions(home) for home in (home_a, home_b))
        for name in comparison.compare_names("version", "file", versions_a, versions_b):
            _compare_groups(comparison, connection, "version", name, versions_a[name], versions_b[name])


def _group_by_table(folder: Path) -> dict[str, list[Path]]:
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*.parquet")):
        groups[path.relative_to(folder).parts[0]].append(path)
    return groups


def _find_versions(home: Path) -> dict[str, list[Path]]:
    """Find the files kept of each version, by their path under history/."""
    history = home / "history"
    return {str(path.relative_to(history)): [path] for path in sorted(history.glob("v*/*.parquet"))}


def _compare_groups(
    comparison: Comparison,
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    name: str,
    files_a: list[Path],
    files_b: list[Path],
) -> None:
    a, b = (_read(connection, f"side_{side}", files) for side, files in (("a", files_a), ("b", files_b)))
    types_a, types_b = (dict(zip(side.columns, map(str, side.types), strict=True)) for side in (a, b))
    for column in {**types_a, **types_b}:
        types = types_a.get(column, ABSENT), types_b.get(column, ABSENT)
        if types[0] != types[1]:
            comparison.add(kind, name, f"column {column}: type", *types)
    if a.columns != b.columns and {*a.columns} == {*b.columns}:
        comparison.add(kind, name, "order of columns", ", ".join(a.columns), ", ".join(b.columns))
    compare_rows(comparison, kind, name, a, b)


def _read(connection: duckdb.DuckDBPyConnection, name: str, files: list[Path]) -> duckdb.DuckDBPyRelation:
    """Read files into a table, each row with the name of its file."""
    connection.execute(f"drop table if exists {name}")
    connection.from_query(_ROWS, params=[[str(file) for file in files]]).create(name)
    return connection.table(name)
