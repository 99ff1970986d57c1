"""Records of 督查指导与工作通报台账, from the rural work office: quarterly supervisions of townships, and circulars."""

import calendar
from collections.abc import Iterator
from datetime import date
from random import Random

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import townships
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_INSPECTORS = 8
_CIRCULARS = {"2021": 2, "2022": 3}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield four registers a year; numbers run on within the year."""
    for year in _CIRCULARS:
        supervised = circulated = 0
        for quarter in range(1, 5):
            rng = stream(seed, "supervision", year, quarter)
            records = []
            for township in townships():
                supervised += 1
                inspector = people.person("inspector", supervised % _INSPECTORS).name
                number = f"云农督〔{year}〕{supervised}号"
                records.append(
                    _draw_supervision(rng, number, _draw_day(rng, year, quarter), township.name, inspector)
                )
            for circular in range(_CIRCULARS[year]):
                circulated += 1
                number = f"云农通〔{year}〕{circulated}号"
                records.append(
                    _draw_circular(rng, number, _draw_day(rng, year, quarter), is_district_wide=circular == 0)
                )
            yield Sending("work_supervision.ledger", "rural_work_office", f"{year}-Q{quarter}", records)


def _draw_supervision(rng: Random, number: str, day: date, township: str, inspector: str) -> Record:
    problems = rng.randint(2, 9)
    return {
        "item_number": number,
        "kind": "督查指导",
        "item_date": day,
        "township_code": township,
        "problems_found": problems,
        "problems_rectified": problems - rng.randint(0, 2),
        "督查人员": inspector,
    }


def _draw_circular(rng: Random, number: str, day: date, *, is_district_wide: bool) -> Record:
    """Draw a circular: to the whole district it lists no problems, to a township it does."""
    return {
        "item_number": number,
        "kind": "工作通报",
        "item_date": day,
        "township_code": None if is_district_wide else rng.choice(townships()).name,
        "problems_found": None if is_district_wide else rng.randint(1, 4),
        "problems_rectified": None if is_district_wide else 1,
        "督查人员": "",
    }


def _draw_day(rng: Random, year: str, quarter: int) -> date:
    month = 3 * quarter - rng.randrange(3)
    return date(int(year), month, rng.randint(1, calendar.monthrange(int(year), month)[1]))
