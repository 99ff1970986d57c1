"""What figures lack: units that were not reported, deliveries that did not come, and periods that are settled."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column


class _MissingUnit(pa.DataFrameModel):
    """The columns that tell a missing unit."""

    staged_table: str = column("表", description="应报的表", key=True)
    reporter_code: str = column(
        "填报单位代码", description="应报送者", key=True, references="dim_reporter.reporter_code"
    )
    period: str = column("报告期", description="应报的报告期", key=True)
    period_end_date: pl.Date = column("报告期末", description="报告期的最后一日")
    delivery_id: str = column(
        "报送编号",
        description="缺该项的有效报送；整份未报的为空",
        references="dq_delivery.delivery_id",
        nullable=True,
    )
    unit: str = column("应报的对象", description="村的代码、企业代码、借据号等；个人的为其散列", key=True)
    unit_name: str = column("名称", description="村、社区的名称，其余同对象；个人的为空", nullable=True)


class SourceMissingUnit(_MissingUnit):
    """One row per unit that a form should have spoken of and did not; names of places are looked up later."""

    division_code: str = column(
        "区划代码", description="应报的村、社区；由原有的行得知所在的为空", nullable=True
    )
    from_delivery_id: str = column(
        "原有报送编号", description="有该对象的报送；来自名录的为空", nullable=True
    )
    from_sheet_name: str = column("原有工作表", description="该对象原有的行所在", nullable=True)
    from_sheet_block: pl.Int32 = column("原有块号", description="该对象原有的行所在", nullable=True)
    from_sheet_row: pl.Int32 = column("原有行号", description="该对象原有的行所在", nullable=True)


class DqMissingUnit(_MissingUnit):
    """One row per unit that a form should have spoken of and did not."""

    division_key: str = column(
        "区划键", description="对象所在的区划；不详的为 unknown", references="dim_division.division_key"
    )

    class Config:
        title = "漏报的对象"
        description = "应报而没有报的村、企业、借据等，一行一个；数据管理员确认已不在的不列"


class SourceSettledPeriod(pa.DataFrameModel):
    """One row per period that is settled by decision."""

    period: str = column("期", description="定稿的年、季或月", key=True)
    decided_by: str = column("决定人", description="谁决定的")
    decided_at: pl.Datetime = column("决定时间", description="何时决定的")
    reason: str = column("理由", description="为何定稿")


class DqSettledPeriod(SourceSettledPeriod):
    """One row per period that is settled by decision."""

    class Config:
        title = "定稿的期"
        description = "由决定定稿的年、季、月，一行一期；其指标数不再等待缺的，新到的报送待核实"


class MartDeliveredPlace(pa.DataFrameModel):
    """One row per delivery in force and division that its rows lie in."""

    delivery_id: str = column(
        "报送编号", description="有效的报送", key=True, references="dq_delivery.delivery_id"
    )
    division_key: str = column("区划键", description="行所在的区划", key=True)
    units: pl.Int64 = column("报了的对象", description="名录表为 1，其余为行数", unit="个")
    is_in_year_before: pl.Boolean = column(
        "上年可比", description="同一单位上年同期也报了（名录表还须同一村）"
    )
    is_in_year_after: pl.Boolean = column(
        "下年可比", description="同一单位下年同期也报了（名录表还须同一村）"
    )

    class Config:
        title = "报送所及的区划"
        description = "一行为一份有效报送在一个区划报了几个对象，以及与上年、下年同期可否相比"
        metadata = {"internal": True}


class MartFigureCoverage(pa.DataFrameModel):
    """One row per indicator, period and division."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    period: str = column("期", description="形如 2022、2022-Q3、2022-06", key=True)
    division_code: str = column("区划代码", description="区县、乡镇街道或村社区", key=True)
    expected_units: pl.Int64 = column("应报数", description="应有的对象；名录不可知的为空", nullable=True)
    reported_units: pl.Int64 = column("已报数", description="报了的对象")
    missing_units: pl.Int64 = column("漏报数", description="应有而没有报的对象")
    missing_unit: str = column(
        "漏报的对象", description="漏报的有几个的取一个；没有或是个人的为空", nullable=True
    )

    class Config:
        title = "指标所及的对象"
        description = "一行为一个指标一期在一个区划应报、已报、漏报的村、企业、借据等"
        metadata = {"internal": True}


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
    missing_reporter: str = column(
        "缺报单位", description="缺报的单位，有几家的取一家；没有的为空", nullable=True
    )
    behind_reporters: pl.Int64 = column(
        "落后单位", description="期内有报送、而期内最近应报的一份未到的单位，其数只到较早的一期"
    )
    awaits_more: pl.Boolean = column("尚待报送", description="还有未到期的报送没有到，或已到的期未结束")
    carried_from: pl.Date = column(
        "沿用自", description="沿用的时点数中最早的时点；没有的为空", nullable=True
    )
    rejected_rows: pl.Int64 = column("退回行数", description="所用报送中未计入的退回行", unit="行")
    disagreeing_totals: pl.Int64 = column("不符合计", description="所用报送中与各行不符的合计", unit="个")

    class Config:
        title = "指标所需报送的齐缺"
        description = "一行为一个区划的填报单位对一个指标一期的缺报、待报与退回；指标数的状态由此判断"
        metadata = {"internal": True}
