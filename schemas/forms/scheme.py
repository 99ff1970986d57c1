"""制度方案要素表: the items of the district's schemes; a number that a scheme defines is counted from them."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
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
    item_order: pl.Int64 = field("要素次序", description="要素在方案中的次序，从 1 起", key=True, ge=1, le=99)
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
