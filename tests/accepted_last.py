"""What counts where no delivery is held: the last accepted of each table, reporter and period."""

from collections.abc import Iterable
from datetime import datetime

from sources.holding.states import Judgement, delivery_states
from sources.home.receipts import Receipt


def in_force(receipts: Iterable[Receipt], cut_off: datetime) -> list[Receipt]:
    """Return the deliveries that count at a time."""
    return delivery_states(receipts, [], lambda *_: Judgement(), cut_off).counting
