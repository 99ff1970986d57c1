"""What is known about the data itself: deliveries, rejected rows, control totals, checks, the build."""

import polars as pl

from schemas.field import field
from schemas.tables.source import (
    SourceBuildInfo,
    SourceCheckResult,
    SourceControlTotal,
    SourceDelivery,
    SourceExpectedDelivery,
    SourceFieldPlace,
    SourcePrintedRule,
    SourcePrintedRuleViolation,
    SourceRejectedRow,
)


class DqDelivery(SourceDelivery):
    """One row per delivery, whatever became of it."""

    class Config:
        title = "报送"
        description = "收到的每一次报送及其结果，一行一次；is_in_force 的进入本库"


class DqRejectedRow(SourceRejectedRow):
    """One row per reason of a rejected or flagged row."""

    class Config:
        title = "退回与存疑的行"
        description = "未通过规则的行，一行一条原因；同一行可有多条"


class DqControlTotal(SourceControlTotal):
    """One row per total printed in a file."""

    class Config:
        title = "合计核对"
        description = "文件中所印的合计与各行相加之数，一行一个合计"


class DqPrintedRule(SourcePrintedRule):
    """One row per rule that a sheet prints itself."""

    class Config:
        title = "表内所印规则"
        description = "表上自己印出的平衡、审核关系及核对结果，一行一条，读不懂的也在内"


class DqPrintedRuleViolation(SourcePrintedRuleViolation):
    """One row per record that breaks a rule of its own sheet."""

    class Config:
        title = "不合所印规则的行"
        description = "不合表上所印平衡、审核关系的行（或栏）及两边的数，一行一处"


class DqExpectedDelivery(SourceExpectedDelivery):
    """One row per form, reporter and period that is owed, with what came of it."""

    delivery_id: str = field(
        "报送编号", description="有效的报送；没有的为空", nullable=True, references="dq_delivery.delivery_id"
    )
    state: str = field("状态", description="in_force 有有效报送、missing 到期未报、not_due 未到期")
    rejected_rows: pl.Int64 = field("退回行数", description="有效报送中未通过规则的行", unit="行")
    disagreeing_totals: pl.Int64 = field("不符合计数", description="有效报送中与各行不符的合计", unit="个")

    class Config:
        title = "应报送"
        description = "各表各单位各报告期应有的报送，自最早有报送获接收的报告期起至截止时间所在年末，一行一份"


class DqFieldPlace(SourceFieldPlace):
    """One row per delivery, sheet, block and field: where the cells of the field lie."""

    class Config:
        title = "字段位置"
        description = "已接收的报送中各字段在文件里的位置，与事实表的行号合成单元格"


class DqCheckResult(SourceCheckResult):
    """One row per check of this build."""

    class Config:
        title = "检查结果"
        description = "本次建库的全部检查，一行一项，包括未见违反的"


class WarehouseInfo(SourceBuildInfo):
    """One row per thing that this warehouse says of itself."""

    class Config:
        title = "本库说明"
        description = "本库的版本、截止时间、口径与数据性质，一行一项"
