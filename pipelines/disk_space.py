"""How much disk each step of a load needs at most: estimates by what it is given, each with what it was measured on."""

from collections.abc import Iterable

from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.home.space import bytes_in
from warehouse.database.store import Store

RESERVE_BYTES = 64 << 20
"""For what any load writes: its run history (6 MB for the first of the sample), records, pages, its error if it fails."""

RECEIVED_PER_BYTE = 3
"""Archive, rows, receipts and replies of a byte that arrived: 2.2 of the sample's workbooks, 1.2 of a ledger of 500,000 rows."""

BUILT_PER_STAGED_BYTE = 8
"""Tables and what they are made with, of a byte of staged rows: 7.4 of the sample, 6.5 of that ledger."""


def bytes_to_receive(home: Home, stale: Iterable[Receipt]) -> int:
    """Estimate what receiving writes: of the inbox, and of the files that are read again."""
    read_again = sum(receipt.file.size_bytes for receipt in stale)
    return RESERVE_BYTES + RECEIVED_PER_BYTE * (bytes_in([home.inbox]) + read_again)


def bytes_to_build(store: Store, counting: Iterable[Receipt]) -> int:
    """Estimate what a build writes at its peak: a copy of the published file, and all tables anew. Publishing links."""
    staged = bytes_in(store.root / part.path for receipt in counting for part in receipt.staged_files)
    return RESERVE_BYTES + bytes_in([store.current]) + BUILT_PER_STAGED_BYTE * staged
