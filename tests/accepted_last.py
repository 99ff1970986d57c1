"""What counts where no delivery is held: the last accepted of each table, reporter and period."""

from collections.abc import Iterable
from datetime import datetime

from sources.home.receipts import Receipt, in_order


def in_force(receipts: Iterable[Receipt], cut_off: datetime) -> list[Receipt]:
    """Return the deliveries that count at a time: the last accepted of each table, reporter and period."""
    last = {r.key: r for r in in_order(receipts) if r.received_at <= cut_off and r.outcome == "accepted"}
    return in_order(last.values())
