"""Data quality: deliveries, rejected rows, corrections, control totals, checks, findings, the build."""

import pandera.polars as pa
import polars as pl

from schemas.field import Pct
from schemas.field import field as column  # a relation here has a column named field
from schemas.tables.source import (
    SourceBuildInfo,
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
    SourceSettledPeriod,
)


class DqDelivery(SourceDelivery):
    """One row per delivery, whatever its outcome."""

    class Config:
        title = "报送"
        description = "收到的每一次报送及其结果，一行一次；is_in_force 的进入本库"


class DqSettledPeriod(SourceSettledPeriod):
    """One row per period that is settled by decision."""

    class Config:
        title = "定稿的期"
        description = "由决定定稿的年、季、月，一行一期；其指标数不再等待缺的，新到的报送待核实"


class DqMissingUnit(pa.DataFrameModel):
    """One row per unit that a form should have spoken of and did not."""

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
    division_key: str = column(
        "区划键", description="对象所在的区划；不详的为 unknown", references="dim_division.division_key"
    )

    class Config:
        title = "漏报的对象"
        description = "应报而没有报的村、企业、借据等，一行一个；数据管理员确认已不在的不列"


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
