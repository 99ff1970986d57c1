"""The 22 indicators of the national plan, and the indicators here that feed them."""

import pandera.polars as pa
import polars as pl

from schemas.field import field


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
