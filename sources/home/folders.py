"""The folders under XIANGCANG_HOME that deliveries pass through, and the key that hides persons."""

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schemas.errors import XiangcangError
from schemas.files.operating import read_operating

_KEY_BYTES = 32


class KeyLost(XiangcangError):
    """The key of the hashes that stand for persons is gone, or is another than receipts were made with."""


class MixedSynthetic(XiangcangError):
    """A mix of real deliveries and the sample's, which would end in one warehouse."""


@dataclass(frozen=True)
class Home:
    """State of one installation. Everything is readable by its owner alone, but what `operating.toml` opens to readers."""

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
    def removed(self) -> Path:
        """Records of archived files that were removed at the end of their time."""
        return self.archive / "removed"

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
        """Whether this home holds the sample district, by its label or by what has arrived in it."""
        first = next(self.arrivals.glob("*.json"), None)
        return self._label.exists() or (first is not None and bool(_loads(first).get("synthetic")))

    @property
    def sample_ends_on(self) -> date | None:
        """The day of the last delivery that was written as the sample's; None where its label does not say."""
        ends_on = _loads(self._label).get("ends_on")
        return date.fromisoformat(ends_on) if ends_on else None

    def prepare(self) -> None:
        """Make the folders (0700) and, once, the key for personal identifiers (0600). Raises KeyLost, SettingsRefused."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        closed = 0o067 if read_operating(self.root).readers else 0o077  # readers pass through
        if (mode := self.root.stat().st_mode) & closed:
            self.root.chmod(mode & ~closed)
        for folder in (
            self.inbox, self.arrivals, self.staging, self.rejected, self.receipts, self.outbox, self.keys,
            self.corrections, self.decisions,
        ):  # fmt: skip
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._prepare_key()

    def _prepare_key(self) -> None:
        """Make the key of a new home; of one that has receipts, it must be there and be the one that they were made with."""
        if fault := self.key_fault():
            raise KeyLost(f"{fault}；请从备份恢复 keys/ 再运行")
        if not self._has_key:
            write_whole(self._key_path, secrets.token_bytes(_KEY_BYTES))
        if not self._known_check:
            write_whole(self._key_check, _check_of(self.person_key()).encode())

    def key_fault(self) -> str | None:
        """Say, in Chinese, why the key does not fit the receipts; None where it does, or there are none."""
        known = self._known_check
        if not self._has_key and (known or next(self.receipts.glob("*.json"), None)):
            return f"个人标识的密钥 {self._key_path} 不在或不全，已有的报送是用它散列的"
        if self._has_key and known and known != _check_of(self.person_key()):
            return f"个人标识的密钥 {self._key_path} 不是散列已有报送的那一把，或 {self._key_check} 损坏"
        return None

    @property
    def _known_check(self) -> str:
        return self._key_check.read_text("ascii", "replace") if self._key_check.exists() else ""

    @property
    def _has_key(self) -> bool:
        return self._key_path.exists() and len(self.person_key()) >= _KEY_BYTES

    def person_key(self) -> bytes:
        """Read the key of the hashes that stand for ID and household numbers."""
        return self._key_path.read_bytes()

    @property
    def _label(self) -> Path:
        return self.root / "synthetic.json"

    @property
    def _key_check(self) -> Path:
        return self.receipts / "person.key.sha256"

    @property
    def _key_path(self) -> Path:
        return self.keys / "person.key"


def _check_of(key: bytes) -> str:
    return hashlib.sha256(b"xiangcang person key " + key).hexdigest()


def _loads(path: Path) -> dict[str, Any]:
    """Read a small record; empty where it is not there or damaged, which others tell."""
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError):
        return {}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut (0600)."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, path)
