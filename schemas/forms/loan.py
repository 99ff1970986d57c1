"""贷款: notes as of a date (a snapshot), and what was granted or recovered (a flow).

Field names follow the PBOC pair CLGRDK and GRDKFS and the EAST loan-note table where they agree.
"""

import polars as pl

from schemas.field import Pct, Yuan, field
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import id_number_holds

BORROWER_TYPES = ["农户", "非农户个人", "个体工商户", "农民专业合作社", "企业"]
FIVE_CLASSES = ["正常", "关注", "次级", "可疑", "损失"]
GRANT_TYPES = ["新增", "借新还旧", "无还本续贷", "展期"]

TRANSACTION_TYPES = ["发放", "收回", "冲销发放"]
REVERSAL_REASONS = ["录入有误", "重复入账", "借款人撤销", "其他"]
PURPOSES = ["种植", "养殖", "农产品加工", "农机购置", "经营周转", "住房", "消费", "其他"]

_NOTE_NUMBER = r"^[A-Za-z0-9_/-]{4,60}$"


class StagedLoanNote(Staged):
    """Accepted rows of a bank's loan ledger or stock file: note by as-of date (the period)."""

    note_number: str = field(
        "借据号",
        description="贷款借据编码，在一家机构内唯一",
        key=True,
        str_matches=_NOTE_NUMBER,
    )
    borrower_key: str = field("借款人", description="证件号码的加盐散列；证件号码本身不入库", pii="id_number")
    household_key: str = field(
        "户", description="机构内户号的加盐散列；台账无户号时为空", pii="hash", blank="missing"
    )
    borrower_type: str = field(
        "借款人类型", description="空表示未报，不视为农户", isin=BORROWER_TYPES, blank="missing"
    )
    village_code: str = field(
        "行政村代码",
        description="借款人所在行政村；空表示未报",
        place="village",
        blank="missing",
        references="dim_division.division_code",
    )
    amount_yuan: Yuan = field(
        "发放金额", description="借据的发放金额；人行存量表无此项", unit="元", gt=0, blank_only_if_absent=True
    )
    balance_yuan: Yuan = field("贷款余额", description="时点上的贷款余额", unit="元", ge=0)
    rate_pct: Pct = field("年利率", description="年利率，0 至 100", unit="%", ge=0, le=36, blank="missing")
    grant_date: pl.Date = field("发放日期", description="贷款发放日期")
    due_date: pl.Date = field("到期日期", description="约定到期日期；展期的为展期前到期日")
    extension_count: pl.Int64 = field(
        "展期次数", description="累计展期次数", unit="次", ge=0, blank="missing"
    )
    five_class: str = field("五级分类", description="贷款质量五级分类", isin=FIVE_CLASSES, blank="missing")
    purpose: str = field(
        "贷款用途", description="归入用途分类；不能归类的为其他", isin=PURPOSES, blank="missing"
    )
    grant_type: str = field(
        "发放类型",
        description="新增以外的（借新还旧、无还本续贷、展期）不是新发放；空表示未报",
        isin=GRANT_TYPES,
        blank="missing",
    )
    prior_note_number: str = field(
        "上笔借据号",
        description="续贷或借新还旧所承接的借据",
        str_matches=_NOTE_NUMBER,
        blank="none",
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("borrower_key")), of="borrower_key")
    in_percent = rule(
        "年利率应为百分数（如 4.35）；低于 0.5 的可能是小数",
        (pl.col("rate_pct") == 0) | (pl.col("rate_pct") >= 0.5),
        of="rate_pct",
        flag=True,
    )
    due_after_grant = rule("到期日期不应早于发放日期", pl.col("due_date") >= pl.col("grant_date"))
    balance_within_amount = rule("贷款余额不应大于发放金额", pl.col("balance_yuan") <= pl.col("amount_yuan"))
    granted_by_as_of = rule(
        "发放日期不应晚于数据日期",
        pl.col("grant_date") <= pl.col("period").str.to_date("%Y-%m-%d", strict=False),
    )


class StagedLoanTransaction(Staged):
    """Accepted rows of a bank's flow file: one grant, recovery or reversal of a grant."""

    transaction_serial: str = field("交易流水号", description="在一家机构内唯一", key=True)
    note_number: str = field("借据号", description="贷款借据编码", str_matches=_NOTE_NUMBER)
    borrower_key: str = field("借款人", description="证件号码的加盐散列；证件号码本身不入库", pii="id_number")
    transaction_type: str = field(
        "发放/收回标识",
        description="发放、收回，或冲销此前的一次发放（冲正）",
        isin=TRANSACTION_TYPES,
    )
    transaction_amount_yuan: Yuan = field(
        "发生金额", description="本次发放、收回或冲销的金额；冲销也填正数", unit="元", gt=0
    )
    grant_date: pl.Date = field("发放日期", description="贷款发放日期")
    actual_end_date: pl.Date = field("实际终止日期", description="已结清的为结清日期", blank="none")
    rate_pct: Pct = field("年利率", description="年利率，0 至 100", unit="%", ge=0, le=36, blank="missing")
    grant_type: str = field(
        "贷款重组方式",
        description="新增以外的不是新发放；按制度空表示未重组，读作新增",
        isin=GRANT_TYPES,
        blank="missing",
    )
    purpose: str = field(
        "贷款用途", description="归入用途分类；不能归类的为其他", isin=PURPOSES, blank="missing"
    )
    reversal_reason: str = field(
        "冲正原因",
        description="冲销发放的须填，其他的不填；不能归类的为其他",
        isin=REVERSAL_REASONS,
        blank="none",
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("borrower_key")), of="borrower_key")
    granted_by_as_of = rule(
        "发放日期不应晚于数据日期",
        pl.col("grant_date") <= pl.col("period").str.to_date("%Y-%m-%d", strict=False),
    )
    reversal_has_reason = rule(
        "冲销发放应写明冲正原因，其他的不应有",
        (pl.col("transaction_type") == "冲销发放") == pl.col("reversal_reason").is_not_null(),
    )


