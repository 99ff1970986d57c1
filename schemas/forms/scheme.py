"""制度方案要素表: the items of the district's schemes; a number that a scheme defines is counted from them."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Kind, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

MEMBER_STARS = "党员积分星级"
SECRETARY_STARS = "党组织书记星级"
GRID_LEVELS = "网格党建组织架构"
WASTE_STAGES = "生活垃圾收运处置体系"
INCOME_COMPONENTS = "农村居民收入构成"
SCHEMES = [MEMBER_STARS, SECRETARY_STARS, GRID_LEVELS, WASTE_STAGES, INCOME_COMPONENTS]


class StagedScheme(Staged):
    """Accepted rows of 制度方案要素表, one per delivery, scheme and item."""

    scheme_name: str = field("制度方案", description="制度或方案的统一名称", key=True, isin=SCHEMES)
    item_order: pl.Int64 = field(
        "要素次序", description="要素在方案中的次序，从 1 起", key=True, ge=1, le=99, unwatched="weight"
    )
    item_name: str = field(
        "要素名称",
        description="方案的一级、一环或一项",
        str_length={"min_value": 2, "max_value": 30},
    )

    no_personal_number = rule(
        "要素名称中不应有电话或证件号码", no_long_number(pl.col("item_name")), of="item_name"
    )


SCHEME = Fact(
    StagedScheme,
    title="制度方案要素",
    grain="一行为一个制度方案年末的一项要素，取有效报送；制度规定的级数、类数由此计得",
)


_GOVERNANCE = "党建与治理"


def _items(
    code: str, name: str, name_en: str, unit: str, definition: str, scheme_name: str,
    chapter: str = _GOVERNANCE, kind: Kind = "definition",
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
        "党员积分分几个星级", MEMBER_STARS,
    ),
    _items(
        "secretary_star_scale_max", "书记最高星级", "secretary star scale", "星",
        "党组织书记分几个星级", SECRETARY_STARS,
    ),
    _items(
        "grid_hierarchy_levels", "网格党建组织层级", "grid party-building hierarchy", "级",
        "网格党建的组织架构有几级", GRID_LEVELS,
    ),
    _items(
        "waste_chain_stage_count", "生活垃圾收运处置环节", "waste chain stages", "级",
        "城乡生活垃圾的收运处置分几个环节", WASTE_STAGES, "乡村建设",
    ),
    _items(
        "rural_income_component", "农村居民收入构成", "rural income components", "类",
        "农村居民收入由几类构成，不含数额", INCOME_COMPONENTS, "增收与金融", "stock",
    ),
]  # fmt: skip
