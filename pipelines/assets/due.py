"""Days that matter: as of which deliveries are due, and until when no day changes that."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sources.county.expected import Expected
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.text.period import period_end


def due_as_of(home: Home, receipts: list[Receipt], cut_off: datetime) -> date:
    """Choose the day as of which deliveries are due; the sample's time ends with its own last delivery.

    A file that somebody adds to a sample comes years later: it does not make all that never came since overdue.
    """
    if not home.synthetic:
        return cut_off.date()
    last = max((receipt.received_at for receipt in receipts), default=cut_off)
    return home.sample_ends_on or last.date()


def holds_until(
    home: Home, expected: Iterable[Expected], receipts: Iterable[Receipt], cut_off: datetime
) -> date | None:
    """Find the first day whose date alone changes what a load after the cut-off finds; None where none does.

    A delivery becomes overdue, a period ends, a year begins, or an arrival is no longer later than now; the very day of
    the cut-off where a file is tried again at every load. expected: as of the cut-off. receipts: also those after it.
    """
    receipts = list(receipts)
    if any(receipt.is_tried_again for receipt in receipts):
        return cut_off.date()
    later = [receipt.received_at.date() for receipt in receipts if receipt.received_at > cut_off]
    if home.synthetic:  # its time stands still, see due_as_of
        return min(later, default=None)
    on = cut_off.date()
    turns = {day for e in expected for day in (e.due_date + timedelta(days=1), period_end(e.period))}
    return min([*later, *(day for day in turns if day > on), date(on.year + 1, 1, 1)])
