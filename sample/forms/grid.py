"""Records of 网格划分台账, from townships and subdistricts: as many grids and party groups as the targets say."""

from collections.abc import Iterator

from sample.district.chance import stream
from sample.district.neighbourhoods import Neighbourhood, neighbourhoods
from sample.district.people import People
from sample.district.registers import Community
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_UNNAMED_EVERY = 40


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register of 2022 from each reporter that has grids."""
    by_reporter: dict[str, list[Record]] = {}
    for number, grid in enumerate(neighbourhoods(targets)):
        record = _draw_record(seed, people, grid, number, has_group=number < targets.grid_party_groups)
        by_reporter.setdefault(grid.reporter.code, []).append(record)
    for reporter, records in by_reporter.items():
        yield Sending("grid.register", reporter, "2022", records)


def _draw_record(seed: int, people: People, grid: Neighbourhood, number: int, *, has_group: bool) -> Record:
    rng = stream(seed, "grid", grid.code)
    is_named = has_group and number % _UNNAMED_EVERY != 7
    return {
        "grid_code": grid.code,
        "grid_name": grid.name,
        "place_code": grid.place.name,
        "has_party_group": has_group,
        "party_group_name": f"{grid.name}党小组" if is_named else None,
        "households": rng.randint(150, 420) if isinstance(grid.place, Community) else rng.randint(40, 160),
        "party_centre_households": rng.randint(1, 5),
        "buildings": grid.buildings or None,
        "网格员": people.person("grid worker", number).name,
    }
