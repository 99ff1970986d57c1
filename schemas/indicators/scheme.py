"""制度方案要素: numbers that a scheme lays down, counted from the items that its form lists."""

from schemas.forms import scheme
from schemas.indicator import Chapter, Indicator, Kind, Term

_GOVERNANCE: Chapter = "党建与治理"


def _items(
    code: str, name: str, name_en: str, unit: str, definition: str, scheme_name: str,
    chapter: Chapter = _GOVERNANCE, kind: Kind = "definition",
) -> Indicator:  # fmt: skip
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter=chapter,
        definition=f"{definition}，即“{scheme_name}”所列的不同要素",
        source="制度方案要素表表式说明",
        form="制度方案要素表",
        unit=unit,
        kind=kind,
        value=Term("fact_scheme", "count_distinct", "item_name", where=f"scheme_name = '{scheme_name}'"),
    )


INDICATORS = [
    _items(
        "member_points_star_scale_max", "党员积分最高星级", "member points scale", "星",
        "党员积分分几个星级", scheme.MEMBER_STARS,
    ),
    _items(
        "secretary_star_scale_max", "书记最高星级", "secretary star scale", "星",
        "党组织书记分几个星级", scheme.SECRETARY_STARS,
    ),
    _items(
        "grid_hierarchy_levels", "网格党建组织层级", "grid party-building hierarchy", "级",
        "网格党建的组织架构有几级", scheme.GRID_LEVELS,
    ),
    _items(
        "waste_chain_stage_count", "生活垃圾收运处置环节", "waste chain stages", "级",
        "城乡生活垃圾的收运处置分几个环节", scheme.WASTE_STAGES, "乡村建设",
    ),
    _items(
        "rural_income_component", "农村居民收入构成", "rural income components", "类",
        "农村居民收入由几类构成，不含数额", scheme.INCOME_COMPONENTS, "增收与金融", "stock",
    ),
]  # fmt: skip
