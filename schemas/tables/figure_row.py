"""The rows and cells that each figure comes from."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.field import field as column  # a relation here has a column named field
from schemas.tables.figure import Value

StoredNumber = Annotated[pl.Decimal, 24, 6]


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
