"""Invented grids (网格) into which villages and communities are divided, and the buildings in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest

from sample.district.registers import (
    Community,
    DistrictReporter,
    Village,
    communities,
    subdistricts,
    townships,
    villages,
)
from sample.district.targets import Targets

_BUILDINGS_OF_COMMUNITY = 3  # blocks of flats to each 片区 of a village

GridPlace = Village | Community


@dataclass(frozen=True)
class Neighbourhood:
    """One grid. number: in its place, from 1; buildings: count of its buildings or 片区, each with a leader."""

    reporter: DistrictReporter
    place: GridPlace
    number: int
    buildings: int

    @property
    def code(self) -> str:
        """The place's 12 digits and three digits of the grid's number."""
        return f"{self.place.code}{self.number:03}"

    @property
    def name(self) -> str:
        """The place's name and the grid's number in it."""
        return f"{self.place.name}第{self.number}网格"


@cache
def neighbourhoods(targets: Targets) -> tuple[Neighbourhood, ...]:
    """Make as many grids as the target says: the reporters take turns, and so do the places of each."""
    turns = _list_turns()
    taken = [turns[turn % len(turns)] for turn in range(targets.grids)]
    buildings = _distribute_buildings(taken, targets.building_leaders)
    numbers: Counter[str] = Counter()
    grids = []
    for position, (reporter, place) in enumerate(taken):
        numbers[place.code] += 1
        grids.append(Neighbourhood(reporter, place, numbers[place.code], buildings[position]))
    return tuple(grids)


def _list_turns() -> list[tuple[DistrictReporter, GridPlace]]:
    """List one round of turns: every village once and every community twice, for it has more households."""
    by_reporter = [
        [(reporter, place) for place in _places(reporter)] for reporter in (*townships(), *subdistricts())
    ]
    return [turn for turns in zip_longest(*by_reporter) for turn in turns if turn is not None]


def _places(reporter: DistrictReporter) -> list[GridPlace]:
    code = reporter.division_code
    own_villages = villages(code) if reporter.kind == "township" else ()
    return [*own_villages, *communities(code), *communities(code)]


def _distribute_buildings(taken: Sequence[tuple[DistrictReporter, GridPlace]], count: int) -> Counter[int]:
    """Count the buildings that lie in each grid, by the grid's position."""
    shares = list(
        chain.from_iterable(
            [position] * (_BUILDINGS_OF_COMMUNITY if isinstance(place, Community) else 1)
            for position, (_, place) in enumerate(taken)
        )
    )
    return Counter(shares[building % len(shares)] for building in range(count)) if shares else Counter()
