"""Indicators and their figures, and the rows and cells that each figure comes from."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.field import ChangePct
from schemas.field import field as column  # a relation here has a column named field

Value = Annotated[pl.Decimal, 18, 4]
"""A figure or its part, in the indicator's unit."""


AffectedPct = Annotated[pl.Decimal, 9, 2]
"""A share of a figure, in percent."""


class MartFigureDistinctCount(pa.DataFrameModel):
    """One row per indicator, term that counts keys, period and division."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    term: str = column("项", description="value 值；比率为 numerator 分子、denominator 分母", key=True)
    period: str = column("期", description="形如 2022、2022-Q3、2022-06", key=True)
    county_code: str = column("区县代码", description="六位", key=True)
    division_code: str = column("区划代码", description="区县、乡镇街道或村社区；不详的为 unknown", key=True)
    distinct_count: pl.Int64 = column("去重个数", description="计入的行中不重复的对象", unit="个")
    compared_distinct_count: pl.Int64 = column(
        "可比的去重个数", description="上年同期也有的报送中不重复的对象", unit="个"
    )
    compared_previous_distinct_count: pl.Int64 = column(
        "上年可比的去重个数", description="上年同期、本期也有的报送中不重复的对象", unit="个"
    )

    class Config:
        title = "指标数的去重计数"
        description = "一行为去重计数的一项在一个区划一期的个数；一个对象在每级区划各计一次"
        metadata = {"internal": True}


class MartFigureAmount(pa.DataFrameModel):
    """One row per indicator, term, period, basis and division."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    term: str = column(
        "项", description="value 值；比率为 numerator 分子、denominator 分母，增速为本年、上年", key=True
    )
    period: str = column("期", description="形如 2022、2022-Q3、2022-06", key=True)
    basis: str = column("口径", description="period 各期当时的区划；或区划名录的年份", key=True)
    county_code: str = column("区县代码", description="六位", key=True)
    division_code: str = column("区划代码", description="区县、乡镇街道或村社区；不详的为 unknown", key=True)
    amount: Value = column(
        "数", description="该项的数；各行说明没有的为 0，没有一格有数的为空", nullable=True
    )
    compared_amount: Value = column(
        "可比的数", description="其中两年都有报送的单位的（名录表为两年都报的村）；没有的为空", nullable=True
    )
    compared_previous_amount: Value = column(
        "上年可比的数", description="上年同期两年都有报送的单位的；没有的为空", nullable=True
    )
    same_amount: Value = column("同一对象的数", description="两年都在的企业等的；不适用的为空", nullable=True)
    same_previous_amount: Value = column(
        "同一对象上年的数", description="两年都在的企业等上年同期的；不适用的为空", nullable=True
    )
    carried_amount: Value = column("沿用的数", description="其中沿用上一次报送的；没有的为空", nullable=True)
    source_rows: pl.Int64 = column("来源行数", description="计入的事实行", unit="行")
    flagged_rows: pl.Int64 = column("存疑行数", description="计入而带有疑点的行", unit="行")
    corrected_rows: pl.Int64 = column("更正行数", description="计入而有字段按登记的更正读取的行", unit="行")
    missing_cells: pl.Int64 = column("缺数的格", description="应有数而空着的行，也许该计入", unit="格")

    class Config:
        title = "指标各项的数"
        description = "一行为指标一项在一个区划一期的数，并列与上年可比的部分；mart_figure 由此算得"
        metadata = {"internal": True}


