"""Records of 领导包联乡村台账, from the rural work office: a leader for every village, and a second for some."""

from collections.abc import Iterator

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import Village, all_villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.leadership_pairing import LEADER_POSTS

_LEADERS = {"2021": 30, "2022": 36}
_PAIRED_LATER_EVERY = 12  # villages that had no leader in 2021
_SECOND_LEADER_EVERY = 15


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register a year."""
    for year in _LEADERS:
        records = [
            _draw_record(seed, people, year, village, leader) for village, leader in _pair_villages(year)
        ]
        yield Sending("leadership_pairing.register", "rural_work_office", year, records)


def _pair_villages(year: str) -> Iterator[tuple[Village, int]]:
    leaders = _LEADERS[year]
    for number, village in enumerate(all_villages()):
        if year == "2022" or number % _PAIRED_LATER_EVERY:
            yield village, number % leaders
        if number % _SECOND_LEADER_EVERY == 1:
            yield village, (number + 1) % leaders


def _draw_record(seed: int, people: People, year: str, village: Village, leader: int) -> Record:
    person = people.person("pairing leader", leader)
    rng = stream(seed, "pairing", year, village.code, leader)
    return {
        "包联领导": person.name,
        "leader_key": person.id_number,
        "leader_post": LEADER_POSTS[leader % len(LEADER_POSTS)],
        "所属乡镇": village.township,
        "village_code": village.name,
        "visits": rng.randint(4, 14 if year == "2022" else 12),
        "联系电话": person.phone,
    }
