"""The 22 indicators of the national strategic plan for rural revitalization, 2018 to 2022, and what feeds them."""

from dataclasses import dataclass
from typing import Literal

import pandera.polars as pa
import polars as pl

from schemas.field import field

Pillar = Literal["产业兴旺", "生态宜居", "乡风文明", "治理有效", "生活富裕"]
Nature = Literal["约束性", "预期性"]


@dataclass(frozen=True)
class NationalIndicator:
    """One indicator of the plan.

    unit: in the plan's words, empty for a plain ratio. target_2022: as the plan prints it.
    indicator_code: the indicator of this project that feeds it; None where no form does. gap: how that one
    differs from the plan's, or why no form feeds it; None where the two are the same.
    """

    code: str
    pillar: Pillar
    name: str
    unit: str
    target_2022: str
    nature: Nature
    indicator_code: str | None = None
    gap: str | None = None

    def __post_init__(self) -> None:
        if self.indicator_code is None and self.gap is None:
            raise ValueError(f"{self.code}: says neither what feeds it nor why nothing does")


NATIONAL_INDICATORS = [
    NationalIndicator(
        "grain_production_capacity", "产业兴旺", "粮食综合生产能力", "亿吨", ">6", "约束性",
        "grain_output_tonnes", "以当年粮食产量代表；计量单位为吨",
    ),
    NationalIndicator(
        "agri_tech_contribution_rate", "产业兴旺", "农业科技进步贡献率", "%", "61.5", "预期性",
        gap="由国家和省测算，县级没有报表",
    ),
    NationalIndicator(
        "agri_labour_productivity", "产业兴旺", "农业劳动生产率", "万元/人", "5.5", "预期性",
        gap="有农业总产值，没有第一产业增加值和从业人员的报表",
    ),
    NationalIndicator(
        "processing_to_agri_output_ratio", "产业兴旺", "农产品加工产值与农业总产值比", "", "2.5", "预期性",
        "processing_to_agri_output_ratio", "只含填报的加工企业",
    ),
    NationalIndicator(
        "leisure_agri_visits", "产业兴旺", "休闲农业和乡村旅游接待人次", "亿人次", "32", "预期性",
        "rural_tourism_visits", "只含乡镇填报的接待点；计量单位为人次",
    ),
    NationalIndicator(
        "manure_utilisation_rate", "生态宜居", "畜禽粪污综合利用率", "%", "78", "约束性",
        gap="没有养殖场粪污利用的报表",
    ),
    NationalIndicator(
        "village_green_coverage", "生态宜居", "村庄绿化覆盖率", "%", "32", "预期性",
        gap="乡村绿化只报项目所在的村，没有村庄绿化面积的报表",
    ),
    NationalIndicator(
        "village_waste_treated_share", "生态宜居", "对生活垃圾进行处理的村占比", "%", ">90", "预期性",
        "village_waste_treated_share",
    ),
    NationalIndicator(
        "sanitary_toilet_coverage_rate", "生态宜居", "农村卫生厕所普及率", "%", ">85", "预期性",
        "sanitary_toilet_coverage_rate",
    ),
    NationalIndicator(
        "village_culture_centre_coverage", "乡风文明", "村综合性文化服务中心覆盖率", "%", "98", "预期性",
        gap="村基本情况年报没有文化服务中心一项",
    ),
    NationalIndicator(
        "civilised_village_township_share", "乡风文明", "县级及以上文明村和乡镇占比", "%", ">50", "预期性",
        gap="没有文明村镇名单的报表",
    ),
    NationalIndicator(
        "rural_teacher_bachelor_share", "乡风文明", "农村义务教育学校专任教师本科以上学历比例", "%", "68", "预期性",
        gap="没有教育部门的报表",
    ),
    NationalIndicator(
        "rural_culture_spend_share", "乡风文明", "农村居民教育文化娱乐支出占比", "%", "13.6", "预期性",
        gap="没有农村住户消费支出的报表",
    ),
    NationalIndicator(
        "village_planning_coverage", "治理有效", "村庄规划管理覆盖率", "%", "90", "预期性",
        gap="没有村庄规划编制的报表",
    ),
    NationalIndicator(
        "village_service_station_share", "治理有效", "建有综合服务站的村占比", "%", "53", "预期性",
        gap="村基本情况年报没有综合服务站一项",
    ),
    NationalIndicator(
        "secretary_director_same_share", "治理有效", "村党组织书记兼任村委会主任的村占比", "%", "50", "预期性",
        gap="没有书记兼任村委会主任的报表",
    ),
    NationalIndicator(
        "village_covenant_share", "治理有效", "有村规民约的村占比", "%", "100", "预期性",
        gap="村基本情况年报没有村规民约一项",
    ),
    NationalIndicator(
        "strong_collective_village_share", "治理有效", "集体经济强村比重", "%", "9", "预期性",
        gap="没有村集体经营收益的报表",
    ),
    NationalIndicator(
        "rural_engel_coefficient", "生活富裕", "农村居民恩格尔系数", "%", "29.2", "预期性",
        gap="没有农村住户消费支出的报表",
    ),
    NationalIndicator(
        "urban_rural_income_ratio", "生活富裕", "城乡居民收入比", "", "2.67", "预期性",
        gap="没有城乡住户收入的报表",
    ),
    NationalIndicator(
        "tap_water_coverage_rate", "生活富裕", "农村自来水普及率", "%", "85", "预期性",
        "tap_water_coverage_rate",
    ),
    NationalIndicator(
        "village_paved_road_share", "生活富裕", "具备条件的建制村通硬化路比例", "%", "100", "约束性",
        "village_paved_road_share", "分母为全部填报的行政村，不分是否具备条件",
    ),
]  # fmt: skip
"""In the plan's order."""


class SourceNationalIndicator(pa.DataFrameModel):
    """One row per indicator of the plan."""

    national_code: str = field("国家指标代码", description="规划指标的固定代码", key=True)
    plan_order: pl.Int32 = field("序号", description="在规划中的次序，1 至 22")
    pillar: str = field("类别", description="产业兴旺、生态宜居、乡风文明、治理有效、生活富裕")
    national_name: str = field("国家指标", description="规划中的名称")
    national_unit: str = field("规划计量单位", description="规划所用的单位；比值为空文本")
    target_2022: str = field("2022 年目标", description="全国的目标值，照规划原文")
    nature: str = field("属性", description="约束性或预期性")
    indicator_code: str = field(
        "指标代码",
        description="本库中与之对应的指标，数在 mart_figure；没有报表可取数的为空",
        references="dim_indicator.indicator_code",
        nullable=True,
    )
    gap: str = field(
        "出入", description="本库指标与规划指标的不同，或没有数的原因；一致的为空", nullable=True
    )


class DimNationalIndicator(SourceNationalIndicator):
    """One row per indicator of the plan."""

    class Config:
        title = "国家规划指标"
        description = (
            "乡村振兴战略规划（2018—2022 年）的 22 项指标，一行一项；有无报表可以取数、与规划有何出入"
        )
