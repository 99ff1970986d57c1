"""A home into which many files are dropped and received in one process, and what each came to."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from schemas.field import columns
from schemas.lineage import Staged
from sources.county.references import read_references
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.worker import Reader
from tests.journeys.townships import enterprise_book, village_book
from tests.trust.forked import apart
from tests.trust.homes import Contents, Homes, contents_apart, differences, load, lost
from tests.trust.lines import Trial

TOWNSHIP = "口泉乡"
FIRST_NS = 1_640_995_200_000_000_000
"""When the first file was written; each is a second younger than the one before, so that they come in order."""

LAST_NS = FIRST_NS + 10**15
"""When files that come after them were."""

TELLING = ("dq_rejected_row", "mart_reporting_rate")
"""Tables that tell of deliveries which do not count too."""


class Desk:
    """Where files are dropped and received."""

    def __init__(self, root: Path, reader: Reader) -> None:
        self.home, self.references = Home(root), read_references(Home(root).county)
        self._reader, self._file_ns = reader, FIRST_NS

    def drop(self, place: str, data: bytes) -> Path:
        """Write a file into the inbox."""
        path = self.home.inbox / place
        write(path, data, self._file_ns)
        self._file_ns += 1_000_000_000
        return path

    def receive(self, settle_seconds: float = 0) -> list[Receipt]:
        """Receive what lies in the inbox."""
        return receive(
            self.home,
            self._reader,
            now=lambda: datetime.now(SHANGHAI),
            settle_seconds=settle_seconds,
            references=self.references,
        )

    def send(self, files: Mapping[str, bytes]) -> dict[str, list[Receipt]]:
        """Drop files, by their places in the inbox, in this order; give the new receipts of each."""
        for place, data in files.items():
            self.drop(place, data)
        new = self.receive()
        return {place: [r for r in new if _is_of(r, place, digest(data))] for place, data in files.items()}

    def rows(self, receipts: Iterable[Receipt]) -> list[str]:
        """Write the staged rows of deliveries out, in order."""
        return sorted(f"{receipt.table} {row}" for receipt in receipts for row in self.values([receipt]))

    def values(self, receipts: Iterable[Receipt]) -> list[dict[str, Any]]:
        """Read the staged rows of deliveries, without where they came from."""
        lineage = {column.name for column in columns(Staged)}
        parts = [part for receipt in receipts for part in receipt.staged_files]
        frames = [pl.read_parquet(self.home.root / part.path) for part in parts]
        return [
            {name: value for name, value in row.items() if name not in lineage}
            for frame in frames
            for row in frame.iter_rows(named=True)
        ]

    def unkept(self, files: Mapping[str, bytes]) -> list[str]:
        """Name the files whose bytes are neither in the archive nor in the inbox."""
        waiting = {digest(path.read_bytes()) for path in self.home.inbox.rglob("*") if path.is_file()}
        return [
            place
            for place, data in files.items()
            if digest(data) not in waiting and not (self.home.archive / digest(data)).exists()
        ]


def sound_enterprises() -> dict[str, bytes]:
    """Make the township's enterprises once more, for after others that count."""
    return {
        f"{TOWNSHIP}/企业.xlsx": village_book(
            TOWNSHIP, ["杨家窑村", "上窝寨村"], enterprise_book, persons=270
        )
    }


def is_accepted(receipts: Iterable[Receipt]) -> bool:
    """Whether a delivery of these was, held or not."""
    return any(receipt.outcome == "accepted" for receipt in receipts)


def unanswered(receipts: list[Receipt]) -> str:
    """Say what is wrong with how a file was answered, whatever is in it; empty where nothing is."""
    if not receipts:
        return "no receipt names the file"
    if any(receipt.is_internal_error for receipt in receipts):
        return "the program failed on it"
    if any(r.outcome == "rejected" and not r.reasons and not r.rows.rejected for r in receipts):
        return "rejected without a reason"
    return ""


Work = Callable[[Desk], list[str]]
"""Sends files to a desk; gives what does not hold, a text a trial."""


def at_a_desk(
    work: Work, name: str, count: int, *, load: bool, sound: Mapping[str, bytes] | None = None
) -> Trial:
    """Make the trials of one process, on a copy of the home: work at a desk, then the second batch comes and is loaded.

    load: whether it is; short runs leave it to a few lines. sound: files that come after it and are to count as they do
    where nothing but they came.
    """
    return Trial(name, partial(_attempt, work, load, sound or {}), count)


def _attempt(
    work: Work, load_after: bool, sound: Mapping[str, bytes], folder: Path, homes: Homes
) -> list[str]:
    home, log = homes.copy(folder / "home", waiting=False), folder / "log"
    failures: list[str] = apart(partial(_work, work, home), log)
    print(log.read_text("utf-8", "replace"))
    if not load_after:
        return failures
    shutil.copytree(homes.folder / "batch", home / "inbox", dirs_exist_ok=True)
    for place, data in sound.items():
        write(home / "inbox" / place, data, LAST_NS)
    loaded = load(home, log)
    if loaded.code:
        return [
            *failures,
            f"the load afterwards ended with {loaded.code}: {loaded.answer or loaded.log[-600:]}",
        ]
    expected = _undisturbed(folder / "undisturbed", homes, sound, log) if sound else homes.second
    other = set(differences(contents_apart(home, log), expected).split(", ")) - {"", *TELLING}
    return failures + [f"published afterwards is otherwise: {other}"] * bool(other) + lost(home, homes.batch)


def _undisturbed(home: Path, homes: Homes, sound: Mapping[str, bytes], log: Path) -> Contents:
    """Load what comes after the work alone."""
    homes.copy(home)
    for place, data in sound.items():
        write(home / "inbox" / place, data, LAST_NS)
    load(home, log)
    return contents_apart(home, log)


def write(path: Path, data: bytes, at_ns: int) -> None:
    """Write a file as of a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, ns=(at_ns, at_ns))


def _work(work: Work, home: Path) -> list[str]:
    os.environ["XIANGCANG_HOME"] = str(home)
    with Reader() as reader:
        return work(Desk(home, reader))


def _is_of(receipt: Receipt, place: str, digest: str) -> bool:
    named = PurePosixPath(place)
    file = receipt.file
    return (file.folder, file.name, file.sha256) == (named.parts[0], named.name, digest)


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()
