"""人居环境整治月报: village by month; waste and sewage as they are, toilets as each month's own flow."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import rule


class StagedLivingEnvironment(Staged):
    """Accepted rows of 人居环境整治月报, one per delivery and village."""

    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    households: pl.Int64 = field(
        "常住户数", description="月末在村常住的户数，收运处理率的分母", unit="户", ge=0
    )
    waste_collected_households: pl.Int64 = field(
        "生活垃圾收运处理户数", description="月末生活垃圾得到收运处理的常住户数", unit="户", ge=0
    )
    has_daily_clearance: pl.Boolean = field("日产日清", description="本月生活垃圾是否每日清运")
    cleaners: pl.Int64 = field("保洁员", description="月末在岗的清扫保洁员", unit="名", ge=0)
    has_equipment: pl.Boolean = field("设备齐全", description="收运设备是否齐全")
    has_rules: pl.Boolean = field("制度完善", description="管理制度是否完善")
    contractor_name: str = field(
        "保洁企业",
        description="承担保洁的企业；村自行保洁的为空",
        nullable=True,
        str_length={"min_value": 2, "max_value": 30},
    )
    toilets_new_households: pl.Int64 = field(
        "新改厕户数", description="本月新改成卫生厕所的户数，不是累计", unit="户", ge=0
    )
    toilets_repaired: pl.Int64 = field("维修厕所", description="本月维修的厕所，不是累计", unit="座", ge=0)
    problem_toilets_found: pl.Int64 = field(
        "发现问题厕所", description="本月摸排发现的问题厕所，不是累计", unit="座", ge=0
    )
    problem_toilets_fixed: pl.Int64 = field(
        "整改问题厕所", description="本月整改完成的问题厕所，含以前发现的，不是累计", unit="座", ge=0
    )
    sewage_treated_households: pl.Int64 = field(
        "生活污水治理户数", description="月末生活污水得到治理的常住户数", unit="户", ge=0
    )

    waste_within_households = rule(
        "生活垃圾收运处理户数不应大于常住户数", pl.col("waste_collected_households") <= pl.col("households")
    )

    sewage_within_households = rule(
        "生活污水治理户数不应大于常住户数", pl.col("sewage_treated_households") <= pl.col("households")
    )

    toilets_new_within_households = rule(
        "本月新改厕户数不应大于常住户数", pl.col("toilets_new_households") <= pl.col("households"), flag=True
    )

    daily_clearance_is_staffed = rule(
        "日产日清的村应有保洁员和齐全的设备",
        ~pl.col("has_daily_clearance") | (pl.col("cleaners") > 0) & pl.col("has_equipment"),
        flag=True,
    )


LIVING_ENVIRONMENT = Fact(
    StagedLivingEnvironment,
    title="人居环境",
    grain="一行为一个行政村的一月，取有效报送；户数与保洁是月末的数，改厕与整改是当月的数",
    period="month",
    place=("village_code",),
)
