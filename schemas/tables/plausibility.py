"""Outliers: the numbers that are compared with history and peers, and those that are far off."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column  # two relations here have a column named field


class _Measured(pa.DataFrameModel):
    """The columns that watched numbers and outliers share."""

    fact_table: str = column("事实表", description="数所在的事实表", key=True)
    field: str = column("字段", description="数所在的字段", key=True)
    delivery_id: str = column(
        "报送编号", description="该行所在的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    sheet_name: str = column("工作表", description="该行所在的工作表；文本文件为空文本", key=True)
    sheet_block: pl.Int32 = column("块号", description="该行在工作表的第几块，从 1 起", key=True)
    sheet_row: pl.Int32 = column("行号", description="该行在工作表或文本文件中的行号，从 1 起", key=True)
    reporter_code: str = column(
        "填报单位代码", description="报送者代码", references="dim_reporter.reporter_code"
    )
    period: str = column("报告期", description="该次报送的报告期")
    value: pl.Float64 = column("数值", description="该字段的数，以字段的计量单位计")


class DqWatchedValue(_Measured):
    """One row per watched number of a fact."""

    entity: str = column("主体", description="同一主体各期的数相比；各行独立的为空", nullable=True)
    peer_group: str = column("同类", description="同期同类的数相比")
    year: pl.Int32 = column("年", description="报告期所在的年")
    part: str = column("期次", description="年内的期次，如 Q3、06；年报为空文本")
    season_peers: pl.Int32 = column(
        "定季节的个数", description="每期至少有这么多同类，才除去该期对大家的影响"
    )
    is_count: pl.Boolean = column("计数", description="只取整数的字段")

    class Config:
        title = "所看的数"
        description = "与历史、同类相比的数，一行一个；看哪些字段见 watched.toml"
        metadata = {"view": True}


class DqOutlier(_Measured):
    """One row per number that is far off its history or its peers."""

    basis: str = column(
        "所比",
        description="history 本主体各期、last_year 上年同期、peers 同期同类、delivery 本单位此前的整表",
    )
    reference_value: pl.Float64 = column("参照值", description="所比的典型值或那一个数")
    ratio: pl.Float64 = column("倍数", description="数值是参照值的几倍")
    z_score: pl.Float64 = column(
        "稳健 z 分数", description="对数值的修正 z 分数；只按倍数判断的为空", nullable=True
    )
    compared_values: pl.Int64 = column("所比个数", description="参照值由几个数而来", unit="个")
    slip: pl.Int64 = column(
        "疑似单位差错", description="倍数接近的 10、1000 或 10000；不像单位差错的为空", nullable=True
    )
    other_delivery_id: str = column(
        "对方报送编号", description="参照值只有一个数时，它所在的报送", nullable=True
    )
    other_sheet_name: str = column("对方工作表", description="参照值所在的工作表", nullable=True)
    other_sheet_block: pl.Int32 = column("对方块号", description="参照值所在的块", nullable=True)
    other_sheet_row: pl.Int32 = column("对方行号", description="参照值所在的行", nullable=True)

    class Config:
        title = "悬殊的数"
        description = "与本主体历史或同期同类相差悬殊的数，一行一个，附所比的依据；照收照用，不作改动"
