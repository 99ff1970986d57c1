"""A seal on a record that is kept as JSON: the SHA-256 of all that follows it, so that a changed bit is seen.

Put here: how a seal is set and looked at. Keep out: what becomes of a record whose seal is broken.
"""

import hashlib
import re
from pathlib import Path

from schemas.errors import XiangcangError

_BEFORE, _AFTER = b'{"seal": "', b'",'
_DIGITS = 64
_DIGEST = re.compile(rb"[0-9a-f]{64}")


class BrokenSeal(XiangcangError, ValueError):
    """A record that is not what was written."""


def seal(record: bytes) -> bytes:
    """Put the seal first into a JSON object that is not empty."""
    rest = record[1:]
    return _BEFORE + hashlib.sha256(rest).hexdigest().encode() + _AFTER + rest


def read_sealed(path: Path) -> bytes:
    """Read a record without its seal. Raises BrokenSeal, which names the file, and OSError."""
    try:
        return unseal(path.read_bytes())
    except BrokenSeal:
        raise BrokenSeal(
            f"{path} 与写入时不同；请执行 xiangcang verify 看还有什么损坏，或从备份恢复"
        ) from None


def unseal(record: bytes) -> bytes:
    """Give a record without its seal; one that never had any is given as it is. Raises BrokenSeal."""
    if not record.startswith(_BEFORE):
        if _DIGEST.match(record, len(_BEFORE)):
            raise BrokenSeal("the seal itself is damaged")
        return record
    rest = record[len(_BEFORE) + _DIGITS + len(_AFTER) :]
    if seal(b"{" + rest) != record:
        raise BrokenSeal("the record is not what was written")
    return b"{" + rest