class MartFigureValue(pa.DataFrameModel):
    """One row per indicator, division, period and basis: the value, before what it claims."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    indicator_name: str = column("指标", description="指标的中文名称")
    unit: str = column("计量单位", description="值的计量单位")
    kind: str = column("性质", description="同 dim_indicator")
    disputed: str = column("争议", description="同 dim_indicator", nullable=True)
    county_code: str = column("区县代码", description="六位", key=True)
    division_code: str = column("区划代码", description="区县、乡镇街道或村社区", key=True)
    period: str = column("期", description="形如 2022、2022-Q3、2022-06", key=True)
    period_grain: str = column("粒度", description="year 年、quarter 季、month 月")
    previous_period: str = column("上年同期", description="上年的同一期", nullable=True)
    basis: str = column("口径", description="period 各期当时的区划；或区划名录的年份", key=True)
    value: Value = column("值", description="同 mart_figure", nullable=True)
    numerator: Value = column("分子", description="比率的分子、增速的本年数", nullable=True)
    denominator: Value = column("分母", description="比率的分母、增速的上年数", nullable=True)
    compared_value: Value = column("可比的值", description="上年同期也有的部分", nullable=True)
    compared_previous_value: Value = column(
        "上年可比的值", description="上年同期本期也有的部分", nullable=True
    )
    size: Value = column("规模", description="值的绝对值，比率的为分母的", nullable=True)
    compared_size: Value = column("可比的规模", description="可比部分的绝对值", nullable=True)
    compared_previous_size: Value = column(
        "上年可比的规模", description="上年可比部分的绝对值", nullable=True
    )
    same_amount: Value = column("同一对象的数", description="两年都在的企业等的", nullable=True)
    same_previous_amount: Value = column("同一对象上年的数", description="两年都在的企业等的", nullable=True)
    carried_amount: Value = column("沿用的数", description="沿用上一次报送的", nullable=True)
    carried_pct: AffectedPct = column(
        "沿用的比重", description="沿用的数占该数的百分比", unit="%", nullable=True
    )
    source_rows: pl.Int64 = column("来源行数", description="计入的事实行；比率、增速为分母的行", unit="行")
    flagged_rows: pl.Int64 = column("存疑行数", description="计入而带有疑点的行", unit="行")
    corrected_rows: pl.Int64 = column("更正行数", description="计入而有更正的行", unit="行")
    missing_cells: pl.Int64 = column("缺数的格", description="报了的行中应有数而空着的", unit="格")
    doubtful_rows: pl.Int64 = column("可疑行数", description="计入的行中所用的数被检查质疑的", unit="行")
    affected_pct: AffectedPct = column(
        "可疑的比重", description="可疑的行占该数的百分比", unit="%", nullable=True
    )

    class Config:
        title = "指标数的值"
        description = "一行为一个指标在一个区划一期的值，及其可比、沿用、可疑的部分；状态在 mart_figure"
        metadata = {"internal": True}


class MartFigure(pa.DataFrameModel):
    """One row per indicator, division, period and basis."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    indicator_name: str = column("指标", description="指标的中文名称")
    unit: str = column("计量单位", description="值的计量单位")
    division_code: str = column(
        "区划代码", description="区县、乡镇街道或村社区；不详的为 unknown", key=True,
        references="dim_division.division_code",
    )  # fmt: skip
    division_name: str = column("区划", description="区划的规范名称")
    division_level: str = column(
        "级别", description="county、town、township、subdistrict、village、community、unknown"
    )
    period: str = column(
        "期", description="形如 2022、2022-Q3、2022-06", key=True, references="dim_period.period"
    )
    period_grain: str = column("粒度", description="year 年、quarter 季、month 月")
    basis: str = column("口径", description="period 各期当时的区划；或区划名录的年份", key=True)
    value: Value = column("值", description="以 unit 为单位；分母为零的比率、增速为空", nullable=True)
    numerator: Value = column("分子", description="比率的分子、增速的本年数；其余为空", nullable=True)
    denominator: Value = column("分母", description="比率的分母、增速的上年数；其余为空", nullable=True)
    source_rows: pl.Int64 = column("来源行数", description="计入的事实行；比率、增速为分母的行", unit="行")
    flagged_rows: pl.Int64 = column("存疑行数", description="计入而带有疑点的行", unit="行")
    corrected_rows: pl.Int64 = column(
        "更正行数", description="计入而有字段按登记的更正读取的行，见 dq_correction", unit="行"
    )
    expected_units: pl.Int64 = column(
        "应报数",
        description="按名录、上期或另一张表应有的村、企业、借据等，逐期相加；名录不可知的为空，这样的数不能说是齐的",
        nullable=True,
    )
    reported_units: pl.Int64 = column("已报数", description="其中报了的，以及新增的", nullable=True)
    missing_units: pl.Int64 = column("漏报数", description="应有而没有报的", nullable=True)
    missing_cells: pl.Int64 = column("缺数的格", description="报了的行中应有数而空着的", unit="格")
    missing_deliveries: pl.Int64 = column(
        "缺报份数", description="到期而没有有效报送的份数，待核实的也算", unit="份"
    )
    rejected_rows: pl.Int64 = column("退回行数", description="所用报送中未计入的退回行", unit="行")
    doubtful_rows: pl.Int64 = column("可疑行数", description="计入的行中所用的数被检查质疑的", unit="行")
    affected_pct: AffectedPct = column(
        "可疑的比重", description="可疑的行占该数的百分比；没有的为空", unit="%", nullable=True
    )
    carried_pct: AffectedPct = column(
        "沿用的比重", description="沿用上一次报送的数占该数的百分比；没有的为空", unit="%", nullable=True
    )
    coverage_status: str = column(
        "齐缺", description="final 齐、provisional 尚待报送或含沿用的数、incomplete 有缺报、漏报、退回或缺数"
    )
    doubt: str = column(
        "疑义", description="none 无、questioned 所用的数被检查质疑、disputed 合计不符或定义有争议"
    )
    is_settled: pl.Boolean = column("已定稿", description="该期已由决定定稿，缺的不再等")
    status: str = column(
        "状态",
        description="齐缺与疑义中较弱的：final 终值、provisional 暂定、incomplete 不完整、"
        "questioned 待核、disputed 有争议",
    )
    status_reasons: str = column("状态的缘由", description="各项缘由与份数、个数，以分号相隔；没有则为空文本")
    observation_status: str = column(
        "观测状态",
        description="SDMX 观测状态代码：A 正常、P 暂定、I 含推算、U 可靠性低（不完整、有争议）、V 待核、"
        "L 缺数、M 无从计算、W 未分乡镇",
    )
    previous_value: Value = column("上年同期", description="上年同期所公布的数；没有的为空", nullable=True)
    change_value: Value = column(
        "增减",
        description="可比部分比上年同期增减的数，百分比为百分点；可比部分不足任一年八成的为空",
        nullable=True,
    )
    change_pct: ChangePct = column(
        "同比",
        description="可比部分比上年同期增长：两年都报的单位或村，企业进出计在内；百分比、增速不计，为空",
        unit="%",
        nullable=True,
    )
    change_pct_same_units: ChangePct = column(
        "同比（可比口径）", description="只计两年都在的企业等的增长；不适用的为空", unit="%", nullable=True
    )
    change_status: str = column(
        "增减的状态", description="本期与上年同期的状态中较弱的；没有增减的为空", nullable=True
    )

    class Config:
        title = "指标数"
        description = "一行为一个指标在一个区划一期的数，每个数都可经 mart_figure_cell 追到单元格"
        metadata = {"exported": True}


