"""The search for texts in whatever a home keeps."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import duckdb
import polars as pl


def everything_kept(home: Path) -> Iterator[tuple[str, str]]:
    """What a home keeps but archive and keys, as text; compressed formats value by value."""
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home).as_posix()
        if not path.is_file() or inside.split("/")[0] in ("archive", "inbox", "keys", "expected"):
            continue
        if path.suffix == ".parquet":
            yield inside, pl.read_parquet(path).cast(pl.String, strict=False).write_csv()
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as warehouse:
                for (table,) in warehouse.sql("select table_name from duckdb_tables()").fetchall():
                    yield f"{inside}:{table}", str(warehouse.sql(f"select * from {table}").fetchall())
        elif path.suffix == ".db":
            with sqlite3.connect(path) as database:
                yield inside, "\n".join(database.iterdump())
        elif path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                parts = [archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist()]
            yield inside, "\n".join(parts)
        else:
            yield inside, path.read_bytes().decode("utf-8", errors="replace")


def places_of(home: Path, secrets: list[str]) -> list[tuple[str, str]]:
    """Where each secret stands, also within other text: all secrets in one pass over every text."""
    kept = pl.DataFrame(everything_kept(home), schema=["where", "text"], orient="row")
    standing = pl.col("text").str.extract_many(secrets, overlapping=True)
    return sorted(kept.select("where", standing).explode("text").drop_nulls().unique().rows())