class FactLoan(FactLineage):
    """The columns that the two loan facts share."""

    institution_code: str = field(
        "机构代码", description="报送的银行机构", key=True, references="dim_institution.institution_code"
    )
    note_number: str = field("借据号", description="贷款借据编码，在一家机构内唯一")
    household_key: str = field(
        "户键",
        description="机构内的户；借据无户号而借款人在该机构只有一个户号的，用该户号，再没有的为借款人",
        of_households="household_key",
        references="dim_household.household_key",
    )
    identified_by: str = field(
        "识别依据",
        description="household 本行的户号、household_elsewhere 别的行所报的户号、borrower 借款人",
    )
    borrower_type: str = field("借款人类型", description="各期台账中最后所报的；未报的为 unknown，不视为农户")
    is_farm_household: pl.Boolean = field("农户", description="借款人类型为农户；未报的为否")
    division_key: str = field(
        "区划键",
        description="借款人所在行政村，各期台账中最后所报的，取发生日或时点上的有效期；未报的为 unknown",
        references="dim_division.division_key",
    )
    grant_date: pl.Date = field("发放日期", description="贷款发放日期，按所报")
    purpose: str = field(
        "贷款用途", description="归入用途分类，各期台账中最后所报的；未报的为空", nullable=True
    )
    grant_type: str = field(
        "发放类型", description="新增、借新还旧、无还本续贷、展期；未报的为 unknown，不视为新增"
    )
    prior_note_number: str = field("上笔借据号", description="续贷或借新还旧所承接的借据", nullable=True)
    rate_pct: Pct = field(
        "年利率", description="年利率，0 至 100", unit="%", nullable=True, unwatched="same_note_compared"
    )


class FactLoanDisbursement(FactLoan):
    """One row per event of disbursement."""

    note_number: str = field("借据号", description="贷款借据编码，在一家机构内唯一", key=True)
    transaction_serial: str = field(
        "交易流水号", description="发放流水的流水号；按台账计的发放为空文本", key=True
    )
    event_date: pl.Date = field(
        "发生日期",
        description="计入哪一天：台账的为发放日期；流水的发放日期在流水当月的为发放日期，否则为流水的数据日期",
    )
    amount_yuan: Yuan = field(
        "发放金额",
        description="本次发放的金额；冲销发放的为负数",
        unit="元",
        watch=(10000,),
        of_households="household_key",
    )
    due_date: pl.Date = field("到期日期", description="约定到期日期；只有流水的为空", nullable=True)
    is_new_disbursement: pl.Boolean = field(
        "新发放",
        description="发放类型为新增且无上笔借据；借新还旧、无还本续贷、展期和未报发放类型的为否，不计入发放额",
    )
    is_reversed: pl.Boolean = field(
        "已冲正", description="冲销发放，或所属借据的发放已全额冲销的发放；计发放额，不计笔数和户数"
    )
    reversal_reason: str = field("冲正原因", description="冲销发放的原因；其他的为空", nullable=True)

    class Config:
        title = "贷款发放"
        description = (
            "一行为一次发放或冲销发放。机构报送发生额的取其流水，计入流水当月；否则每张借据计一次，金额、日期取首个"
            "有效台账，借款人类型、村、户号等取最后所报的。续贷等也保留，统计新发放须 is_new_disbursement；"
            "冲销发放在冲正当月减发放额，全额冲销的不计笔数和户数"
        )
        metadata = {"peers": ("institution_code",)}


class FactLoanBalance(FactLoan):
    """One row per note and as-of date."""

    as_of_date: pl.Date = field("时点日期", description="余额的时点", key=True)
    note_number: str = field("借据号", description="贷款借据编码，在一家机构内唯一", key=True)
    amount_yuan: Yuan = field(
        "发放金额",
        description="借据的发放金额；存量表无此项的为空",
        unit="元",
        nullable=True,
        unwatched="same_note_compared",
    )
    balance_yuan: Yuan = field(
        "贷款余额",
        description="时点上的贷款余额",
        unit="元",
        unwatched="paid_down",
        of_households="household_key",
    )
    due_date: pl.Date = field("到期日期", description="约定到期日期")
    extension_count: pl.Int64 = field(
        "展期次数", description="累计展期次数", unit="次", nullable=True, unwatched="small_counts"
    )
    five_class: str = field("五级分类", description="贷款质量五级分类；未报的为空", nullable=True)
    is_agriculture_related: pl.Boolean = field(
        "涉农贷款",
        description=(
            "按涉农贷款专项统计制度：农户和农民专业合作社的贷款，以及用途为种植、养殖、农产品加工、农机购置的贷款为是；"
            "借款人类型或用途未报、由另一项又不能判定的为空；台账没有企业注册地，农村企业其他用途的贷款未能计入"
        ),
        nullable=True,
    )

    class Config:
        title = "贷款余额"
        description = (
            "一行为一张借据的一个时点，取有效报送；余额、分类和日期按当期所报，借款人类型、村、户号、用途等在一张"
            "借据的各行相同，取最后所报的；余额只可在同一时点相加"
        )
