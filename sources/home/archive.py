"""The archive: files kept for good under their SHA-256, and when and from whom each arrived."""

import hashlib
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from json import dumps, loads
from pathlib import Path

from sources.home.folders import Home, write_whole


@dataclass(frozen=True)
class Arrival:
    """One file that arrived: the same bytes can arrive again, from another folder or under another name."""

    arrival_id: str
    sha256: str
    name: str
    folder: str
    size_bytes: int
    received_at: datetime
    synthetic: bool


def archive(home: Home, path: Path, received_at: datetime) -> Arrival:
    """Move a settled inbox file into the archive and return its arrival.

    Killed at any point and repeated, it ends the same.
    """
    folder, name = path.relative_to(home.inbox).parent.as_posix(), path.name
    before = path.stat()
    digest = _sha256(path)
    identity = f"{folder}/{name}/{before.st_mtime_ns}/{digest}"
    arrival_id = hashlib.sha256(identity.encode()).hexdigest()[:12]
    record = home.arrivals / f"{arrival_id}.json"
    if record.exists():  # a load was killed between the record and the removal
        arrival = _read_arrival(record)
    else:
        arrival = Arrival(
            arrival_id, digest, name, folder.split("/")[0], before.st_size, received_at, home.synthetic
        )
        _copy_whole(path, home.archive / digest)
        payload = asdict(arrival) | {"received_at": received_at.isoformat()}
        write_whole(record, dumps(payload, ensure_ascii=False, indent=1).encode())
    path.unlink()
    return arrival


def read_arrivals(home: Home) -> list[Arrival]:
    """Read every file's arrival, in the order of arrival."""
    arrivals = [_read_arrival(path) for path in home.arrivals.glob("*.json")]
    return sorted(arrivals, key=lambda arrival: (arrival.received_at, arrival.arrival_id))


def _read_arrival(record: Path) -> Arrival:
    payload = loads(record.read_bytes())
    return Arrival(**payload | {"received_at": datetime.fromisoformat(payload["received_at"])})


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that the copy is there whole or not at all (0400); one that exists is left as it is."""
    if target.exists():
        return
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    shutil.copyfile(source, aside)
    with aside.open("rb+") as data:
        os.fsync(data.fileno())
    aside.chmod(0o400)
    os.replace(aside, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
