"""The periods that deliveries count for, and those of a year apart."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column


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
        metadata = {"internal": True}


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
        metadata = {"internal": True}
