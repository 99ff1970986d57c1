"""Records of 防止返贫监测对象台账, from the rural revitalization bureau: households found and cleared in two years."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import all_villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from sample.district.times import period_end
from schemas.forms.monitored_household import CATEGORIES

_QUARTERS = ("2021-Q4", "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4")
_HOUSEHOLDS = 48
_FIRST_DAY = date(2021, 1, 4)


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one ledger a quarter from the end of 2021 on; a household, once found, stays on it."""
    for period in _QUARTERS:
        households = (
            _draw_household(seed, people, number, period_end(period)) for number in range(_HOUSEHOLDS)
        )
        yield Sending(
            "monitored_household.quarter", "rural_revitalization", period, list(filter(None, households))
        )


def _draw_household(seed: int, people: People, number: int, on: date) -> Record | None:
    """Draw a household as it stands on a day; None while it has not been found."""
    rng = stream(seed, "monitored household", number)
    code = f"M00{number:05}"
    people.household_numbers.add(code)
    village, category, persons = rng.choice(all_villages()), rng.choice(CATEGORIES), rng.randint(1, 5)
    found_date = _FIRST_DAY + timedelta(days=14 * number)
    helped_date = found_date + timedelta(days=rng.randint(10, 40))
    cleared_date = helped_date + timedelta(days=rng.randint(120, 500))
    if found_date > on:
        return None
    return {
        "household_key": code,
        "户主姓名": people.person("monitored", number).name,
        "所属乡镇": village.township,
        "village_code": village.name,
        "category": category,
        "monitored_persons": persons,
        "found_date": found_date,
        "is_helped": helped_date <= on,
        "cleared_date": cleared_date if cleared_date <= on else None,
    }
