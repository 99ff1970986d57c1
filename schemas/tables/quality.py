"""Data quality: deliveries, rejected rows, corrections, control totals, checks, findings, the build."""

import pandera.polars as pa
import polars as pl

from schemas.field import Pct
from schemas.field import field as column  # a relation here has a column named field
from schemas.tables.source import (
    SourceAnswer,
    SourceBuildInfo,
    SourceBuildStep,
    SourceCheckResult,
    SourceControlTotal,
    SourceCorrection,
    SourceDelivery,
    SourceExpectedDelivery,
    SourceFieldPlace,
    SourceFinding,
    SourcePrintedRule,
    SourcePrintedRuleViolation,
    SourceRejectedRow,
)


class DqDelivery(SourceDelivery):
    """One row per delivery, whatever its outcome."""

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


class DqCorrection(SourceCorrection):
    """One row per correction of the home, with its effect on the delivery in force."""

    class Config:
        title = "更正"
        description = "登记的更正及其结果，一行一条：谁、何时、为何，把哪个单元格的什么读作什么"


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


class DqAnswer(SourceAnswer):
    """One row per answer of a sender to a query."""

    class Config:
        title = "查询与答复"
        description = "填报单位对退回、存疑之处的说明，写在标注副本或表中“说明”一栏，一行一处"


class DqExpectedDelivery(SourceExpectedDelivery):
    """One row per form, reporter and period that is expected, with the state and timeliness of its delivery."""

    delivery_id: str = column(
        "报送编号", description="有效的报送；没有的为空", nullable=True, references="dq_delivery.delivery_id"
    )
    state: str = column(
        "状态", description="in_force 有有效报送、held 待核实、missing 到期未报、not_due 未到期"
    )
    first_accepted_at: pl.Datetime = column(
        "首次接收时间", description="首次获接收的报送的收到时间；没有的为空", nullable=True
    )
    timeliness: str = column(
        "及时性", description="on_time 按期、late 迟报、missing 到期未报、not_due 未到期也未报"
    )
    superseded_deliveries: pl.Int64 = column(
        "被替代次数", description="曾获接收、后为新报送替代的", unit="次"
    )
    rejected_deliveries: pl.Int64 = column("退回次数", description="整份退回的报送", unit="次")
    rejected_rows: pl.Int64 = column("退回行数", description="有效报送中未通过规则的行", unit="行")
    disagreeing_totals: pl.Int64 = column("不符合计数", description="有效报送中与各行不符的合计", unit="个")

    class Config:
        title = "应报送"
        description = (
            "各表各单位各报告期应有的报送，自最早有报送获接收的报告期（从未接收的，自最早退回或待核实的）起"
            "至截止时间所在年末，一行一份"
        )


class DqFieldPlace(SourceFieldPlace):
    """One row per delivery, sheet, block and field, with the place of the field's cells."""

    class Config:
        title = "字段位置"
        description = "已接收的报送中各字段在文件里的位置，与事实表的行号合成单元格"


class DqCheckResult(SourceCheckResult):
    """One row per check of this build."""

    class Config:
        title = "检查结果"
        description = "本次建库的全部检查，一行一项，包括未见违反的"


class DqFinding(SourceFinding):
    """One row per row that breaks a table rule, with reporter and file."""

    delivery_id: str = column(
        "报送编号",
        description="所在的一次报送；说不出的为空",
        nullable=True,
        references="dq_delivery.delivery_id",
    )
    reporter_code: str = column("填报单位代码", description="报送者代码；说不出的为空", nullable=True)
    file_name: str = column("文件名", description="报送文件的名称；说不出的为空", nullable=True)

    class Config:
        title = "发现"
        description = (
            "不合表间规则、平衡关系或与历史、同类相差悬殊的行，一行一处，指到单元格；每项检查最多一千行"
        )


class DqQualityScore(pa.DataFrameModel):
    """One row per form in use."""

    staged_table: str = column("表", description="读入的表", key=True)
    form_title: str = column("表名", description="表式约定中的表名")
    completeness_pct: Pct = column("完整", description="到期的报送中已收到的", unit="%")
    timeliness_pct: Pct = column("及时", description="到期的报送中按期收到的", unit="%")
    validity_pct: Pct = column("有效", description="最新各次报送的候选行中未被退回的", unit="%")
    consistency_pct: Pct = column("一致", description="该表的各项检查中通过的", unit="%")
    score_pct: Pct = column("质量得分", description="以上四项的平均，各占四分之一", unit="%")

    class Config:
        title = "质量得分"
        description = "各表的数据质量，一行一表，0 至 100"


class WarehouseInfo(SourceBuildInfo):
    """One row per statement about this warehouse: version, cut-off, basis and kind of data."""

    class Config:
        title = "本库说明"
        description = "本库的版本、截止时间、口径与数据性质，一行一项"


class DqBuildStep(SourceBuildStep):
    """One row per relation and check of this build, with hashes of what it was made of and what it holds."""

    class Config:
        title = "建库步骤"
        description = "本库各表、各检查由什么得来，一行一步；下一版只重做所由已变的"
