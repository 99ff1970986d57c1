"""Which versions' files are kept: their records, with manifest, checks and figures, stay for good."""

import json
import logging
import os
from collections.abc import Sequence
from datetime import datetime

from schemas.files.operating import read_operating
from warehouse.build.records import recorded_versions
from warehouse.database.store import Store, VersionManifest, read_manifest

_log = logging.getLogger("xiangcang")


def retire_versions(store: Store, *, now: datetime) -> list[str]:
    """Remove the files of versions that `keep_versions` of the home does not keep, each written down before; name them.

    The published version stays, the newest, so many before it, and the last that was made in each month. Raises SettingsRefused.
    """
    manifests = [read_manifest(store.record(name)) for name in recorded_versions(store)]
    kept = kept_versions(manifests, read_operating(store.root).keep_versions)
    retired = []
    for manifest in manifests:
        file = store.file(manifest.version)
        if manifest.version not in kept and file.exists() and not file.samefile(store.current):
            _write_down(store, manifest.version, now)
            file.unlink()
            retired.append(manifest.version)
    if retired:
        _log.info(f"按保留设置移除了 {'、'.join(retired)} 的文件，记录照留")
    return retired


def kept_versions(newest_first: Sequence[VersionManifest], keep_versions: int) -> set[str]:
    """Choose the versions whose files are kept: the newest ones, and of each month, by when it was made, the last."""
    last_of_month: dict[str, str] = {}
    for manifest in newest_first:
        last_of_month.setdefault(f"{manifest.built_at:%Y-%m}", manifest.version)
    return {manifest.version for manifest in newest_first[:keep_versions]} | set(last_of_month.values())


def retired_on(store: Store) -> dict[str, str]:
    """Read the day on which each version's file was removed, for those that were."""
    if not store.retired.exists():
        return {}
    days = {}
    for line in store.retired.read_bytes().splitlines():
        try:
            retired = json.loads(line)
            days[str(retired["version"])] = str(retired["at"])[:10]
        except (ValueError, TypeError, KeyError):
            _log.error("%s 有一行损坏，不计", store.retired)
    return days


def lost_versions(store: Store) -> list[str]:
    """List the versions whose file is not there although nothing removed it, newest first."""
    retired = retired_on(store)
    return [v for v in recorded_versions(store) if not store.file(v).exists() and v not in retired]


def _write_down(store: Store, version: str, now: datetime) -> None:
    with store.retired.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": now.isoformat(), "version": version}) + "\n")
        file.flush()
        os.fsync(file.fileno())
