"""乡村旅游接待统计表: site by month, each month's own flow."""

import polars as pl

from schemas.fact import Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number


class StagedRuralTourism(Staged):
    """Accepted rows of 乡村旅游接待统计表, one per delivery and site."""

    village_code: str = field(
        "行政村代码",
        description="接待点所在的村，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    site_name: str = field(
        "接待点名称",
        description="景点、采摘园、农家乐等接待点的名称",
        key=True,
        str_length={"min_value": 2, "max_value": 50},
    )
    visits: pl.Int64 = field(
        "接待游客人次", description="报告月当月接待，不是累计", unit="人次", ge=0, watch=(10, 1000)
    )
    revenue_yuan: Yuan = field(
        "旅游收入", description="报告月当月收入，不是累计", unit="元", ge=0, watch=(10, 1000, 10000)
    )

    no_personal_number = rule(
        "接待点名称中不应有电话或证件号码", no_long_number(pl.col("site_name")), of="site_name"
    )
    revenue_per_visit = rule(
        "有收入应有人次，人均收入应在 1 至 2000 元之间",
        (pl.col("revenue_yuan") >= pl.col("visits")) & (pl.col("revenue_yuan") <= 2000 * pl.col("visits")),
        flag=True,
    )


RURAL_TOURISM = Fact(
    StagedRuralTourism,
    title="乡村旅游接待",
    grain="一行为一个接待点的一月，取有效报送；是当月数，各月相加得全年",
    period="month",
    place=("village_code",),
    series=("village_code", "site_name"),
    season_peers=5,
    notes={
        "visits": "各月可以相加",
        "revenue_yuan": "各月可以相加",
    },
)


_DEFINITION = "各接待点各月{}之和；是当月数，各月相加得季与年"


def _flow(code: str, name: str, name_en: str, unit: str, column: str, subject: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition=_DEFINITION.format(subject),
        source="乡村旅游接待统计表表式说明",
        form="乡村旅游接待统计表",
        unit=unit,
        kind="flow",
        value=Term("fact_rural_tourism", "sum", column, over_time="sum"),
        periods=("year", "quarter", "month"),
    )


INDICATORS = [
    _flow(
        "rural_tourism_visits", "乡村旅游人次", "rural tourism visits", "人次", "visits",
        "接待人次（人次不是人数）",
    ),
    _flow("rural_tourism_revenue", "乡村旅游收入", "rural tourism revenue", "元", "revenue_yuan", "旅游收入"),
]  # fmt: skip
