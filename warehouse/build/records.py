"""Records of versions, held readable: one that is damaged is set aside, and made again of the file of its version.

Put here: the writing and reading of a record's manifest, checks and figures. Keep out: when a version is published.
"""

import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl

from schemas.field import polars_schema
from schemas.tables.source import SourceCheckResult, SourceFinding
from warehouse.build.steps import changed_tables
from warehouse.checks.frames import CHECKS, FINDINGS, write_check_frames
from warehouse.database.engine import STORAGE_VERSION, DamagedFile, connect_to_published
from warehouse.database.query import read
from warehouse.database.store import Store, VersionManifest, read_manifest
from warehouse.figures.history import FIGURES, read_figures

DIGESTS = "sha256.json"
"""Of the files of a record, beside them; records of earlier releases have none, nor the hash of their file."""

_VERSION = re.compile(r"v[0-9]{6,}")
_log = logging.getLogger("xiangcang")


def recorded_versions(store: Store) -> list[str]:
    """List the versions that have a record, newest first."""
    if not store.history.exists():
        return []
    return sorted(
        (path.name for path in store.history.iterdir() if _VERSION.fullmatch(path.name)), reverse=True
    )


def known_versions(store: Store) -> list[str]:
    """List the versions that ever were, newest first: also those of which the record is set aside."""
    names = {path.name for path in _aside(store).glob("v*")} | {
        path.stem for path in store.versions.glob("v*.duckdb")
    }
    return sorted({*names, *recorded_versions(store)}, reverse=True)


def damaged_records(store: Store) -> Iterator[Path]:
    """Find the records that cannot be read: manifest whole, tables what they say of themselves, all as was written."""
    for version in recorded_versions(store):
        if not _is_readable(store.record(version)):
            yield store.record(version)


def mend_records(store: Store) -> list[Path]:
    """Set damaged records aside, and make again those whose version's file is kept; return where they lay.

    A record that was made again has no fingerprint, so that the next load builds.
    """
    damaged = list(damaged_records(store))
    for folder in damaged:
        aside = _aside(store) / folder.name
        shutil.rmtree(aside, ignore_errors=True)
        aside.parent.mkdir(exist_ok=True, mode=0o700)
        folder.rename(aside)
        _log.error("版本记录 %s 损坏，移到 %s", folder, aside)
    for aside in _aside(store).glob("v*"):
        if not store.record(aside.name).exists() and store.file(aside.name).exists():
            _make_again(store, aside.name)
            _log.warning("版本 %s 的记录由其文件重写", aside.name)
    return damaged


def is_as_published(store: Store, version: str, file: Path) -> bool:
    """Whether the file of a version has the SHA-256 of its manifest, 0.6 CPU s a GB.

    Where that is not known, whether its tables hold what they were built to hold.
    """
    try:
        digest = read_manifest(store.record(version)).file_sha256
    except (OSError, ValueError, TypeError, KeyError):  # a damaged record is named and mended apart
        digest = ""
    if digest:
        return digest_of(file) == digest
    try:
        return not changed_tables(file)
    except (DamagedFile, duckdb.Error):
        return False


def digest_of(file: Path) -> str:
    """Hash a file with SHA-256."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _aside(store: Store) -> Path:
    return store.history / "damaged"


def _is_readable(folder: Path) -> bool:
    try:
        manifest = read_manifest(folder)
        for name in (CHECKS, FINDINGS, FIGURES):
            pl.read_parquet_schema(folder / name)
        if (folder / DIGESTS).exists():
            return bool(json.loads((folder / DIGESTS).read_bytes()) == _digests(folder))
    except (ValueError, TypeError, KeyError, OSError, pl.exceptions.PolarsError):
        return False
    return not manifest.file_sha256


def write_record(
    folder: Path,
    manifest: VersionManifest,
    checks: pl.DataFrame,
    findings: pl.DataFrame,
    figures: pl.DataFrame,
) -> None:
    """Write a record into a new folder, and sync it. checks, findings: as `write_check_frames` takes them."""
    folder.mkdir()
    (folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    write_check_frames(folder, checks, findings)
    figures.write_parquet(folder / FIGURES)
    (folder / DIGESTS).write_text(json.dumps(_digests(folder), indent=1), "utf-8")
    for path in (*sorted(folder.iterdir()), folder):
        sync(path)


def _digests(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each other file of a record."""
    files = sorted(path for path in folder.iterdir() if path.name != DIGESTS)
    return {path.name: digest_of(path) for path in files}


def _make_again(store: Store, version: str) -> None:
    file, folder = store.file(version), store.history / f"{version}.mended"
    shutil.rmtree(folder, ignore_errors=True)
    checks, findings = (
        read(file, f"from {table}").select(
            pl.col(column).cast(dtype) for column, dtype in polars_schema(model).items()
        )
        for model, table in ((SourceCheckResult, "dq_check_result"), (SourceFinding, "dq_finding"))
    )
    with connect_to_published(file) as connection:
        manifest = _manifest_of(connection)
    write_record(folder, manifest, checks, findings, read_figures(file))
    folder.rename(store.record(version))
    sync(store.history)


def _manifest_of(connection: duckdb.DuckDBPyConnection) -> VersionManifest:
    info = dict(connection.execute("select name, value from warehouse_info").fetchall())
    tables = [
        name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
    ]
    errors = connection.execute(
        "select table_name || '.' || check_name from dq_check_result where severity = 'error' order by 1"
    ).fetchall()
    return VersionManifest(
        version=info["version"],
        built_at=datetime.fromisoformat(info["published_at"]),
        cut_off=datetime.fromisoformat(info["cut_off"]),
        synthetic=info["is_synthetic"] == "true",
        fingerprint="",
        code_hash=info["code_hash"],
        duckdb_version=duckdb.__version__,
        storage_version=STORAGE_VERSION,
        row_counts={name: len(connection.table(name)) for name in tables},
        failed_checks=[name for (name,) in errors],
    )
