"""The folders under XIANGCANG_HOME that deliveries pass through, and the key that hides persons."""

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schemas.errors import XiangcangError


class MixedSynthetic(XiangcangError):
    """A mix of real deliveries and the sample's, which would end in one warehouse."""


@dataclass(frozen=True)
class Home:
    """State of one installation. Everything is readable by its owner alone."""

    root: Path

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def arrivals(self) -> Path:
        return self.archive / "arrivals"

    @property
    def lists(self) -> Path:
        """Division lists that figures were counted on, by their SHA-256."""
        return self.archive / "lists"

    @property
    def staging(self) -> Path:
        return self.root / "staging"

    @property
    def rejected(self) -> Path:
        return self.root / "rejected"

    @property
    def receipts(self) -> Path:
        return self.root / "receipts"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def county(self) -> Path:
        """The county's own data, which the program never writes once they are made."""
        return self.root / "county"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def corrections(self) -> Path:
        return self.root / "corrections"

    @property
    def decisions(self) -> Path:
        return self.root / "decisions"

    @property
    def synthetic(self) -> bool:
        """Whether this home holds the sample district."""
        return self._label.exists()

    @property
    def sample_ends_on(self) -> date | None:
        """The day of the last delivery that was written as the sample's; None where its label does not say."""
        ends_on = json.loads(self._label.read_bytes()).get("ends_on")
        return date.fromisoformat(ends_on) if ends_on else None

    def prepare(self) -> None:
        """Make the folders (0700) and, once, the key for personal identifiers (0600)."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (
            self.inbox, self.arrivals, self.staging, self.rejected, self.receipts, self.outbox, self.keys,
            self.corrections, self.decisions,
        ):  # fmt: skip
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._key_path.exists():
            write_whole(self._key_path, secrets.token_bytes(32))

    def person_key(self) -> bytes:
        """Read the key of the hashes that stand for ID and household numbers."""
        return self._key_path.read_bytes()

    @property
    def _label(self) -> Path:
        return self.root / "synthetic.json"

    @property
    def _key_path(self) -> Path:
        return self.keys / "person.key"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut (0600)."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, path)
