"""人居环境整治月报: village by month; waste and sewage as they are, toilets as each month's own flow."""

from functools import partial

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number


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
        "常住户数",
        description="月末在村常住的户数，收运处理率的分母",
        unit="户",
        ge=0,
        watch=(10, 1000),
    )
    waste_collected_households: pl.Int64 = field(
        "生活垃圾收运处理户数",
        description="月末生活垃圾得到收运处理的常住户数",
        unit="户",
        ge=0,
        watch=(10, 1000),
    )
    has_daily_clearance: pl.Boolean = field("日产日清", description="本月生活垃圾是否每日清运")
    cleaners: pl.Int64 = field("保洁员", description="月末在岗的清扫保洁员", unit="名", ge=0, watch=(10,))
    has_equipment: pl.Boolean = field("设备齐全", description="收运设备是否齐全")
    has_rules: pl.Boolean = field("制度完善", description="管理制度是否完善")
    contractor_name: str = field(
        "保洁企业",
        description="承担保洁的企业；村自行保洁的为空",
        blank="none",
        str_length={"min_value": 2, "max_value": 30},
    )
    toilets_new_households: pl.Int64 = field(
        "新改厕户数",
        description="本月新改成卫生厕所的户数，不是累计",
        unit="户",
        ge=0,
        unwatched="small_counts",
    )
    toilets_repaired: pl.Int64 = field(
        "维修厕所", description="本月维修的厕所，不是累计", unit="座", ge=0, unwatched="small_counts"
    )
    problem_toilets_found: pl.Int64 = field(
        "发现问题厕所",
        description="本月摸排发现的问题厕所，不是累计",
        unit="座",
        ge=0,
        unwatched="small_counts",
    )
    problem_toilets_fixed: pl.Int64 = field(
        "整改问题厕所",
        description="本月整改完成的问题厕所，含以前发现的，不是累计",
        unit="座",
        ge=0,
        unwatched="small_counts",
    )
    sewage_treated_households: pl.Int64 = field(
        "生活污水治理户数",
        description="月末生活污水得到治理的常住户数",
        unit="户",
        ge=0,
        watch=(10, 1000),
    )

    no_personal_number = rule(
        "保洁企业中不应有电话或证件号码", no_long_number(pl.col("contractor_name")), of="contractor_name"
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
    series=("village_code",),
    notes={
        "toilets_new_households": "各月可以相加",
        "toilets_repaired": "各月可以相加",
        "problem_toilets_found": "各月可以相加",
        "problem_toilets_fixed": "各月可以相加",
    },
)


_FACT = "fact_living_environment"


_indicator = partial(
    Indicator,
    chapter="乡村建设",
    source="人居环境整治月报表式说明",
    form="人居环境整治月报",
    periods=("year", "month"),
)


def _sum_at_end(column: str) -> Term:
    return Term(_FACT, "sum", column)


def _sum_over_period(column: str) -> Term:
    return Term(_FACT, "sum", column, over_time="sum")


# Shares of households are as of the end of the period, as the printed figure is, and not an average of months.
INDICATORS = [
    _indicator(
        "rural_waste_treatment_rate", "农村生活垃圾收运处理率", "domestic waste collection and treatment rate",
        "%", "ratio",
        "期末（年取 12 月）生活垃圾得到收运处理的常住户数占常住户数的比重；分母是填报行政村的常住户数，不是户籍户数或村数",
        _sum_at_end("waste_collected_households"), _sum_at_end("households"),
    ),
    _indicator(
        "village_daily_waste_clearance_rate", "生活垃圾日产日清村占比", "villages with daily waste clearance",
        "%", "ratio", "期末（年取 12 月）生活垃圾日产日清的行政村占有填报的行政村的比重；按村计，与按户计的收运处理率分母不同",
        Term(_FACT, "count", "has_daily_clearance", where="has_daily_clearance"),
        Term(_FACT, "count", "village_code"),
    ),
    _indicator(
        "rural_sewage_treatment_rate", "农村生活污水治理率（按户）", "domestic sewage treatment rate by households",
        "%", "ratio", "期末（年取 12 月）生活污水得到治理的常住户数占常住户数的比重；分母是填报行政村的常住户数",
        _sum_at_end("sewage_treated_households"), _sum_at_end("households"),
    ),
    _indicator(
        "village_cleaner_count", "村保洁员", "village cleaners", "名", "stock",
        "期末（年取 12 月）在岗的清扫保洁员，有填报的行政村之和", _sum_at_end("cleaners"),
    ),
    _indicator(
        "toilet_renovated_count", "新改厕户数", "households with a renovated toilet", "户", "flow",
        "期内新改成卫生厕所的户数，各月相加；维修的厕所不在内", _sum_over_period("toilets_new_households"),
    ),
    _indicator(
        "toilet_repaired_count", "维修厕所", "toilets repaired", "座", "flow",
        "期内维修的厕所，各月相加；新改的不在内", _sum_over_period("toilets_repaired"),
    ),
    _indicator(
        "problem_toilet_fix_rate", "问题厕所整改率", "problem toilets fixed", "%", "ratio",
        "期内整改完成的问题厕所与期内摸排发现的之比；整改以前发现的也在分子中，可以超过 100%",
        _sum_over_period("problem_toilets_fixed"), _sum_over_period("problem_toilets_found"),
    ),
]  # fmt: skip
