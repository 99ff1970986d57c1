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

StoredNumber = Annotated[pl.Decimal, 24, 6]


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


class DimDeliveryPair(pa.DataFrameModel):
    """One row per delivery in force that has a delivery of a year earlier."""

    delivery_id: str = column(
        "报送编号", description="有效的报送", key=True, references="dq_delivery.delivery_id"
    )
    previous_delivery_id: str = column(
        "上年同期的报送编号",
        description="同一单位、同一张表上年同月的有效报送",
        references="dq_delivery.delivery_id",
    )

    class Config:
        title = "报送与上年同期"
        description = "每份有效报送与其上年同期的一份；增减只在两年都有报送的单位之间比"


class DimDeliveryPeriod(pa.DataFrameModel):
    """One row per delivery in force, period that it counts for, and year (this one or the one before)."""

    delivery_id: str = column(
        "报送编号", description="有效的报送", key=True, references="dq_delivery.delivery_id"
    )
    period: str = column("期", description="所属的年、季或月", key=True, references="dim_period.period")
    year_role: str = column(
        "年别",
        description="current 为该期自身的报送、previous 为其上年同期的报送",
        key=True,
    )
    grain: str = column("粒度", description="year 年、quarter 季、month 月")
    staged_table: str = column("表", description="报送读入的表")
    reporter_code: str = column("填报单位代码", description="报送者")
    period_end_date: pl.Date = column("报告期末", description="报送的报告期的最后一日")
    is_latest: pl.Boolean = column(
        "期内最近", description="该单位在该期内最近一份（上年同期的，指与其对应的一份）"
    )
    is_carried: pl.Boolean = column(
        "沿用", description="时点数报得较疏的单位，在两次报送之间沿用上一次的，只用于余额"
    )

    class Config:
        title = "报送所属期"
        description = "每份有效报送计入哪些年、季、月，以及作为哪些期的上年同期数"


class _FigureRow(pa.DataFrameModel):
    """The columns that rows and cells of figures share."""

    indicator_code: str = column("指标代码", description="指标", references="dim_indicator.indicator_code")
    term: str = column(
        "项", description="value 值；比率为 numerator 分子、denominator 分母，增速为本年、上年"
    )
    aggregate: str = column("汇总方式", description="sum 相加、count 计数、count_distinct 去重计数")
    period: str = column("期", description="形如 2022、2022-Q3、2022-06")
    basis: str = column("口径", description="period 各期当时的区划；或区划名录的年份")
    county_code: str = column("区县代码", description="六位")
    township_code: str = column(
        "乡镇代码",
        description="行所在的乡镇或街道；不在任何一个的为 unassigned；区县本身的为空",
        nullable=True,
    )
    place_code: str = column("村社区代码", description="行所在的村或社区；乡镇级的为空", nullable=True)
    delivery_id: str = column("报送编号", description="行所在的报送；来自区划名录的为名录文件的散列")
    sheet_name: str = column("工作表", description="文本文件为空文本")
    sheet_row: pl.Int32 = column("行号", description="该行在工作表或文本文件中的行号，从 1 起")
    field: str = column("字段", description="所用单元格的字段")
    parsed_value: str = column("读得的值", description="由单元格读得的值", nullable=True)
    is_counted: pl.Boolean = column("计入", description="合乎指标的条件；否则只是在范围之内")
    is_missing: pl.Boolean = column("缺数", description="应有数而空着，也许该计入")
    value: Value = column("计入的数", description="相加即得该项，加权的已乘权数；去重计数的每行为 1")
    counted_key: str = column(
        "去重键", description="去重计数的对象，不重复的个数即该项；其余为空", nullable=True
    )
    corrected: str = column(
        "更正", description="该行按登记的更正读取的字段，以分号相隔；无则为空", nullable=True
    )


class MartFigureRow(_FigureRow):
    """One row per indicator, term, period and fact row that it looks at."""

    is_comparable: pl.Boolean = column(
        "可比", description="同一单位（名录表还须同一村）在相比的一年也有报送；区划名录的为否"
    )
    year_role: str = column("年别", description="current 为该期自身、previous 为其上年同期")
    sheet_block: pl.Int32 = column("块号", description="行在工作表的第几块，从 1 起")
    is_flagged: pl.Boolean = column("存疑", description="该行带有疑点")

    class Config:
        title = "指标数的行"
        description = "每个指标每期所看的事实行，一行一条；mart_figure 即由此汇总"
        metadata = {"view": True}


class MartFigureCell(_FigureRow):
    """One row per indicator, term, period and cell that it comes from."""

    reporter_code: str = column("填报单位代码", description="报送者；来自区划名录的为空", nullable=True)
    file_name: str = column("文件名", description="单元格所在的文件")
    file_sha256: str = column("文件散列", description="文件内容的 SHA-256，归档即以此为名")
    received_at: pl.Datetime = column("收到时间", description="北京时间；来自区划名录的为空", nullable=True)
    cell: str = column("单元格", description="形如 C7；合并单元格为行列所在的一格", nullable=True)
    stored_number: StoredNumber = column(
        "表内数",
        description="折回表内所用单位的数，即单元格里的数，已更正的为更正后的；不是相加的数为空",
        nullable=True,
    )

    class Config:
        title = "指标数的单元格"
        description = (
            "每个指标数追到的单元格，一行一个；is_counted 的 value 相加（去重计数的数 counted_key）即得指标数，"
            "按 county_code、township_code 或 place_code 取区划"
        )
        metadata = {"view": True}


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
