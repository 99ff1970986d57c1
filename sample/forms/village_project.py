"""乡村建设与产业项目台账: the sites and villages that the bulletin names, and invented ones up to the targets."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest

from sample.chance import stream
from sample.district import Village, townships, villages
from sample.people import People
from sample.sent import Record, Sending
from sample.targets import Targets

_SIGHTS = (("云冈石窟", "云冈镇"), ("焦山寺", "高山镇"))
_RAPESEED_VILLAGE = "高山村"
_BEAUTIFUL_VILLAGES = ("杨家窑村", "窑子坡村", "上窝寨村", "东韩岭村")
_ALONG_THE_RAILWAY = ("kouquan", "xihanling")
_DEMONSTRATION_VILLAGES, _GREENED_VILLAGES = 6, 11
_BELTS = ("油菜花观光农业带", "酿酒高粱观光农业带")

Site = tuple[str, str, str | None]
"""Its name, its township and, where it is or lies in one, its village."""


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """One register a year; of each kind about a tenth, and at least one, is new in 2022."""
    kinds = _sites_by_kind(seed, targets)
    for year in ("2021", "2022"):
        records = [
            _project(seed, people, kind, site, year)
            for kind, sites in kinds.items()
            for site in (sites if year == "2022" else sites[: len(sites) * 9 // 10])
        ]
        yield Sending("village_project.register", "agri_bureau", year, records)


def _sites_by_kind(seed: int, targets: Targets) -> dict[str, list[Site]]:
    everywhere = tuple(township.code for township in townships())
    sights: list[Site] = [(name, township, None) for name, township in _SIGHTS]
    near_sights = _villages(seed, "rapeseed", ("gaoshan", "yungang"), first=(_RAPESEED_VILLAGE,))
    beautiful = _villages(seed, "beautiful", _ALONG_THE_RAILWAY, first=_BEAUTIFUL_VILLAGES)
    return {
        "油菜花观光农业带": [*sights, *near_sights][: targets.rapeseed_belt_sites],
        "酿酒高粱观光农业带": _villages(seed, "sorghum", _ALONG_THE_RAILWAY)[: targets.sorghum_belt_villages],
        "美丽宜居乡村": beautiful[: targets.beautiful_villages],
        "乡村振兴示范点": _villages(seed, "demonstration", everywhere)[:_DEMONSTRATION_VILLAGES],
        "乡村绿化": _villages(seed, "greening", everywhere)[:_GREENED_VILLAGES],
        "六乡提质": [(township.name, township.name, None) for township in townships()],
    }


def _villages(seed: int, subject: str, codes: tuple[str, ...], first: tuple[str, ...] = ()) -> list[Site]:
    """The villages of some townships in an order of chance, one of each township in turn, then all others."""
    of_township = {township.code: list(villages(township.division_code)) for township in townships()}
    for code, held in of_township.items():
        stream(seed, subject, code).shuffle(held)
    near = [of_township.pop(code) for code in codes]
    ordered = [*_in_turn(near), *_in_turn(of_township.values())]
    ordered.sort(key=lambda village: first.index(village.name) if village.name in first else len(first))
    return [(village.name, village.township, village.name) for village in ordered]


def _in_turn(lists: Iterable[list[Village]]) -> list[Village]:
    return [village for turn in zip_longest(*lists) for village in turn if village]


def _project(seed: int, people: People, kind: str, site: Site, year: str) -> Record:
    name, township, village = site
    rng = stream(seed, "project", kind, name)
    area, invested, is_done = rng.randint(40, 900), rng.randint(300, 9000), rng.random() < 0.6
    head = people.person("project head", kind, name)
    return {
        "project_kind": kind,
        "site_name": name,
        "所属乡镇": township,
        "village_code": village,
        "项目负责人": head.name,
        "area_mu": area if kind in _BELTS else None,
        "invested_yuan": Decimal(100 * invested * (10 if year == "2022" else 7)),
        "status": "完成" if is_done and year == "2022" else "在建",
    }
