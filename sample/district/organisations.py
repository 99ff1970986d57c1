"""Invented party organisations: one of every village and community, and those whose place has no code."""

from collections.abc import Iterator
from dataclasses import dataclass

from sample.district.chance import stream
from sample.district.registers import all_villages, communities, subdistricts, townships
from sample.district.targets import Targets


@dataclass(frozen=True)
class Organisation:
    """One invented organisation; township and place are names, None where the code list has no such place."""

    code: str
    name: str
    kind: str
    township: str | None
    place: str | None


def organisations(targets: Targets) -> list[Organisation]:
    """List as many organisations as the target says: of villages, of communities, then without a place."""
    with_place = list(_describe_places())
    without_place = [
        (f"筹建社区第{number + 1}党支部", "社区", None, None)
        for number in range(targets.party_orgs - len(with_place))
    ]
    descriptions = [*with_place, *without_place][: targets.party_orgs]
    return [
        Organisation(f"DZ{number:04}", name, kind, township, place)
        for number, (name, kind, township, place) in enumerate(descriptions, start=1)
    ]


def draw_weak_organisations(seed: int, targets: Targets) -> dict[int, list[Organisation]]:
    """Draw those listed as weak in 2022, and two for every three of them in 2021; none is in both years."""
    known = organisations(targets)
    before = min(targets.weak_party_orgs * 2 // 3, len(known) - targets.weak_party_orgs)
    drawn = stream(seed, "weak organisations").sample(known, targets.weak_party_orgs + before)
    return {2021: drawn[targets.weak_party_orgs :], 2022: drawn[: targets.weak_party_orgs]}


def _describe_places() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, kind, township and place of the organisation of every village and community."""
    for village in all_villages():
        yield f"{village.name}党支部", "村", village.township, village.name
    for parent in (*townships(), *subdistricts()):
        for community in communities(parent.division_code):
            yield f"{community.name}党支部", "社区", parent.name, community.name
