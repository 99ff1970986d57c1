"""Indicators: what each counts, and the forms that it needs."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column


class SourceIndicator(pa.DataFrameModel):
    """One row per indicator."""

    indicator_code: str = column("指标代码", description="指标的固定代码", key=True)
    indicator_name: str = column("指标", description="指标的中文名称")
    indicator_name_en: str = column("英文名称", description="指标的英文名称")
    chapter: str = column("章", description="所属公报篇章")
    definition: str = column("定义", description="计什么、不计什么")
    definition_source: str = column("定义来源", description="定义所依据的报表或标准")
    unit: str = column("计量单位", description="值的计量单位")
    kind: str = column(
        "性质", description="stock 时点、flow 时期、ratio 比率、growth 增速、definition 制度规定"
    )
    formula: str = column(
        "算式", description="对事实表的筛选与汇总；比率为分子 / 分母，增速为本年 / 上年 - 1"
    )
    over_time: str = column(
        "时间汇总", description="sum 各期相加、latest 取各单位期内最近一份、to_date 自起始日累计"
    )
    adds_up_over_divisions: pl.Boolean = column(
        "各乡镇可加", description="各乡镇与未分乡镇相加即为区县；比率、增速与去重计数不可加"
    )
    adds_up_over_time: pl.Boolean = column("各期可加", description="各月相加即为季、年；时点数与累计数不可加")
    basis: str = column(
        "口径", description="period 各期当时的区划；list 各版区划名录，口径为名录年份；年份为固定在该年名录"
    )
    form_titles: str = column("来源报表", description="所用报表的表名或所用的表，以、相隔")
    disputed: str = column("争议", description="定义或公布数有争议之处；没有的为空", nullable=True)


class SourceIndicatorForm(pa.DataFrameModel):
    """One row per indicator, form that it needs, grain of its periods, and year (this one or the one before)."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    staged_table: str = column("表", description="所用报表读入的表", key=True)
    period_grain: str = column("粒度", description="year 年、quarter 季、month 月", key=True)
    year_role: str = column("年别", description="current 当年、previous 上年（增速两年都要）", key=True)
    needs: str = column("所需报送", description="every 期内每份都要、last 只要期内最近一份")
    since_date: pl.Date = column("起始日", description="累计指标自该日起；其余为空", nullable=True)
    reporter_code: str = column("填报单位代码", description="只用一家报送时的报送者；其余为空", nullable=True)
    is_dated: pl.Boolean = column("按日期归期", description="行按自己的日期归入各期，而不按报送的报告期")
    carries: pl.Boolean = column("沿用", description="报得较疏的单位，两次报送之间沿用上一次的")


class DimIndicator(SourceIndicator):
    """One row per indicator."""

    class Config:
        title = "指标"
        description = "指标的名称、定义、来源、单位与算式，一行一个"


class DimIndicatorForm(SourceIndicatorForm):
    """One row per indicator, form that it needs, grain of its periods, and year (this one or the one before)."""

    class Config:
        title = "指标所需报表"
        description = "各指标在各粒度上用到哪些报表；缺了哪一份，由此判断指标数是否完整"
