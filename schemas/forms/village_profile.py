"""村基本情况年报: one row per village and year, after the national village form G102."""

from functools import partial

import pandera.polars as pa
import polars as pl

from schemas.fact import Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule


class StagedVillageProfile(Staged):
    """Accepted rows of 村基本情况年报, one per delivery and village, as reported at the end of the year."""

    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    registered_households: pl.Int64 = field(
        "户籍户数", description="年末户籍户数", unit="户", ge=0, watch=(10, 1000)
    )
    registered_persons: pl.Int64 = field(
        "户籍人口", description="年末户籍人口数", unit="人", ge=0, watch=(10, 1000)
    )
    resident_persons: pl.Int64 = field(
        "常住人口",
        description="年末常住人口数",
        unit="人",
        ge=0,
        blank="missing",
        watch=(10, 1000),
    )
    has_bus_service: pl.Boolean = field("通公交", description="年末是否通公共交通（G102 第 07 项）")
    sanitary_toilet_households: pl.Int64 = field(
        "使用卫生厕所户数",
        description="年末使用卫生厕所的户数（G102 第 11 项）",
        unit="户",
        ge=0,
        watch=(10, 1000),
    )
    has_waste_collection: pl.Boolean = field(
        "生活垃圾收运处理", description="生活垃圾是否收运处理（G102 第 12 项）"
    )
    has_daily_waste_clearance: pl.Boolean = field("垃圾日产日清", description="生活垃圾是否日产日清")
    has_sewage_treatment: pl.Boolean = field("污水处理", description="生活污水是否得到处理（G102 第 13 项）")
    tap_water_households: pl.Int64 = field(
        "通自来水户数", description="年末通自来水的户数", unit="户", ge=0, watch=(10, 1000)
    )
    has_hardened_road: pl.Boolean = field("通硬化路", description="进村道路是否硬化")

    sanitary_toilet_within_households = rule(
        "使用卫生厕所户数不应大于户籍户数",
        pl.col("sanitary_toilet_households") <= pl.col("registered_households"),
    )
    tap_water_within_households = rule(
        "通自来水户数不应大于户籍户数", pl.col("tap_water_households") <= pl.col("registered_households")
    )
    persons_per_household = rule(
        "户均人口应在 1 至 8 人之间",
        (pl.col("registered_persons") >= pl.col("registered_households"))
        & (pl.col("registered_persons") <= 8 * pl.col("registered_households")),
        flag=True,
    )
    daily_clearance_needs_collection = rule(
        "日产日清的村应有收运处理",
        ~pl.col("has_daily_waste_clearance") | pl.col("has_waste_collection"),
        flag=True,
    )


VILLAGE_PROFILE = Fact(
    StagedVillageProfile,
    title="村基本情况",
    grain="一行为一个行政村的一年，取有效报送",
    place=("village_code",),
    series=("village_code",),
)


class MartVillageOverview(pa.DataFrameModel):
    """One row per village on the latest list."""

    village_code: str = field(
        "行政村代码", description="统计用区划代码", key=True, references="dim_division.division_code"
    )
    division_key: str = field(
        "区划键", description="最近一期名录中的村", references="dim_division.division_key"
    )
    village_name: str = field("行政村", description="村的规范名称")
    township_code: str = field(
        "乡镇代码", description="村所在的乡镇", references="dim_division.division_code"
    )
    township_name: str = field("乡镇", description="乡镇的规范名称")
    urban_rural_code: str = field("城乡分类代码", description="统计用城乡分类代码", nullable=True)
    profile_year: pl.Int32 = field("年报年份", description="该村最近一份年报；没有的为空", nullable=True)
    registered_households: pl.Int64 = field("户籍户数", description="年末", unit="户", nullable=True)
    registered_persons: pl.Int64 = field("户籍人口", description="年末", unit="人", nullable=True)
    resident_persons: pl.Int64 = field("常住人口", description="年末", unit="人", nullable=True)
    has_bus_service: pl.Boolean = field("通公交", description="年末是否通公共交通", nullable=True)
    sanitary_toilet_households: pl.Int64 = field(
        "使用卫生厕所户数", description="年末", unit="户", nullable=True
    )
    has_waste_collection: pl.Boolean = field("生活垃圾收运处理", description="是否收运处理", nullable=True)
    has_daily_waste_clearance: pl.Boolean = field(
        "垃圾日产日清", description="年末是否日产日清，据年报", nullable=True
    )
    has_sewage_treatment: pl.Boolean = field("污水处理", description="生活污水是否处理", nullable=True)
    tap_water_households: pl.Int64 = field("通自来水户数", description="年末", unit="户", nullable=True)
    has_hardened_road: pl.Boolean = field("通硬化路", description="进村道路是否硬化", nullable=True)
    farm_loan_amount_yuan: Yuan = field(
        "累计农户发放额",
        description="自累计起始日起的新发放；全区尚无贷款报送的为空",
        unit="元",
        nullable=True,
        of_households="farm_loan_households",
        figure="farm_loan_disbursed_to_date",
    )
    farm_loan_notes: pl.Int64 = field(
        "累计农户发放笔数",
        description="自累计起始日起的新发放；全区尚无贷款报送的为空",
        unit="笔",
        nullable=True,
        of_households="farm_loan_households",
    )
    farm_loan_households: pl.Int64 = field(
        "累计农户户数",
        description="自累计起始日起得到新发放的不同农户；跨机构为上限；全区尚无贷款报送的为空",
        unit="户",
        nullable=True,
        of_households="farm_loan_households",
    )
    farm_loan_balance_yuan: Yuan = field(
        "农户贷款余额",
        description="各机构最近时点之和；全区尚无贷款余额报送的为空",
        unit="元",
        nullable=True,
        figure="farm_loan_balance",
    )
    village_class: str = field(
        "村庄类别",
        description="最近一份分类布局中的类别；分类所依名录之后新列出的村为空",
        nullable=True,
    )
    environment_month: str = field(
        "人居环境月份", description="该村最近一份人居环境月报，形如 2022-12；没有的为空", nullable=True
    )
    resident_households: pl.Int64 = field("常住户数", description="该月末", unit="户", nullable=True)
    waste_collected_households: pl.Int64 = field(
        "生活垃圾收运处理户数", description="该月末的常住户", unit="户", nullable=True
    )
    is_cleared_daily: pl.Boolean = field(
        "当月日产日清", description="该月生活垃圾是否每日清运，据人居环境月报", nullable=True
    )
    toilets_new_households: pl.Int64 = field(
        "当年新改厕户数", description="该月所在年各月之和", unit="户", nullable=True
    )
    toilets_repaired: pl.Int64 = field(
        "当年维修厕所", description="该月所在年各月之和", unit="座", nullable=True
    )
    infrastructure_projects: pl.Int64 = field(
        "基础设施项目",
        description="最近一年台账中在该村实施的项目；全区尚无台账的为空",
        unit="个",
        nullable=True,
    )

    class Config:
        title = "行政村概览"
        description = (
            "2022 年口径的 94 个行政村，一村一行：最近一份年报，村名已报的农户贷款，"
            "村庄类别、最近一月的人居环境与当年的基础设施项目"
        )
        metadata = {"exported": True, "placed": ("village_code", None)}


