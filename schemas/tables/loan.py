"""贷款: notes as of a date (a snapshot), and what was granted or recovered (a flow).

Field names follow the PBOC pair CLGRDK and GRDKFS and the EAST loan-note table where they agree.
"""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.field import field
from schemas.rules import id_number_holds
from schemas.tables.lineage import Lineage

Yuan = Annotated[pl.Decimal, 18, 2]
RatePct = Annotated[pl.Decimal, 9, 4]

BORROWER_TYPES = ["农户", "非农户个人", "个体工商户", "农民专业合作社", "企业"]
FIVE_CLASSES = ["正常", "关注", "次级", "可疑", "损失"]
GRANT_TYPES = ["新增", "借新还旧", "无还本续贷", "展期"]
TRANSACTION_TYPES = ["发放", "收回"]
PURPOSES = ["种植", "养殖", "农产品加工", "农机购置", "经营周转", "住房", "消费", "其他"]

_NOTE_NUMBER = r"^[A-Za-z0-9_/-]{4,60}$"


class StagedLoanNote(Lineage):
    """Accepted rows of a bank's loan ledger or stock file: note by as-of date (the period)."""

    note_number: str = field(
        "借据号",
        description="贷款借据编码，在一家机构内唯一",
        key=True,
        str_matches=_NOTE_NUMBER,
    )
    borrower_key: str = field("借款人", description="证件号码的加盐散列；证件号码本身不入库", pii="id_number")
    household_key: str = field(
        "户", description="机构内户号的加盐散列；台账无户号时为空", pii="hash", nullable=True
    )
    borrower_type: str = field(
        "借款人类型", description="空表示未报，不视为农户", isin=BORROWER_TYPES, nullable=True
    )
    village_code: str = field(
        "行政村代码",
        description="借款人所在行政村；空表示未报",
        place="village",
        nullable=True,
        references="dim_division.division_code",
    )
    amount_yuan: Yuan = field(
        "发放金额", description="借据的发放金额；人行存量表无此项", unit="元", gt=0, blank_only_if_absent=True
    )
    balance_yuan: Yuan = field("贷款余额", description="时点上的贷款余额", unit="元", ge=0)
    rate_pct: RatePct = field("年利率", description="年利率，0 至 100", unit="%", ge=0, le=36, nullable=True)
    grant_date: pl.Date = field("发放日期", description="贷款发放日期")
    due_date: pl.Date = field("到期日期", description="约定到期日期；展期的为展期前到期日")
    extension_count: pl.Int64 = field("展期次数", description="累计展期次数", unit="次", ge=0, nullable=True)
    five_class: str = field("五级分类", description="贷款质量五级分类", isin=FIVE_CLASSES, nullable=True)
    purpose: str = field(
        "贷款用途", description="归入用途分类；不能归类的为其他", isin=PURPOSES, nullable=True
    )
    grant_type: str = field(
        "发放类型",
        description="新增以外的（借新还旧、无还本续贷、展期）不是新发放；空表示未报",
        isin=GRANT_TYPES,
        nullable=True,
    )
    prior_note_number: str = field(
        "上笔借据号",
        description="续贷或借新还旧所承接的借据",
        str_matches=_NOTE_NUMBER,
        nullable=True,
    )

    @pa.check("borrower_key", name="check_digit", title="证件号码的校验码应成立")
    def check_digit(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(id_number_holds(pl.col(data.key)))

    @pa.check(
        "rate_pct", name="in_percent", title="年利率应为百分数（如 4.35）；低于 0.5 的可能是小数", raise_warning=True
    )
    def in_percent(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col(data.key) == 0) | (pl.col(data.key) >= 0.5))

    @pa.dataframe_check(name="due_after_grant", title="到期日期不应早于发放日期")
    def due_after_grant(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("due_date") >= pl.col("grant_date"))

    @pa.dataframe_check(name="balance_within_amount", title="贷款余额不应大于发放金额")
    def balance_within_amount(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("balance_yuan") <= pl.col("amount_yuan"))

    @pa.dataframe_check(name="granted_by_as_of", title="发放日期不应晚于数据日期")
    def granted_by_as_of(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            pl.col("grant_date") <= pl.col("period").str.to_date("%Y-%m-%d", strict=False)
        )


class StagedLoanTransaction(Lineage):
    """Accepted rows of a bank's flow file: one grant or recovery."""

    transaction_serial: str = field("交易流水号", description="在一家机构内唯一", key=True)
    note_number: str = field("借据号", description="贷款借据编码", str_matches=_NOTE_NUMBER)
    borrower_key: str = field("借款人", description="证件号码的加盐散列；证件号码本身不入库", pii="id_number")
    transaction_type: str = field("发放/收回标识", description="发放或收回", isin=TRANSACTION_TYPES)
    transaction_amount_yuan: Yuan = field("发生金额", description="本次发放或收回的金额", unit="元", gt=0)
    grant_date: pl.Date = field("发放日期", description="贷款发放日期")
    actual_end_date: pl.Date = field("实际终止日期", description="已结清的为结清日期", nullable=True)
    rate_pct: RatePct = field("年利率", description="年利率，0 至 100", unit="%", ge=0, le=36, nullable=True)
    grant_type: str = field(
        "贷款重组方式", description="新增以外的不是新发放；空表示未重组", isin=GRANT_TYPES, nullable=True
    )
    purpose: str = field(
        "贷款用途", description="归入用途分类；不能归类的为其他", isin=PURPOSES, nullable=True
    )

    @pa.check("borrower_key", name="check_digit", title="证件号码的校验码应成立")
    def check_digit(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(id_number_holds(pl.col(data.key)))

    @pa.dataframe_check(name="granted_by_as_of", title="发放日期不应晚于数据日期")
    def granted_by_as_of(cls, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(
            pl.col("grant_date") <= pl.col("period").str.to_date("%Y-%m-%d", strict=False)
        )
