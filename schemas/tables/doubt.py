"""What checks doubt, what stewards have cleared, and how much of a figure rests on it."""

import pandera.polars as pa
import polars as pl

from schemas.field import field as column  # a relation here has a column named field
from schemas.tables.figure import Value


class SourceConfirmedFinding(pa.DataFrameModel):
    """One row per finding that a steward has cleared: a value that was doubted and is right."""

    check_name: str = column("检查", description="提出质疑的检查", key=True)
    row_key: str = column("行的主键", description="被质疑的行的主键，以 / 相隔", key=True)
    field: str = column("字段", description="被质疑的字段；整行的为 *", key=True)
    value: str = column("值", description="核实无误的值；值有变动，疑义即恢复", key=True)
    decided_by: str = column("决定人", description="谁核实的")
    decided_at: pl.Datetime = column("决定时间", description="何时核实的")
    reason: str = column("理由", description="为何无误")


class DqDoubt(pa.DataFrameModel):
    """One row per check, row of a fact and field that it doubts."""

    check_name: str = column("检查", description="提出质疑的检查", key=True)
    fact_table: str = column("表", description="被质疑的行所在的表")
    row_key: str = column("行的主键", description="被质疑的行的主键，以 / 相隔")
    field: str = column("字段", description="被质疑的字段；整行的为 *", key=True)
    value: str = column("值", description="被质疑的值；整行的为空文本")
    delivery_id: str = column(
        "报送编号", description="行所在的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    sheet_name: str = column("工作表", description="文本文件为空文本", key=True)
    sheet_block: pl.Int32 = column("块号", description="行在工作表的第几块，从 1 起", key=True)
    sheet_row: pl.Int32 = column("行号", description="行在工作表或文本文件中的行号，从 1 起", key=True)
    is_confirmed: pl.Boolean = column("已核实", description="数据管理员已核实该值无误，不再影响指标数")
    decided_by: str = column("决定人", description="谁核实的", nullable=True)
    decided_at: pl.Datetime = column("决定时间", description="何时核实的", nullable=True)
    decision_reason: str = column("理由", description="为何无误", nullable=True)

    class Config:
        title = "被质疑的数"
        description = "检查所质疑的行和字段，一行一处；用到它的指标数为待核，核实后以其值登记即不再质疑"


class MartFigureDoubt(pa.DataFrameModel):
    """One row per indicator, term, period, basis and division with doubtful rows."""

    indicator_code: str = column(
        "指标代码", description="指标", key=True, references="dim_indicator.indicator_code"
    )
    term: str = column("项", description="同 mart_figure_amount", key=True)
    period: str = column("期", description="形如 2022、2022-Q3、2022-06", key=True)
    basis: str = column("口径", description="period 各期当时的区划；或区划名录的年份", key=True)
    county_code: str = column("区县代码", description="六位", key=True)
    division_code: str = column("区划代码", description="区县、乡镇街道或村社区", key=True)
    doubtful_rows: pl.Int64 = column("可疑行数", description="计入的行中所用的字段被检查质疑的", unit="行")
    doubtful_amount: Value = column("可疑的数", description="这些行计入的数")

    class Config:
        title = "指标数中可疑的部分"
        description = "一行为指标一项在一个区划一期有多少出自被质疑的行；已由决定核实的不计"
        metadata = {"internal": True}
