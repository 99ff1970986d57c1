"""区划: divisions by level in the official list; the basis of each figure is the date of a list."""

from schemas.indicator import DIVISION_LIST, Indicator, Term


def _count(code: str, name: str, name_en: str, level: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=f"统计用区划代码名录中的{name.removesuffix('数')}，按名录日期为口径，不因撤并追溯调整",
        source="国家统计局统计用区划和城乡划分代码",
        form="统计用区划代码名录",
        unit="个",
        kind="stock",
        value=Term(DIVISION_LIST, "count", "division_code", where=f"level = '{level}'"),
    )


INDICATORS = [
    _count("township_count", "乡数", "townships", "township"),
    _count("town_count", "镇数", "towns", "town"),
    _count("subdistrict_count", "街道数", "subdistricts", "subdistrict"),
    _count("zone_count", "类似乡级单位数", "zones like townships", "zone"),
    _count("admin_village_count", "行政村数", "administrative villages", "village"),
    _count("community_count", "社区数", "communities", "community"),
]
