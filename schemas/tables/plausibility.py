"""Outliers: the numbers that are compared with history and peers, and those that are far off."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column  # two relations here have a column named field

_BASES = (
    "history 本主体各期、last_year 上年同期、next_year 下年同期（该数比下年的更反常）、peers 同期同类、"
    "delivery 本单位其他各次的整表"
)


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
        description = "与历史、同类相比的数，一行一个；看哪些字段，见各表的字段"
        metadata = {"view": True}


class _PeerGroup(pa.DataFrameModel):
    """Peers of one period."""

    fact_table: str = column("事实表", description="数所在的事实表", key=True)
    field: str = column("字段", description="数所在的字段", key=True)
    peer_group: str = column("同类", description="同期同类的数相比", key=True)
    year: pl.Int32 = column("年", description="报告期所在的年", key=True)
    part: str = column("期次", description="年内的期次，如 Q3、06；年报为空文本", key=True)


class DqWatchedPeer(_PeerGroup):
    """One row per group of peers and period."""

    peers: pl.Int64 = column("同类个数", description="该期同类的正数", unit="个")
    fewest_peers: pl.Int64 = column("各期最少个数", description="各期之中同类最少的一期有几个", unit="个")
    usual_size: pl.Float64 = column("典型大小", description="各数自然对数的中位数")
    spread: pl.Float64 = column("离散", description="各数的自然对数与典型大小之差的中位数")

    class Config:
        title = "同类的典型大小"
        description = "所看的数在一期同类之中的典型大小，一类一期一行；大小为自然对数"


class DqWatchedLevel(_Measured):
    """One row per watched number that has a history."""

    entity: str = column("主体", description="同一主体各期的数相比")
    peer_group: str = column("同类", description="同期同类的数相比")
    year: pl.Int32 = column("年", description="报告期所在的年")
    part: str = column("期次", description="年内的期次，如 Q3、06；年报为空文本")
    is_count: pl.Boolean = column("计数", description="只取整数的字段")
    peers: pl.Int64 = column("同类个数", description="该期同类的正数", unit="个")
    size: pl.Float64 = column("大小", description="数值的自然对数")
    off_peers: pl.Float64 = column("与同类之差", description="大小与同期同类典型大小之差")
    level: pl.Float64 = column("水平", description="除去该期对大家的影响后的大小；同类太少的即大小")

    class Config:
        title = "所看的数的水平"
        description = "有历史可比的数各自的大小与水平，一行一个"


class DqWatchedSeries(pa.DataFrameModel):
    """One row per history of watched numbers."""

    fact_table: str = column("事实表", description="数所在的事实表", key=True)
    field: str = column("字段", description="数所在的字段", key=True)
    entity: str = column("主体", description="各期的数所属的主体", key=True)
    periods: pl.Int64 = column("期数", description="主体有几个数", unit="个")
    usual_level: pl.Float64 = column("典型水平", description="各数水平的中位数")
    usual_value: pl.Float64 = column("典型值", description="各数大小的中位数所对应的数值")
    spread: pl.Float64 = column("离散", description="各数水平与典型水平之差的中位数")

    class Config:
        title = "主体的典型水平"
        description = "所看的数在同一主体各期之中的典型水平，一个主体一行"


class DqWatchedChange(_PeerGroup):
    """One row per group of peers and period, of those that the year before has too."""

    changes: pl.Int64 = column("可比个数", description="上年同期也有数的", unit="个")
    usual_change: pl.Float64 = column("典型变化", description="与上年同期水平之差的中位数；太少的为 0")
    spread: pl.Float64 = column("离散", description="各变化与典型变化之差的中位数")

    class Config:
        title = "同类的典型变化"
        description = "所看的数比上年同期的典型变化，一类一期一行；变化为水平之差"


class DqWatchedDelivery(pa.DataFrameModel):
    """One row per delivery and watched field."""

    fact_table: str = column("事实表", description="数所在的事实表", key=True)
    field: str = column("字段", description="数所在的字段", key=True)
    delivery_id: str = column(
        "报送编号", description="数所在的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    watched_values: pl.Int64 = column("数的个数", description="该次报送中的正数", unit="个")
    usual_size: pl.Float64 = column("典型大小", description="该次报送各数自然对数的中位数")
    other_deliveries: pl.Int64 = column(
        "可比报送", description="同一单位同一期次的其他报送；不作比较的为 0", unit="份"
    )
    others_usual_size: pl.Float64 = column(
        "其他报送的典型大小", description="可比报送典型大小的中位数", nullable=True
    )
    other_delivery_id: str = column("对方报送编号", description="只有一份可比报送时即其编号", nullable=True)

    class Config:
        title = "报送的典型大小"
        description = "一次报送中所看的一个字段的典型大小，与同一单位其他报送并列，一行一个"


class _Compared(_Measured):
    """What a number is far off."""

    basis: str = column(
        "所比",
        description=_BASES,
    )
    reference_value: pl.Float64 = column("参照值", description="所比的典型值或那一个数")
    ratio: pl.Float64 = column("倍数", description="数值是参照值的几倍")
    adjusted_ratio: pl.Float64 = column(
        "判断用的倍数",
        description="悬殊与否据此判断：除去该期对同类的影响之后的倍数；delivery 为整表典型值与其他各次的之比",
    )
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


class DqOutlierCandidate(_Compared):
    """One row per number and comparison in which it is far off."""

    basis: str = column(
        "所比",
        description=_BASES,
        key=True,
    )

    class Config:
        title = "悬殊的数的各项比较"
        description = "一行为一个数与一种参照的悬殊比较；dq_outlier 由此每个数取其一"


class DqOutlier(_Compared):
    """One row per number that is far off its history or its peers."""

    class Config:
        title = "悬殊的数"
        description = "与本主体历史或同期同类相差悬殊的数，一行一个，附所比的依据；照收照用，不作改动"
