"""Records of 农村基础设施项目台账, from the housing bureau: sewage projects in as many villages as the target says."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import Village, all_villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.infrastructure_project import PROJECT_KINDS

_VILLAGES_OF_OTHER_KINDS = {"供水保障": 18, "村村通": 9, "巷巷通": 22, "户户通": 14}
_TWICE_EVERY = 6


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register a year; that of 2021 has four villages fewer of each kind."""
    for year, fewer in ((2021, 4), (2022, 0)):
        lines = [
            line
            for kind in PROJECT_KINDS
            for line in _draw_projects(seed, people, kind, year, _count_villages(targets, kind) - fewer)
        ]
        yield Sending("infrastructure_project.register", "housing", str(year), lines)


def _count_villages(targets: Targets, kind: str) -> int:
    return {**_VILLAGES_OF_OTHER_KINDS, "污水治理": targets.sewage_project_villages}[kind]


def _draw_projects(seed: int, people: People, kind: str, year: int, villages: int) -> list[Record]:
    """Draw one project a village, and a second one in some, so that projects are more than their villages."""
    chosen = list(all_villages())
    stream(seed, "projects", kind, year).shuffle(chosen)
    chosen = chosen[: max(0, villages)]
    return [
        _draw_line(seed, people, kind, year, number, village)
        for number, village in enumerate([*chosen, *chosen[::_TWICE_EVERY]])
    ]


def _draw_line(seed: int, people: People, kind: str, year: int, number: int, village: Village) -> Record:
    rng = stream(seed, "project", kind, year, number)
    is_completed = rng.random() < 0.75
    return {
        "project_number": f"{year}-{PROJECT_KINDS.index(kind) + 1}{number + 1:03}",
        "项目名称": f"{village.township}{village.name}{kind}项目",
        "project_kind": kind,
        "所属乡镇": village.township,
        "village_code": village.name,
        "invested_yuan": Decimal(rng.randint(80, 2_400)) * 1000,
        "completed_date": date(year, rng.randint(5, 12), rng.randint(1, 28)) if is_completed else None,
        "项目负责人": people.person("project head", kind, year, number).name,
    }
