"""Records of 制度方案要素表, from the rural work office: as many items of each scheme as the targets say."""

from collections.abc import Iterator

from sample.district.numerals import han
from sample.district.people import People
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from schemas.forms.scheme import GRID_LEVELS, INCOME_COMPONENTS, MEMBER_STARS, SECRETARY_STARS, WASTE_STAGES

_LEVELS = ("乡镇街道党（工）委", "社区党委（总支）", "网格（小区）党支部", "楼栋（片区）党小组", "党员中心户")
_STAGES = ("组保洁", "村收集", "乡集中", "区转运处理")
_COMPONENTS = ("经营净收入", "工资性收入", "转移净收入", "财产净收入")


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one list a year; the schemes of 2022 were in force in 2021."""
    schemes = {
        MEMBER_STARS: _name_stars(targets.member_points_stars),
        SECRETARY_STARS: _name_stars(targets.secretary_stars),
        GRID_LEVELS: _name_items(_LEVELS, targets.grid_levels, "级"),
        WASTE_STAGES: _name_items(_STAGES, targets.waste_chain_stages, "环节"),
        INCOME_COMPONENTS: _name_items(_COMPONENTS, targets.income_components, "类"),
    }
    records: list[Record] = [
        {"scheme_name": scheme, "item_order": order, "item_name": name}
        for scheme, items in schemes.items()
        for order, name in enumerate(items, 1)
    ]
    for year in ("2021", "2022"):
        if records:
            yield Sending("scheme.items", "rural_work_office", year, [dict(record) for record in records])


def _name_stars(most: int) -> list[str]:
    return [f"{han(star)}星" for star in range(1, most + 1)]


def _name_items(known: tuple[str, ...], count: int, noun: str) -> list[str]:
    """Name items by the known names, and those beyond them by number and noun."""
    return [known[n] if n < len(known) else f"第{han(n + 1)}{noun}" for n in range(count)]
