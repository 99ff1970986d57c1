"""乡村旅游接待统计表: site by month, each month's own flow."""

import polars as pl

from schemas.field import Yuan, field
from schemas.lineage import FactLineage, Staged
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
    visits: pl.Int64 = field("接待游客人次", description="报告月当月接待，不是累计", unit="人次", ge=0)
    revenue_yuan: Yuan = field("旅游收入", description="报告月当月收入，不是累计", unit="元", ge=0)

    no_personal_number = rule(
        "接待点名称中不应有电话或证件号码", no_long_number(pl.col("site_name")), of="site_name"
    )

    revenue_per_visit = rule(
        "有收入应有人次，人均收入应在 1 至 2000 元之间",
        (pl.col("revenue_yuan") >= pl.col("visits")) & (pl.col("revenue_yuan") <= 2000 * pl.col("visits")),
        flag=True,
    )


class FactRuralTourism(FactLineage):
    """One row per village, site and month: that month's own flow."""

    period: str = field("报告期", description="形如 2022-06")
    village_code: str = field(
        "行政村代码", description="接待点所在的村", key=True, references="dim_division.division_code"
    )
    site_name: str = field("接待点名称", description="该期填报的名称", key=True)
    year: pl.Int32 = field("年", description="报告期所在年", key=True)
    month: pl.Int32 = field("月", description="报告期所在月，1 至 12", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的乡镇", references="dim_reporter.reporter_code"
    )
    division_key: str = field("区划键", description="月末时的村", references="dim_division.division_key")
    township_code: str = field(
        "乡镇代码", description="村所在的乡镇", references="dim_division.division_code"
    )
    visits: pl.Int64 = field("接待游客人次", description="当月接待，各月可以相加", unit="人次")
    revenue_yuan: Yuan = field("旅游收入", description="当月收入，各月可以相加", unit="元")

    class Config:
        title = "乡村旅游接待"
        description = "一行为一个接待点的一月，取有效报送；是当月数，各月相加得全年"
