"""Tables given to the warehouse beside the staged rows: deliveries, checks, findings; reference data stand in reference.py."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from schemas.field import Pct
from schemas.field import field as column  # two relations here have a column named field

ControlTotal = Annotated[pl.Decimal, 24, 6]
UnitScale = Annotated[pl.Decimal, 18, 6]


class SourceDelivery(pa.DataFrameModel):
    """One row per delivery, whatever its outcome."""

    delivery_id: str = column("报送编号", description="一次报送的编号", key=True)
    revision: pl.Int32 = column("版次", description="规则变更后重新读取的次数，从 1 起")
    contract: str = column("表式", description="形如 表.版式；未识别的为空文本")
    staged_table: str = column("表", description="读入的表；未识别的为空文本")
    form_title: str = column("表名", description="文件中的表名；未识别的为空文本")
    reporter_code: str = column("填报单位代码", description="报送者代码")
    period: str = column("报告期", description="未识别的为空文本")
    period_end_date: pl.Date = column("报告期末", description="报告期的最后一日；未识别的为空", nullable=True)
    county_code: str = column("区县代码", description="报送者所属区县的六位代码")
    received_at: pl.Datetime = column("收到时间", description="文件到达的时间，北京时间")
    staged_at: pl.Datetime = column("读取时间", description="文件被读取的时间，北京时间")
    outcome: str = column(
        "结果", description="accepted 接收、held 待核实、withdrawn 撤回、rejected 退回、duplicate 重复"
    )
    is_in_force: pl.Boolean = column("有效", description="在截止时间为该表、该单位、该报告期所采用的报送")
    is_open: pl.Boolean = column("最新", description="该表、该单位、该报告期最新的非重复报送")
    resend: str = column(
        "待重报",
        description="awaited 尚待重报；uncertain 读不出是哪种表、哪一期或谁的，此后另有报送，是否即其重报须人看；不待重报的为空",
        nullable=True,
    )
    hold_reasons: str = column("待核实的原因", description="为何待核实，以分号相隔；没有则为空文本")
    frame: str = column(
        "应有的行",
        description="list 名录、register 上期、stock 未还清的借据、open 未办结的、form 另一张表、printed 表内所印、none 无从知道",
    )
    frame_rows: pl.Int64 = column(
        "应有行数", description="按表式约定应有的行；无从知道的为空", unit="行", nullable=True
    )
    lacking_rows: pl.Int64 = column("缺的行数", description="应有而没有报的行", unit="行")
    missing_if_blank: str = column(
        "空即缺的字段",
        description="空着即是缺数的字段，形如 ;甲;乙;：约定要填而空着不表示没有的，或整列未报的；没有则为空文本",
    )
    decision: str = column("决定", description="confirm 确认、withdraw 撤回；没有则为空", nullable=True)
    decided_by: str = column("决定人", description="谁作的决定", nullable=True)
    decided_at: pl.Datetime = column("决定时间", description="何时作的决定", nullable=True)
    decision_reason: str = column("决定的理由", description="为何确认或撤回", nullable=True)
    file_name: str = column("文件名", description="报送文件的名称")
    file_sha256: str = column("文件散列", description="报送文件内容的 SHA-256")
    file_size_bytes: pl.Int64 = column("文件大小", description="报送文件的大小", unit="字节")
    file_format: str = column("文件格式", description="由内容判断的格式")
    candidate_rows: pl.Int64 = column("候选行数", description="从文件中读出的记录", unit="行")
    accepted_rows: pl.Int64 = column("接收行数", description="通过全部规则的记录", unit="行")
    rejected_rows: pl.Int64 = column("退回行数", description="未通过规则的记录", unit="行")
    flagged_rows: pl.Int64 = column("存疑行数", description="已接收但带有疑点的记录", unit="行")
    skipped_rows: pl.Int64 = column("略过行数", description="因故略过的记录", unit="行")
    reasons: str = column("退回原因", description="整份退回的原因；没有则为空文本")
    is_synthetic: pl.Boolean = column("合成数据", description="由示例生成器产生")


class SourceRejectedRow(pa.DataFrameModel):
    """One row per reason of a rejected or flagged row."""

    delivery_id: str = column(
        "报送编号", description="该行所在的一次报送", references="dq_delivery.delivery_id"
    )
    staged_table: str = column("表", description="该行应读入的表")
    sheet_name: str = column("工作表", description="文本文件为空文本")
    sheet_row: pl.Int32 = column("行号", description="该行在工作表或文本文件中的行号，从 1 起")
    cell: str = column("单元格", description="形如 C7；涉及整行的为空", nullable=True)
    field: str = column("字段", description="未通过规则的字段；涉及整行的为空", nullable=True)
    rule: str = column("规则", description="未通过的规则")
    severity: str = column("处置", description="reject 退回、flag 存疑")
    message: str = column("说明", description="问题与改正办法")
    value: str = column("填报值", description="原文，有更正的为更正后的；个人信息不留存，为空", nullable=True)


class SourceFieldPlace(pa.DataFrameModel):
    """One row per delivery, sheet, block and field, with the place of the field's cells."""

    delivery_id: str = column(
        "报送编号", description="该字段所在的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    sheet_name: str = column("工作表", description="文本文件为空文本", key=True)
    sheet_block: pl.Int32 = column("块号", description="工作表的第几块，从 1 起", key=True)
    field: str = column("字段", description="接收的行中的字段", key=True)
    column_letters: str = column(
        "列", description="字段所在的列，如 C，与行号合成单元格；不成列的为空", nullable=True
    )
    cell: str = column("单元格", description="字段只有一个单元格时的地址，如 D11；成列的为空", nullable=True)
    unit_scale: UnitScale = column("单位倍数", description="表内所用单位是字段单位的几倍，如万元为 10000")


class SourceExpectedDelivery(pa.DataFrameModel):
    """One row per form, reporter and period that is expected, or that came without being expected."""

    staged_table: str = column("表", description="读入的表", key=True)
    form_title: str = column("表名", description="表式约定中的表名")
    reporter_code: str = column(
        "填报单位代码", description="应报送者", key=True, references="dim_reporter.reporter_code"
    )
    period: str = column("报告期", description="形如 2022、2022-Q3、2022-06 或 2022-12-31", key=True)
    period_end_date: pl.Date = column("报告期末", description="报告期的最后一日")
    due_date: pl.Date = column("应报日期", description="按期报送的最后一日")
    is_due: pl.Boolean = column("已到期", description="截止时间已过应报日期，也不是只有待核实的报送")
    is_early: pl.Boolean = column(
        "期未结束", description="截止时间报告期尚未结束；已报的是提前报送，其数不是最后的"
    )


class SourceControlTotal(pa.DataFrameModel):
    """One row per total printed in a file, with the sum of the rows that it totals."""

    delivery_id: str = column(
        "报送编号", description="合计所在的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    sheet_name: str = column("工作表", description="文本文件为空文本", key=True)
    cell: str = column("单元格", description="合计所在的单元格或行", key=True)
    field: str = column("字段", description="合计的字段", key=True)
    label: str = column("行名", description="合计、小计等")
    printed: ControlTotal = column(
        "所印合计", description="文件中所印的数，已折算为字段的计量单位；不是数字的为空", nullable=True
    )
    computed: ControlTotal = column(
        "计算合计", description="由各行相加而得；有更正的行先按更正后的值，唯独按原文才相符的按原文"
    )
    agrees: pl.Boolean = column("相符", description="所印与计算相符")


class SourceCorrection(pa.DataFrameModel):
    """One row per correction of the home, with its effect on the delivery in force."""

    correction_id: str = column("更正编号", description="更正的编号", key=True)
    correction_file: str = column("更正文件", description="登记该条更正的文件，在 corrections 文件夹下")
    staged_table: str = column("表", description="更正所及的表")
    reporter_code: str = column("填报单位代码", description="报送者", references="dim_reporter.reporter_code")
    period: str = column("报告期", description="更正所及的报告期")
    sheet_name: str = column("工作表", description="文本文件为空文本")
    cell: str = column("单元格", description="形如 D7；文本文件为列的字母与行号")
    field: str = column("字段", description="单元格读入的字段")
    expected_text: str = column("应为原文", description="登记时单元格里的原文；空文本为空单元格")
    corrected_text: str = column("更正为", description="代之以此读取；空文本为空单元格")
    entered_by: str = column("登记人", description="谁登记的")
    entered_on: pl.Date = column("登记日期", description="何时登记")
    reason: str = column("缘由", description="为何更正，凭什么确认")
    status: str = column("状态", description="in_force 有效、withdrawn 已撤回")
    state: str = column(
        "结果",
        description="applied 已更正、guard_failed 单元格已不是应为的原文、no_delivery 没有有效报送、waiting 报送待核实或已撤回、"
        "withdrawn 已撤回",
    )
    found_text: str = column(
        "现有原文",
        description="有效报送的单元格里的原文；不是该字段的单元格、或表内有个人信息的为空",
        nullable=True,
    )
    delivery_id: str = column(
        "报送编号",
        description="有效的报送；没有的、已撤回的为空",
        nullable=True,
        references="dq_delivery.delivery_id",
    )
    sheet_block: pl.Int32 = column(
        "块号", description="单元格所在的行在第几块；一格管几行的、没有更正的为空", nullable=True
    )
    sheet_row: pl.Int32 = column(
        "行号", description="单元格所在的行；一格管几行的、没有更正的为空", nullable=True
    )


class SourcePrintedRule(pa.DataFrameModel):
    """One row per rule that a sheet prints itself, with the number of records it was evaluated on."""

    delivery_id: str = column(
        "报送编号", description="印有规则的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    sheet_name: str = column("工作表", description="规则所在的工作表", key=True)
    cell: str = column("单元格", description="规则所在的单元格", key=True)
    rule: str = column("规则", description="所印的规则，如 12=13+14；代码是表内的代码", key=True)
    is_understood: pl.Boolean = column("读懂", description="读成了关系，且代码都在表内找到")
    not_understood: str = column("未读懂的原因", description="读懂的为空", nullable=True)
    evaluated_records: pl.Int64 = column("核对行数", description="核对过的行（或栏），含合计", unit="行")
    skipped_records: pl.Int64 = column("略过行数", description="有空格，或本不平衡（增减等）的行", unit="行")
    violations: pl.Int64 = column("不符行数", description="不合规则的行（或栏）", unit="行")


class SourcePrintedRuleViolation(pa.DataFrameModel):
    """One row per record that breaks a rule of its own sheet."""

    delivery_id: str = column(
        "报送编号", description="印有规则的一次报送", key=True, references="dq_delivery.delivery_id"
    )
    sheet_name: str = column("工作表", description="规则所在的工作表", key=True)
    rule_cell: str = column("规则单元格", description="规则所在的单元格", key=True)
    rule: str = column("规则", description="所印的规则", key=True)
    cell: str = column("单元格", description="规则左边第一个数所在的单元格", key=True)
    left_value: ControlTotal = column("左边", description="规则左边的数，按表内的计量单位")
    right_value: ControlTotal = column("右边", description="规则右边的数，按表内的计量单位")


class SourceCheckResult(pa.DataFrameModel):
    """One row per check of this build, row rules and table rules alike."""

    table_name: str = column("表", description="所检查的表", key=True)
    check_name: str = column("检查", description="检查的固定名称", key=True)
    kind: str = column("类别", description="row_rule、key、reference、reconciliation、completeness 等")
    title: str = column("规则", description="规则的文字表述")
    importance: str = column("重要性", description="high、normal、low；决定几行不符即提醒或算错误")
    severity: str = column("程度", description="error 错误、warn 提醒；通过的为空", nullable=True)
    missing: str = column(
        "缺失值", description="缺值的比较：skip_if_any 有缺即不比、skip_if_all 全缺才不比、never_skip 照比"
    )
    is_blocking: pl.Boolean = column("阻止发布", description="不通过时不发布")
    is_passed: pl.Boolean = column("通过", description="违反规则的行没有达到提醒的限度")
    failed_rows: pl.Int64 = column("违反行数", description="违反规则的行", unit="行")
    checked_rows: pl.Int64 = column("检查行数", description="所检查的行", unit="行")
    failed_pct: Pct = column("违反比重", description="违反行数占检查行数的百分比", unit="%")
    message: str = column("说明", description="违反规则的例子；没有则为空文本")
    merged_into: str = column(
        "界面检查", description="界面上与同类规则并为一项的检查；单列的为空", nullable=True
    )
    merged_failed_rows: pl.Int64 = column(
        "并计违反行数", description="违反该项检查任一规则的行，一行只计一次；单列的为 0", unit="行"
    )


class SourceAnswer(pa.DataFrameModel):
    """One row per answer of a sender to a query."""

    delivery_id: str = column("报送编号", description="带来答复的报送", references="dq_delivery.delivery_id")
    sheet_name: str = column("工作表", description="所答的工作表；答整份的为空文本")
    sheet_row: pl.Int32 = column("行号", description="所答的行；答整份的为空", nullable=True)
    cell: str = column("单元格", description="所答的单元格，或表中“说明”一栏的单元格；答整份的为空文本")
    query: str = column("查询", description="所答的原因；写在表中“说明”一栏的为空文本")
    answer: str = column("答复", description="填报单位的说明，其中的个人号码已隐去")


class SourceFinding(pa.DataFrameModel):
    """One row per row that breaks a table rule; of each rule the first ones only."""

    table_name: str = column("表", description="所检查的表", key=True)
    check_name: str = column("检查", description="检查的固定名称", key=True)
    finding_number: pl.Int32 = column("序号", description="同一检查内从 1 起", key=True)
    title: str = column("规则", description="规则的文字表述")
    severity: str = column("程度", description="error 错误、warn 提醒；未达限度的为空", nullable=True)
    delivery_id: str = column("报送编号", description="所在的一次报送；说不出的为空", nullable=True)
    period: str = column("报告期", description="所涉的报告期；规则未给出的为空", nullable=True)
    sheet_name: str = column("工作表", description="所在的工作表；说不出的为空", nullable=True)
    sheet_row: pl.Int32 = column("行号", description="所在的行；说不出的为空", nullable=True)
    fields: str = column("字段", description="规则所比的字段，以分号相隔；说不出的为空", nullable=True)
    cells: str = column("单元格", description="所比字段的单元格，以顿号相隔；说不出的为空", nullable=True)
    evidence: str = column("依据", description="规则所见的数，形如 名称=值")
    other_delivery_id: str = column("对方报送编号", description="所比的那一行所在的报送", nullable=True)
    other_cells: str = column("对方单元格", description="所比的那一行的单元格，前为工作表", nullable=True)


class SourceBuildInfo(pa.DataFrameModel):
    """One row per statement that a build makes about itself."""

    name: str = column("项目", description="说明项目的固定名称", key=True)
    value: str = column("内容", description="说明的内容")
    description: str = column("含义", description="说明项目的含义")


class SourceBuildStep(pa.DataFrameModel):
    """One row per relation that a build read or made, and per check that it ran."""

    kind: str = column("类别", description="source 读入、table 表、view 视图、check 检查", key=True)
    name: str = column("名称", description="表名；检查为 表名.检查名", key=True)
    made_of: str = column("所由散列", description="定义及所读各表内容的 SHA-256；与上一版相同的不重做")
    contents: str = column("内容散列", description="全部行的散列，与次序无关；视图同所由散列，检查为空文本")
    row_count: pl.Int64 = column("行数", description="表或读入的行；其余为空", unit="行", nullable=True)
