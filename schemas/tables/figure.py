"""Indicators and their figures, and the rows and cells that each figure comes from."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.field import ChangePct
from schemas.field import field as column  # a relation here has a column named field

Value = Annotated[pl.Decimal, 18, 4]
"""A figure or its part, in the indicator's unit."""


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
    is_latest: pl.Boolean = column(
        "期内最近", description="该单位在该期内最近一份（上年同期的，指与其对应的一份）"
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
    township_code: str = column("乡镇代码", description="行所在的乡镇或街道；区县级的为空", nullable=True)
    place_code: str = column("村社区代码", description="行所在的村或社区；乡镇级的为空", nullable=True)
    delivery_id: str = column("报送编号", description="行所在的报送；来自区划名录的为名录文件的散列")
    sheet_name: str = column("工作表", description="文本文件为空文本")
    sheet_row: pl.Int32 = column("行号", description="该行在工作表或文本文件中的行号，从 1 起")
    field: str = column("字段", description="所用单元格的字段")
    parsed_value: str = column("读得的值", description="由单元格读得的值", nullable=True)
    is_counted: pl.Boolean = column("计入", description="合乎指标的条件；否则只是在范围之内")
    value: Value = column("计入的数", description="相加即得该项，加权的已乘权数；去重计数的每行为 1")
    counted_key: str = column(
        "去重键", description="去重计数的对象，不重复的个数即该项；其余为空", nullable=True
    )
    corrected: str = column(
        "更正", description="该行按登记的更正读取的字段，以分号相隔；无则为空", nullable=True
    )


class MartFigureRow(_FigureRow):
    """One row per indicator, term, period and fact row that it looks at."""

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
    previous_distinct_count: pl.Int64 = column(
        "上年同期去重个数", description="上年同期计入的行中不重复的对象", unit="个"
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
    amount: Value = column("数", description="该项的数；在范围之内而没有计入的为 0")
    previous_amount: Value = column("上年同期", description="上年同期的数；没有的为空", nullable=True)
    source_rows: pl.Int64 = column("来源行数", description="计入的事实行", unit="行")
    flagged_rows: pl.Int64 = column("存疑行数", description="计入而带有疑点的行", unit="行")
    corrected_rows: pl.Int64 = column("更正行数", description="计入而有字段按登记的更正读取的行", unit="行")

    class Config:
        title = "指标各项的数"
        description = "一行为指标一项在一个区划一期的数，并列上年同期；mart_figure 由此算得"


class MartFigureCompleteness(pa.DataFrameModel):
    """One row per indicator, period and division that reports."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    period: str = column("期", description="形如 2022、2022-Q3、2022-06", key=True)
    division_code: str = column("区划代码", description="填报单位所属区划", key=True)
    missing_deliveries: pl.Int64 = column(
        "缺报份数", description="到期而没有有效报送的份数，待核实的也算", unit="份"
    )
    awaits_more: pl.Boolean = column("尚待报送", description="还有未到期或较新的报送没有到")
    rejected_rows: pl.Int64 = column("退回行数", description="所用报送中未计入的退回行", unit="行")
    disagreeing_totals: pl.Int64 = column("不符合计", description="所用报送中与各行不符的合计", unit="个")

    class Config:
        title = "指标所需报送的齐缺"
        description = "一行为一个区划的填报单位对一个指标一期的缺报、待报与退回；指标数的状态由此判断"


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
    missing_deliveries: pl.Int64 = column(
        "缺报份数", description="到期而没有有效报送的份数，待核实的也算", unit="份"
    )
    rejected_rows: pl.Int64 = column("退回行数", description="所用报送中未计入的退回行", unit="行")
    status: str = column(
        "状态",
        description="final 终值、provisional 暂定（尚待报送）、incomplete 不完整（缺报或有退回行）、"
        "disputed 有争议（合计不符或定义有争议），取最弱者",
    )
    previous_value: Value = column("上年同期", description="上年同期数；没有的为空", nullable=True)
    change_value: Value = column("增减", description="比上年同期增减的数；比率为百分点", nullable=True)
    change_pct: ChangePct = column(
        "同比", description="比上年同期增长；比率、增速不计，为空", unit="%", nullable=True
    )

    class Config:
        title = "指标数"
        description = "一行为一个指标在一个区划一期的数，每个数都可经 mart_figure_cell 追到单元格"
