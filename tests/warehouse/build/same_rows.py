"""Two built files, table by table."""

from pathlib import Path

import duckdb


def differing(first: Path, second: Path) -> list[str]:
    """Name the tables of which a row of one file is not in the other."""
    both = "(from a.{0} except all from b.{0}) union all (from b.{0} except all from a.{0})"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{first}' as a (read_only)")
        connection.execute(f"attach '{second}' as b (read_only)")
        names = "from duckdb_tables() select database_name, table_name"
        tables: dict[str, set[str]] = {"a": set(), "b": set()}
        for database, table in connection.execute(names).fetchall():
            tables[database].add(table)
        assert tables["a"] == tables["b"]
        return [t for t in sorted(tables["a"]) if connection.execute(both.format(t)).fetchall()]
