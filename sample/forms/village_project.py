"""Records of 乡村建设与产业项目台账: sites and villages that the bulletin names, and invented ones up to the targets."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import Village, townships, villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_SIGHTS = (("云冈石窟", "云冈镇"), ("焦山寺", "高山镇"))
_RAPESEED_VILLAGE = "高山村"
_BEAUTIFUL_VILLAGES = ("杨家窑村", "窑子坡村", "上窝寨村", "东韩岭村")
_ALONG_THE_RAILWAY = ("kouquan", "xihanling")
_DEMONSTRATION_VILLAGES, _GREENED_VILLAGES = 6, 11
_BELTS = ("油菜花观光农业带", "酿酒高粱观光农业带")

ProjectSite = tuple[str, str, str | None]
"""A site's name, its township and, where it is a village or lies in one, that village."""


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register a year; of each kind about a tenth, and at least one, is new in 2022."""
    kinds = _list_sites(seed, targets)
    for year in ("2021", "2022"):
        records = [
            _draw_project(seed, people, kind, site, year)
            for kind, sites in kinds.items()
            for site in (sites if year == "2022" else sites[: len(sites) * 9 // 10])
        ]
        yield Sending("village_project.register", "agri_bureau", year, records)


def _list_sites(seed: int, targets: Targets) -> dict[str, list[ProjectSite]]:
    everywhere = tuple(township.code for township in townships())
    sights: list[ProjectSite] = [(name, township, None) for name, township in _SIGHTS]
    near_sights = _draw_sites(seed, "rapeseed", ("gaoshan", "yungang"), first=(_RAPESEED_VILLAGE,))
    beautiful = _draw_sites(seed, "beautiful", _ALONG_THE_RAILWAY, first=_BEAUTIFUL_VILLAGES)
    return {
        "油菜花观光农业带": [*sights, *near_sights][: targets.rapeseed_belt_sites],
        "酿酒高粱观光农业带": _draw_sites(seed, "sorghum", _ALONG_THE_RAILWAY)[
            : targets.sorghum_belt_villages
        ],
        "美丽宜居乡村": beautiful[: targets.beautiful_villages],
        "乡村振兴示范点": _draw_sites(seed, "demonstration", everywhere)[:_DEMONSTRATION_VILLAGES],
        "乡村绿化": _draw_sites(seed, "greening", everywhere)[:_GREENED_VILLAGES],
        "六乡提质": [(township.name, township.name, None) for township in townships()],
    }


def _draw_sites(
    seed: int, subject: str, codes: tuple[str, ...], first: tuple[str, ...] = ()
) -> list[ProjectSite]:
    """Draw an order of villages: first the names given, then some townships in turn, then all others in turn."""
    of_township = {township.code: list(villages(township.division_code)) for township in townships()}
    for code, own_villages in of_township.items():
        stream(seed, subject, code).shuffle(own_villages)
    near = [of_township.pop(code) for code in codes]
    ordered = [*_interleave(near), *_interleave(of_township.values())]
    ordered.sort(key=lambda village: first.index(village.name) if village.name in first else len(first))
    return [(village.name, village.township, village.name) for village in ordered]


def _interleave(lists: Iterable[list[Village]]) -> list[Village]:
    return [village for turn in zip_longest(*lists) for village in turn if village]


def _draw_project(seed: int, people: People, kind: str, site: ProjectSite, year: str) -> Record:
    name, township, village = site
    rng = stream(seed, "project", kind, name)
    area, invested, is_done = rng.randint(40, 900), rng.randint(300, 9000), rng.random() < 0.6
    head = people.person("project head", kind, name)
    return {
        "project_kind": kind,
        "site_name": name,
        "township_code": township,
        "village_code": village,
        "项目负责人": head.name,
        "area_mu": area if kind in _BELTS else None,
        "invested_yuan": Decimal(100 * invested * (10 if year == "2022" else 7)),
        "status": "完成" if is_done and year == "2022" else "在建",
    }
