"""Records of 网格事件办结台账 of 2022: by month the tickets opened or closed, as many closed as the target says."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sample.district.chance import divide, stream
from sample.district.neighbourhoods import Neighbourhood, neighbourhoods
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.grid_issue import CATEGORIES

_YEAR = 2022
_MONTHLY = (0.7, 0.6, 0.9, 1.0, 1.0, 1.1, 1.3, 1.2, 1.1, 1.0, 1.0, 1.1)
_DAYS_OPEN = (0, 0, 1, 1, 2, 3, 5, 14)  # under a month, so that a ticket is open at the end of one at most
_OPEN_AT_YEAR_END_OF = 90  # one in so many
_CALLERS = 60


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield twelve registers; a ticket closed the month after it was opened is in both."""
    grids = neighbourhoods(targets)
    months: dict[str, list[Record]] = {}
    for number, closed in enumerate(_draw_closing_days(seed, targets.grid_issues_resolved) if grids else ()):
        rng = stream(seed, "grid issue", number)
        opened = (closed or date(_YEAR, 12, 31)) - timedelta(days=rng.choice(_DAYS_OPEN))
        record = _make_record(people, rng.choice(grids), number, rng.choice(CATEGORIES), opened)
        if opened.year == _YEAR and (closed is None or opened.month < closed.month):
            months.setdefault(f"{opened:%Y-%m}", []).append(record)
        if closed is not None:
            resolved = record | {"closed_date": closed, "is_resolved": True}
            months.setdefault(f"{closed:%Y-%m}", []).append(resolved)
    for period, records in sorted(months.items()):
        yield Sending("grid_issue.ledger", "social_work", period, records)


def _draw_closing_days(seed: int, count: int) -> Iterator[date | None]:
    """Draw the day on which each ticket was closed; None for those still open at the end of the year."""
    for month, share in enumerate(divide(Decimal(count), _MONTHLY, [Decimal(1)] * 12), start=1):
        rng = stream(seed, "grid issues closed", month)
        last = calendar.monthrange(_YEAR, month)[1]
        yield from sorted(date(_YEAR, month, rng.randint(1, last)) for _ in range(int(share)))
    yield from [None] * (count // _OPEN_AT_YEAR_END_OF)


def _make_record(people: People, grid: Neighbourhood, number: int, category: str, opened: date) -> Record:
    """Make the record of a ticket that is not closed yet."""
    caller = people.person("grid issue", number % _CALLERS)
    return {
        "ticket_number": f"WG{opened:%Y%m}-{number + 1:05}",
        "所属乡镇街道": grid.reporter.name,
        "place_code": grid.place.name,
        "grid_code": grid.code,
        "category": category,
        "反映人": caller.name,
        "联系电话": caller.phone,
        "opened_date": opened,
        "closed_date": None,
        "is_resolved": False,
    }
