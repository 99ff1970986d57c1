"""Rows in Parquet files: staged and rejected rows, figures and check results of each version.

Put here what reads Parquet files of a home.
"""

from collections import defaultdict
from pathlib import Path

import duckdb

from benchmarks.same.comparison import ABSENT, Comparison
from benchmarks.same.rows import Relation, compare_rows

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
    relations = []
    for alias, files in zip("ab", (files_a, files_b), strict=True):
        connection.execute(
            f"create or replace temp table side_{alias} as select * exclude (filename), "
            "regexp_replace(filename, '^.*/', '') as \"file\" from read_parquet(?, filename = true, "
            "union_by_name = true, hive_partitioning = true, hive_types_autocast = false)",
            [[str(file) for file in files]],
        )
        described = connection.execute(f"describe side_{alias}").fetchall()
        relations.append(
            Relation(f"side_{alias}", {column: data_type for column, data_type, *_ in described})
        )
    a, b = relations
    for column in {**a.types, **b.types}:
        types = a.types.get(column, ABSENT), b.types.get(column, ABSENT)
        if types[0] != types[1]:
            comparison.add(kind, name, f"column {column}: type", *types)
    if [*a.types] != [*b.types] and {*a.types} == {*b.types}:
        comparison.add(kind, name, "order of columns", ", ".join(a.types), ", ".join(b.types))
    compare_rows(comparison, connection, kind, name, a, b)
