"""What tests read from a home that was loaded."""

import hashlib
from pathlib import Path

from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from tests.accepted_last import in_force


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def receipts_in_force(home: Path, table: str) -> list[Receipt]:
    receipts = read_receipts(Home(home))
    return [r for r in in_force(receipts, receipts[-1].received_at) if r.table == table]