class MartFigureSeries(pa.DataFrameModel):
    """One row per indicator, division, period, basis and series."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    indicator_name: str = column("指标", description="指标的中文名称")
    unit: str = column("计量单位", description="值的计量单位；人均的为每人")
    division_code: str = column(
        "区划代码", description="区县、乡镇街道或村社区", key=True, references="dim_division.division_code"
    )
    division_name: str = column("区划", description="区划的规范名称")
    division_level: str = column("级别", description="同 mart_figure")
    period: str = column("期", description="到该月为止，人均的为年", key=True, references="dim_period.period")
    basis: str = column("口径", description="同 mart_figure", key=True)
    series: str = column(
        "序列",
        description="year_to_date 1 月至该月、january_february 1 至 2 月、rolling_12_months 连续十二个月、"
        "per_head 按户籍人口平均",
        key=True,
    )
    value: Value = column("值", description="各月之和；有一月无数的为空", nullable=True)
    status: str = column("状态", description="各月中最弱的；人均的为数与人口中较弱的")
    previous_value: Value = column("上年同期", description="上年同一序列的值；没有的为空", nullable=True)
    change_pct: ChangePct = column(
        "同比",
        description="可比部分比上年同期增长；可比部分不足任一年八成的为空；人均的按所列两年的值",
        unit="%",
        nullable=True,
    )
    change_status: str = column("同比的状态", description="两年中较弱的；没有同比的为空", nullable=True)

    class Config:
        title = "指标数的序列"
        description = "一行为可按时间相加的指标累计到一个月的数，或金额的人均；缺一个月的不列"
        metadata = {"exported": True}
