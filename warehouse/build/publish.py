"""Publication: a built file becomes a version and then, in a single rename, the published file.

Only one load at a time, under the load's lock. Killed at any step, it leaves the published file whole;
`recover`, with which publication begins, finishes a version that had become the published file and drops any
other.
"""

import json
import logging
import os
import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from schemas.check_result import CheckResult
from schemas.errors import XiangcangError
from warehouse.build.build import Built
from warehouse.build.readers import admit_readers, admit_to_file
from warehouse.build.records import (
    digest_of,
    is_as_published,
    known_versions,
    mend_records,
    recorded_versions,
    sync,
    write_record,
)
from warehouse.build.retention import retire_versions, retired_on
from warehouse.build.steps import NOTHING, LastVersion, read_last_version
from warehouse.checks.frames import check_frame, finding_frame
from warehouse.database.engine import (
    STORAGE_VERSION,
    DamagedFile,
    connect_to_build,
    connect_to_published,
    contents_of,
)
from warehouse.database.store import Store, VersionManifest, read_manifest
from warehouse.figures.history import read_figures

_log = logging.getLogger("xiangcang")
_SIGNED = "warehouse_info"
"""The table that publication adds to."""


class Blocked(XiangcangError):
    """Failed blocking checks (`checks`), for which nothing was published."""

    def __init__(self, checks: list[CheckResult]) -> None:
        self.checks = checks
        failed = "；".join(f"{check.name}（{check.title}）：{check.message}" for check in checks)
        super().__init__(f"有 {len(checks)} 项检查未通过，没有发布，原有数据不变：{failed}")


class BrokenBuild(XiangcangError):
    """A built file that, opened again, does not hold the rows that were built."""


class UnknownVersion(XiangcangError):
    """A version to go back to that never was, or whose file is not kept."""


def publish(store: Store, built: Built, *, fingerprint: str, now: datetime) -> VersionManifest:
    """Publish a built file as the next version. Raises Blocked, or BrokenBuild.

    The built file is used up: it becomes versions/<version>.duckdb, read-only, and never changes again. Files of old
    versions go as the home's settings say.
    """
    if built.blocked:
        raise Blocked(built.blocked)
    recover(store)
    version = _next_version(store)
    row_counts = built.row_counts | _sign(built.path, version, now)
    _verify(built)
    manifest = VersionManifest(
        version=version,
        built_at=now,
        cut_off=built.cut_off,
        synthetic=built.synthetic,
        fingerprint=fingerprint,
        code_hash=built.code_hash,
        duckdb_version=duckdb.__version__,
        storage_version=STORAGE_VERSION,
        row_counts=row_counts,
        failed_checks=[f"{check.table}.{check.name}" for check in built.checks if check.severity == "error"],
        file_sha256=digest_of(built.path),
    )
    built.path.chmod(0o400)
    os.link(built.path, store.file(version))
    sync(store.versions)
    write_record(
        store.pending_record(version),
        manifest,
        check_frame(built.checks),
        finding_frame(built.checks),
        read_figures(built.path),
    )
    _point(store, version)
    _finish(store, version)
    built.path.unlink()
    retire_versions(store, now=now)
    return manifest


def rollback(store: Store, version: str, *, now: datetime) -> VersionManifest:
    """Publish an earlier version again, and record it in `rollbacks.jsonl`. Raises UnknownVersion."""
    recover(store)
    known = {manifest.version: manifest for manifest in versions(store)}
    kept = [name for name in known if store.file(name).exists()]
    if version not in kept:
        day = retired_on(store).get(version)
        why = f"版本 {version} 的文件已于 {day} 按保留设置移除" if day else f"没有可以退回的版本 {version}"
        raise UnknownVersion(f"{why}；可退回的有：{'、'.join(kept) or '无'}")
    if not is_as_published(store, version, store.file(version)):
        raise UnknownVersion(f"版本 {version} 的文件损坏，不能退回到它；请从备份恢复，或退回到别的版本")
    entry = {"at": now.isoformat(), "from": _current_version(store), "to": version}
    with store.rollbacks.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
        file.flush()
        os.fsync(file.fileno())
    _point(store, version)
    return known[version]


def versions(store: Store) -> list[VersionManifest]:
    """Read the manifest of every version that was published, newest first."""
    return [read_manifest(store.record(name)) for name in recorded_versions(store)]


