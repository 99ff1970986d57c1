"""Paths of the warehouse's files in a home, and the manifest kept of each published version."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class VersionManifest:
    """Manifest of a published version. fingerprint: of its inputs and code, see `build.fingerprint`.

    failed_checks: those of severity error, as a load counts them; manifests of earlier releases have warnings too.
    file_sha256: of the version's file; empty where that is not known, as in manifests of earlier releases.
    """

    version: str
    built_at: datetime
    cut_off: datetime
    synthetic: bool
    fingerprint: str
    code_hash: str
    duckdb_version: str
    storage_version: str
    row_counts: dict[str, int]
    failed_checks: list[str]
    file_sha256: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=datetime.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "VersionManifest":
        payload = json.loads(text)
        times = {name: datetime.fromisoformat(payload[name]) for name in ("built_at", "cut_off")}
        return cls(**(payload | times))


def read_manifest(folder: Path) -> VersionManifest:
    """Read the manifest of a version's record. Raises OSError, or ValueError, TypeError or KeyError where it is damaged."""
    return VersionManifest.from_json((folder / "manifest.json").read_text("utf-8"))


class Store:
    """The warehouse's folders in a home. The published file is a hard link to the file of one version.

    last_build: the check results of the last build, published or not.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = root / "warehouse" / "warehouse.duckdb"
        self.last_build = root / "warehouse" / "last_build"
        self.building = root / "warehouse" / "building.duckdb"
        self.versions = root / "warehouse" / "versions"
        self.history = root / "history"
        self.rollbacks = self.history / "rollbacks.jsonl"
        self.retired = self.history / "retired.jsonl"

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self.current.parent, self.versions, self.history, self.last_build):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def file(self, version: str) -> Path:
        """Return the read-only database file of a version."""
        return self.versions / f"{version}.duckdb"

    def record(self, version: str) -> Path:
        """Return the folder of a version's manifest, check results and figures."""
        return self.history / version

    def pending_record(self, version: str) -> Path:
        """Return the record's folder before publication: written in full, and renamed when published."""
        return self.history / f"{version}.pending"
