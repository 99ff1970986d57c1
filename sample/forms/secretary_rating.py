"""Records of 书记星级初评表, from the organisation department: the first rating is that of 2022."""

from collections.abc import Iterator

from sample.district.chance import stream
from sample.district.organisations import organisations
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one list of everyone rated."""
    if records := _make_lines(seed, targets, people):
        yield Sending("secretary_rating.round", "org_dept", "2022", records)


def _make_lines(seed: int, targets: Targets, people: People) -> list[Record]:
    return [
        {
            "org_code": org.code,
            "党组织名称": org.name,
            "书记姓名": people.person("secretary", org.code).name,
            "secretary_key": people.person("secretary", org.code).id_number,
            "star": star,
        }
        for org, star in zip(organisations(targets), _draw_stars(seed, targets), strict=False)
    ]


def _draw_stars(seed: int, targets: Targets) -> list[int]:
    """Draw as many stars of each band as the targets say, in no order."""
    rng = stream(seed, "secretary stars")
    stars = [
        *rng.choices((1, 2, 3, 4, 5), (1, 4, 20, 45, 30), k=targets.secretaries_to_5_stars),
        *rng.choices((6, 7), (3, 1), k=targets.secretaries_of_6_to_7_stars),
        *[8] * targets.secretaries_of_8_stars,
    ]
    rng.shuffle(stars)
    return stars
