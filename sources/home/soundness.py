"""Whether what a home keeps is what was written: hashes of files, records that cannot be read, remains of killed writes.

Put here: what is looked at before files are used, and set aside or swept. Keep out: staging anew what is set aside.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator
from hashlib import file_digest
from pathlib import Path

from sources.home.archive import Arrival, read_arrival, write_arrival
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipt_file

_PART = re.compile(r"\.(?:.*\.)?(\d+)\.part$")
"""A file that is being written, with the process that writes it."""

log = logging.getLogger("xiangcang")


def has_digest(path: Path, digest: str) -> bool:
    """Whether a file is there and has this SHA-256. 0.6 CPU s a GB."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def wrong_files(home: Home, receipts: list[Receipt]) -> list[str]:
    """List the data files of receipts, below the home, that are gone or not what was written."""
    parts = [part for receipt in receipts for part in receipt.data_files]
    return [part.path for part in parts if not has_digest(home.root / part.path, part.sha256)]


def sweep_parts(home: Home) -> list[Path]:
    """Remove the files that killed processes were writing; those of living ones stay. Returns the paths removed."""
    swept = []
    for folder, below, names in os.walk(home.root):
        if Path(folder) == home.root:
            below[:] = [name for name in below if name not in ("inbox", "dagster")]
        for name in names:
            if (part := _PART.fullmatch(name)) and not _lives(int(part[1])):
                path = Path(folder, name)
                path.unlink(missing_ok=True)
                swept.append(path)
    return swept


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()  # this one writes nothing now


def set_aside_damaged(home: Home) -> list[Path]:
    """Move receipts that cannot be read to `receipts/damaged/`: their files are staged anew. Returns where they lay."""
    return [*_set_aside(home.receipts, read_receipt_file)]


def mend_arrivals(home: Home, receipts: list[Receipt]) -> list[Path]:
    """Write anew, by the receipts, the arrivals that are lost or cannot be read; set those aside that no receipt knows.

    Returns the paths of what was damaged or lost.
    """
    damaged = [*_set_aside(home.arrivals, read_arrival)]
    known = {path.stem for path in home.arrivals.glob("*.json")}
    for receipt in receipts:
        if receipt.file.sha256 and receipt.arrival_id not in known:
            known.add(receipt.arrival_id)
            facts = receipt.file
            arrival = Arrival(
                receipt.arrival_id, facts.sha256, facts.name, facts.folder, facts.size_bytes, receipt.received_at,
                receipt.synthetic,
            )  # fmt: skip
            path = write_arrival(home, arrival)
            if path not in damaged:
                damaged.append(path)
                log.error("到达记录 %s 不在，按回执重写", path)
    return damaged


def unreadable(folder: Path, read: Callable[[Path], object]) -> Iterator[tuple[Path, Exception]]:
    """Find the records of a folder that cannot be read, each with why."""
    for path in sorted(folder.glob("*.json")):
        try:
            read(path)
        except (ValueError, TypeError, KeyError) as error:
            yield path, error


def _set_aside(folder: Path, read: Callable[[Path], object]) -> Iterator[Path]:
    for path, error in unreadable(folder, read):
        aside = folder / "damaged" / path.name
        aside.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(aside)
        log.error("%s 损坏（%s），移到 %s", path, type(error).__name__, aside)
        yield path