_FACT = "fact_village_profile"

_indicator = partial(
    Indicator, chapter="乡村建设", source="国家统计局村社会经济基本情况（G102 表）", form="村基本情况年报"
)


def _share_of_villages(code: str, name: str, name_en: str, column: str, subject: str) -> Indicator:
    return _indicator(
        code=code,
        name=name,
        name_en=name_en,
        definition=f"年末{subject}的行政村占有填报的行政村的比重；未填报的村不在分母中，状态为不完整",
        unit="%",
        kind="ratio",
        value=Term(_FACT, "count", column, where=column),
        denominator=Term(_FACT, "count", "village_code"),
    )


def _share_of_households(code: str, name: str, name_en: str, column: str, subject: str) -> Indicator:
    return _indicator(
        code=code,
        name=name,
        name_en=name_en,
        definition=f"年末{subject}的户数占户籍户数的比重",
        unit="%",
        kind="ratio",
        value=Term(_FACT, "sum", column),
        denominator=Term(_FACT, "sum", "registered_households"),
    )


def _stock(code: str, name: str, name_en: str, unit: str, column: str) -> Indicator:
    return _indicator(
        code=code,
        name=name,
        name_en=name_en,
        definition=f"年末{name}，有填报的行政村之和",
        unit=unit,
        kind="stock",
        value=Term(_FACT, "sum", column),
    )


INDICATORS = [
    _share_of_villages(
        "village_bus_coverage_rate", "行政村通公交率", "villages with bus service",
        "has_bus_service", "通公共交通",
    ),
    _share_of_villages(
        "village_daily_clearance_profile_share", "生活垃圾日产日清村占比（年报）",
        "villages with daily waste clearance by the yearly form",
        "has_daily_waste_clearance", "生活垃圾日产日清",
    ),
    _share_of_villages(
        "village_waste_treated_share", "生活垃圾收运处理村占比", "villages with waste collected and treated",
        "has_waste_collection", "生活垃圾得到收运处理",
    ),
    _share_of_villages(
        "village_sewage_treated_share", "生活污水处理村占比", "villages with sewage treated",
        "has_sewage_treatment", "生活污水得到处理",
    ),
    _share_of_villages(
        "village_paved_road_share", "通硬化路村占比", "villages with a paved road",
        "has_hardened_road", "进村道路硬化",
    ),
    _share_of_households(
        "sanitary_toilet_coverage_rate", "卫生厕所普及率", "sanitary toilet coverage",
        "sanitary_toilet_households", "使用卫生厕所",
    ),
    _share_of_households(
        "tap_water_coverage_rate", "自来水普及率", "tap-water coverage",
        "tap_water_households", "通自来水",
    ),
    _stock(
        "registered_household_count", "户籍户数", "registered households", "户", "registered_households"
    ),
    _stock("registered_population", "户籍人口", "registered population", "人", "registered_persons"),
    _stock("resident_population", "常住人口", "resident population", "人", "resident_persons"),
]  # fmt: skip
