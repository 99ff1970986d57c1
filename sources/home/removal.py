"""Archived files that were removed at the end of their time: which, when, by whom and why; what was made of them stays.

Put here: the removing and its records. Keep out: which forms hold persons (the catalogue of a county says).
"""

import logging
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from schemas.files.sealed import read_sealed, seal
from schemas.files.strict import Strict
from sources.home.clock import SHANGHAI
from sources.home.folders import Home, write_whole
from sources.home.receipts import KeptName, Receipt, read_receipts

_log = logging.getLogger(__name__)


class Removal(Strict):
    """One removed file. received_at: when it came last. names: under which it came."""

    sha256: str
    size_bytes: int
    names: tuple[KeptName, ...]
    received_at: datetime
    removed_at: datetime
    by: str = Field(min_length=1)
    why: str = Field(min_length=1)

    @property
    def text(self) -> str:
        """Say that it is removed, when, by whom and why."""
        return f"已于 {self.removed_at:%Y-%m-%d} 按保留期移除（{self.by}：{self.why}）"


def remove_raw_files(
    home: Home, personal_tables: Collection[str], *, before: datetime, now: datetime, by: str, why: str
) -> list[Removal]:
    """Remove the archived files with persons in them that came before a time; each is written down first.

    Those are files of forms with personal fields, and those in which no form was recognised. Rows, receipts, arrivals and
    versions stay.
    """
    by_file: dict[str, list[Receipt]] = {}
    for receipt in read_receipts(home):
        by_file.setdefault(receipt.file.sha256, []).append(receipt)
    removals = []
    for digest, receipts in sorted(by_file.items()):
        path = home.archive / digest
        is_personal = any(not receipt.table or receipt.table in personal_tables for receipt in receipts)
        received_at = max(receipt.received_at for receipt in receipts)
        if digest and is_personal and received_at < before and path.exists():
            removal = Removal(
                sha256=digest, size_bytes=path.stat().st_size, received_at=received_at, removed_at=now, by=by, why=why,
                names=tuple(sorted({f"{r.file.folder}/{r.file.name}" for r in receipts})),
            )  # fmt: skip
            _write(home, removal)
            path.unlink()
            removals.append(removal)
    return removals


def removal_of(home: Home, digest: str) -> Removal | None:
    """Read how an archived file was removed; None where it was not, or has come again since."""
    records = sorted(home.removed.glob(f"{digest}.*.json"), key=_number)
    if not records or (home.archive / digest).exists():
        return None
    return _read(records[-1])


def read_removals(home: Home) -> list[Removal]:
    """Read the removals that still hold, by the day."""
    digests = {path.name.split(".")[0] for path in home.removed.glob("*.json")}
    removals = [removal for digest in digests if (removal := removal_of(home, digest))]
    return sorted(removals, key=lambda removal: (removal.removed_at, removal.sha256))


def read_removal(path: Path) -> Removal:
    """Read one record. Raises ValueError for one that is damaged."""
    return Removal.model_validate_json(read_sealed(path))


def _read(path: Path) -> Removal:
    """Read a record; a damaged one still says by its name that the file was removed, and so that its rows stay."""
    try:
        return read_removal(path)
    except ValueError:
        _log.error("移除记录 %s 损坏，不知何时由谁移除；请从备份恢复", path)
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(SHANGHAI)
        return Removal(
            sha256=path.name.split(".")[0], size_bytes=0, names=(), received_at=written, removed_at=written,
            by="不详", why="移除记录损坏",
        )  # fmt: skip


def _write(home: Home, removal: Removal) -> None:
    home.removed.mkdir(exist_ok=True, mode=0o700)
    number = len(list(home.removed.glob(f"{removal.sha256}.*.json"))) + 1
    write_whole(
        home.removed / f"{removal.sha256}.{number}.json", seal(removal.model_dump_json(indent=1).encode())
    )


def _number(record: Path) -> int:
    return int(record.name.split(".")[1])
