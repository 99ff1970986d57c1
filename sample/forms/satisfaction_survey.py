"""Records of 群众满意度调查表, from the rural work office: every village, a little more satisfied in 2022."""

from collections.abc import Iterator

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import Village, all_villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_SATISFIED_SHARE = {"2021": 0.93, "2022": 0.955}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one table a year."""
    for year in _SATISFIED_SHARE:
        records = [_draw_answers(seed, people, village, year) for village in all_villages()]
        yield Sending("satisfaction_survey.year", "rural_work_office", year, records)


def _draw_answers(seed: int, people: People, village: Village, year: str) -> Record:
    rng = stream(seed, "satisfaction", year, village.code)
    surveyed = rng.randint(12, 40)
    return {
        "所属乡镇": village.township,
        "village_code": village.name,
        "surveyed_persons": surveyed,
        "satisfied_persons": sum(rng.random() < _SATISFIED_SHARE[year] for _ in range(surveyed)),
        "调查员": people.person("interviewer", village.township).name,
    }