def latest(store: Store) -> VersionManifest | None:
    """Read the manifest of the newest version, which after a rollback is not the published version."""
    return next(iter(versions(store)), None)


def current(store: Store) -> VersionManifest | None:
    """Read the manifest of the published version; None where nothing is published."""
    version = _current_version(store)
    if version is None:
        return None
    record = store.record(version)
    return read_manifest(record if record.exists() else store.pending_record(version))


def is_whole(store: Store) -> bool:
    """Whether the published file, where there is one, is what was published; the log names one that is not.

    It is then made again, and readers keep it until another version is there.
    """
    version = _current_version(store)
    if version is None:
        return not store.current.exists()
    if is_as_published(store, version, store.current):
        return True
    _log.error("已发布的文件 %s（%s）损坏，不是发布时的内容：全部重建", store.current.name, version)
    return False


def last_version(store: Store) -> LastVersion:
    """Read what the next version is built upon: the published one, also where that is an earlier one again."""
    version = _current_version(store)
    return read_last_version(store.current, store.record(version)) if version else NOTHING


def is_up_to_date(store: Store, fingerprint: str) -> bool:
    """Return whether a build of these inputs would only repeat the newest version."""
    newest = latest(store)
    return newest is not None and newest.fingerprint == fingerprint and current(store) is not None


def recover(store: Store) -> None:
    """Finish or drop what a killed publication has left, mend damaged records, make the folders, and let in who may read."""
    store.prepare()
    admit_readers(store)
    mend_records(store)
    published = _current_version(store)
    for pending in store.history.glob("*.pending"):
        if pending.stem == published:
            _finish(store, published)
        else:
            shutil.rmtree(pending)
    for file in store.versions.glob("*.duckdb"):
        if not store.record(file.stem).exists():
            file.unlink()


def _current_version(store: Store) -> str | None:
    """Find the version whose file the published file is linked to.

    A copied home has lost its hard links: there the version comes from the file's `warehouse_info`.
    """
    if not store.current.exists():
        return None
    for file in store.versions.glob("*.duckdb"):
        if file.samefile(store.current):
            return file.stem
    try:
        with connect_to_published(store.current) as connection:
            rows = connection.execute("select value from warehouse_info where name = 'version'").fetchall()
    except (DamagedFile, duckdb.Error):
        _log.error("已发布的文件 %s 损坏，读不出版本：重建", store.current.name)
        return None
    return str(rows[0][0])


def _next_version(store: Store) -> str:
    newest = next(iter(known_versions(store)), "v0")
    return f"v{int(newest[1:]) + 1:06d}"


def _sign(path: Path, version: str, now: datetime) -> dict[str, int]:
    """Write version and time into the file's `warehouse_info` and sync it; return that table's row count."""
    rows = [
        ("version", version, "本库的版本号"),
        ("published_at", now.isoformat(), "发布时间"),
    ]
    with connect_to_build(path) as connection:
        connection.execute("delete from warehouse_info where name in ('version', 'published_at')")
        connection.executemany("insert into warehouse_info (name, value, description) values (?, ?, ?)", rows)
        connection.execute("checkpoint")
        (count,) = connection.execute("select count(*) from warehouse_info").fetchall()[0]
    sync(path)
    return {_SIGNED: count}


def _verify(built: Built) -> None:
    """Open the file as a reader does and read every value of every table. Raises BrokenBuild."""
    with connect_to_published(built.path) as connection:
        for table, expected in built.row_counts.items():
            rows, contents = contents_of(connection, table)
            if table == _SIGNED:
                continue
            if rows != expected:
                raise BrokenBuild(f"{table}: {expected} rows were built, {rows} can be read back")
            if contents != built.contents[table]:
                raise BrokenBuild(f"{table}: its {rows} rows are not those that were built")


def _point(store: Store, version: str) -> None:
    """Make the published file a hard link to a version's, in a single rename."""
    link = store.current.with_name("warehouse.duckdb.next")
    link.unlink(missing_ok=True)
    admit_to_file(store, store.file(version))
    os.link(store.file(version), link)
    # A log beside the published file is not ours, and would be replayed into the version that replaces it.
    store.current.with_name("warehouse.duckdb.wal").unlink(missing_ok=True)
    link.replace(store.current)
    link.unlink(missing_ok=True)  # renaming a link onto another to the same file does nothing
    sync(store.current.parent)


def _finish(store: Store, version: str) -> None:
    store.pending_record(version).rename(store.record(version))
    sync(store.history)
