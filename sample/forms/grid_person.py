"""Records of 网格员、楼长、单元长花名册: on the register's grids, as many persons in each role as the targets say."""

from collections.abc import Iterator

from sample.district.neighbourhoods import Neighbourhood, neighbourhoods
from sample.district.people import People, Person
from sample.district.registers import Community
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_FULL_TIME_OF_TEN = 6
_LEADS_OWN_UNIT_EVERY = 25  # a building's leader who leads one of its units as well


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one roster of 2022 from each reporter that has grids."""
    by_reporter: dict[str, list[Record]] = {}
    for grid, record in _make_lines(targets, people):
        by_reporter.setdefault(grid.reporter.code, []).append(record)
    for reporter, records in by_reporter.items():
        yield Sending("grid_person.roster", reporter, "2022", records)


def _make_lines(targets: Targets, people: People) -> Iterator[tuple[Neighbourhood, Record]]:
    """Yield lines grid by grid: its workers, then for each building its leader and those of its units."""
    grids = neighbourhoods(targets)
    all_buildings = sum(grid.buildings for grid in grids)
    building = 0
    for position, grid in enumerate(grids):
        for number in range(position, targets.grid_workers, len(grids)):
            employment = "专职" if number % 10 < _FULL_TIME_OF_TEN else "兼职"
            yield grid, _make_line(people.person("grid worker", number), grid, "网格员", employment)
        for number in range(grid.buildings):
            leader, name = people.person("building leader", building), _building_number(grid, number)
            yield grid, _make_line(leader, grid, "楼长", building=name)
            units = range(building, targets.unit_leaders, all_buildings)
            for unit, subject in enumerate(units, start=1):
                leads_both = unit == 1 and building % _LEADS_OWN_UNIT_EVERY == 0
                person = leader if leads_both else people.person("unit leader", subject)
                yield grid, _make_line(person, grid, "单元长", building=name, unit=f"{unit}单元")
            building += 1


def _make_line(
    person: Person,
    grid: Neighbourhood,
    role: str,
    employment: str | None = None,
    building: str | None = None,
    unit: str | None = None,
) -> Record:
    return {
        "grid_code": grid.code,
        "姓名": person.name,
        "person_key": person.id_number,
        "role": role,
        "employment": employment,
        "building_number": building,
        "unit_number": unit,
        "联系电话": person.phone,
    }


def _building_number(grid: Neighbourhood, number: int) -> str:
    return f"{number + 1}号楼" if isinstance(grid.place, Community) else f"{number + 1}片区"
