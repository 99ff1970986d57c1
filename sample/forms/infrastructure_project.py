"""农村基础设施项目台账 of the housing bureau: sewage projects in as many villages as the target says."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sample.chance import stream
from sample.district import Village, all_villages
from sample.people import People
from sample.sent import Record, Sending
from sample.targets import Targets
from schemas.forms.infrastructure_project import PROJECT_KINDS

_VILLAGES_OF_OTHERS = {"供水保障": 18, "村村通": 9, "巷巷通": 22, "户户通": 14}
_TWICE_EVERY = 6


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """One register a year; the year before has some villages fewer."""
    for year, behind in ((2021, 4), (2022, 0)):
        lines = [
            line
            for kind in PROJECT_KINDS
            for line in _projects(seed, people, kind, year, _villages_with(targets, kind) - behind)
        ]
        yield Sending("infrastructure_project.register", "housing", str(year), lines)


def _villages_with(targets: Targets, kind: str) -> int:
    return {**_VILLAGES_OF_OTHERS, "污水治理": targets.sewage_project_villages}[kind]


def _projects(seed: int, people: People, kind: str, year: int, villages: int) -> list[Record]:
    """One project a village, and a second one in some, so that projects are more than their villages."""
    chosen = list(all_villages())
    stream(seed, "projects", kind, year).shuffle(chosen)
    chosen = chosen[: max(0, villages)]
    return [
        _line(seed, people, kind, year, number, village)
        for number, village in enumerate([*chosen, *chosen[::_TWICE_EVERY]])
    ]


def _line(seed: int, people: People, kind: str, year: int, number: int, village: Village) -> Record:
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
