"""The archive: files kept for good under their SHA-256, and when and from whom each arrived."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from errno import ELOOP
from itertools import count
from json import dumps, loads
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from schemas.errors import XiangcangError
from schemas.files.sealed import read_sealed, seal
from sources.home.folders import Home, write_whole
from sources.text.printable import printable

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Arrival:
    """One file that arrived: the same bytes can arrive again, from another folder or under another name.

    inode: what tells the inbox file from a later one of the same name, mtime and bytes.
    """

    arrival_id: str
    sha256: str
    name: str
    folder: str
    size_bytes: int
    received_at: datetime
    synthetic: bool
    inode: str = ""


class Unsettled(XiangcangError):
    """A file that changed while it was copied: it is taken at a later load, when it is whole."""


def archive(home: Home, path: Path, received_at: datetime) -> Arrival:
    """Move a settled inbox file into the archive and return its arrival.

    Killed at any point and repeated, it ends the same. Raises Unsettled, and leaves the file where it is, when
    it changes meanwhile.
    """
    folder, name = readable(path.relative_to(home.inbox).parent.as_posix()), readable(path.name)
    with _open_regular(path) as data:
        before = os.fstat(data.fileno())
        digest = _copy_whole(data, home.archive)
    if _inode(path.lstat()) != _inode(before):
        raise Unsettled(f"{folder}/{name}")
    identity = f"{folder}/{name}/{before.st_mtime_ns}/{digest}"
    arrival = _known_arrival(home, identity, _inode(before))
    if arrival is None:
        arrival = Arrival(
            _next_id(home, identity), digest, name, folder.split("/")[0], before.st_size, received_at,
            home.synthetic, _inode(before),
        )  # fmt: skip
        write_arrival(home, arrival)
    if _inode(path.lstat()) == _inode(before):  # else another file has taken its place: the next to arrive
        path.unlink()
    return arrival


def keep_list(home: Home, path: Path) -> str:
    """Keep a county's list under its SHA-256, and return that: figures counted on it are traced to its lines for good."""
    home.lists.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("rb") as data:
        return _copy_whole(data, home.lists)


def unarchived(home: Home, path: Path, at: datetime) -> Arrival:
    """Describe a file of the inbox that could not be archived: it has no SHA-256, and its id is that of its place."""
    folder, name = readable(path.relative_to(home.inbox).parent.as_posix()), readable(path.name)
    arrival_id = hashlib.sha256(f"unarchived/{folder}/{name}".encode()).hexdigest()[:12]
    return Arrival(arrival_id, "", name, folder.split("/")[0], 0, at, home.synthetic)


def readable(name: str) -> str:
    """Return a file's name as printable text: bytes that are no UTF-8 are read as GB18030, as unzip and FTP leave them."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return printable(raw.decode(encoding))
    return printable(raw.decode("utf-8", "replace"))


def _inode(stat: os.stat_result) -> str:
    """Tell one file from another of the same name, size and mtime; a change of either is seen too."""
    return f"{stat.st_dev}:{stat.st_ino}:{stat.st_ctime_ns}:{stat.st_mtime_ns}:{stat.st_size}"


def _ids(identity: str) -> Iterator[str]:
    """Count the arrivals of the same bytes under one name and mtime: a file can be sent, replaced and sent again."""
    for number in count():
        text = f"{identity}/{number}" if number else identity
        yield hashlib.sha256(text.encode()).hexdigest()[:12]


def _known_arrival(home: Home, identity: str, inode: str) -> Arrival | None:
    """Return the arrival of this very file, where a load was killed between the record and the removal."""
    for arrival_id in _ids(identity):
        if not _record(home, arrival_id).exists():
            return None
        arrival = read_arrival(_record(home, arrival_id))
        if arrival.inode == inode:
            return arrival
    return None


def _next_id(home: Home, identity: str) -> str:
    return next(arrival_id for arrival_id in _ids(identity) if not _record(home, arrival_id).exists())


def _record(home: Home, arrival_id: str) -> Path:
    return home.arrivals / f"{arrival_id}.json"


def read_arrivals(home: Home) -> list[Arrival]:
    """Read every file's arrival, in the order of arrival."""
    arrivals = [read_arrival(path) for path in home.arrivals.glob("*.json")]
    return sorted(arrivals, key=lambda arrival: (arrival.received_at, arrival.arrival_id))


def last_arrival(home: Home) -> Arrival | None:
    """Return the arrival that came last; None where none has."""
    arrivals = read_arrivals(home)
    return arrivals[-1] if arrivals else None


def write_arrival(home: Home, arrival: Arrival) -> Path:
    """Keep the record of an arrival; returns where."""
    payload = asdict(arrival) | {"received_at": arrival.received_at.isoformat()}
    path = _record(home, arrival.arrival_id)
    write_whole(path, seal(dumps(payload, ensure_ascii=False, indent=1).encode()))
    return path


def read_arrival(record: Path) -> Arrival:
    """Read one arrival. Raises ValueError, TypeError or KeyError for a record that is damaged."""
    payload = loads(read_sealed(record))
    return Arrival(**payload | {"received_at": datetime.fromisoformat(payload["received_at"])})


def _open_regular(path: Path) -> BinaryIO:
    """Open a file itself, never what a link leads to. Raises Unsettled where it is no regular file any more."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == ELOOP:
            raise Unsettled(f"{readable(path.name)} is a link") from error
        raise
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unsettled(f"{readable(path.name)} is no regular file")
    return os.fdopen(descriptor, "rb")


def _copy_whole(data: BinaryIO, folder: Path) -> str:
    """Copy a file to its SHA-256 in a folder, whole or not at all (0400), and return that: of the bytes copied.

    One that is there already is left as it is.
    """
    aside = folder / f".{os.getpid()}.part"
    digest = hashlib.sha256()
    with aside.open("wb") as copy:
        while chunk := data.read(_CHUNK_BYTES):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    target = folder / digest.hexdigest()
    if target.exists():
        aside.unlink()
    else:
        aside.chmod(0o400)
        os.replace(aside, target)
    return target.name
