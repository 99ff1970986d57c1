"""Tables of the PKDD 1999 financial data: loans of a Czech bank, and the accounts that they belong to."""

from typing import Annotated

import polars as pl

from schemas.field import field
from schemas.lineage import Staged
from schemas.rule import rule

Koruna = Annotated[pl.Decimal, 18, 2]


class Loan(Staged):
    """贷款：一行一笔"""

    loan_id: str = field("贷款编号", description="在银行内唯一", key=True, str_matches=r"^\d{4}$")
    account_id: str = field("账户编号", description="还款账户")
    grant_date: pl.Date = field("发放日期", description="贷款发放日期")
    amount_koruna: Koruna = field("发放金额", description="捷克克朗", gt=0)
    duration_months: pl.Int64 = field("期限", description="月数", gt=0)
    payment_koruna: Koruna = field("月供", description="捷克克朗", gt=0)
    status: str = field(
        "状态", description="已结清或未到期，有无拖欠", isin=["结清", "结清有欠", "正常", "拖欠"]
    )

    payments_make_amount = rule(
        "月供乘期限应等于发放金额",
        pl.col("payment_koruna") * pl.col("duration_months") == pl.col("amount_koruna"),
    )


class Account(Staged):
    """账户：一行一户"""

    account_id: str = field("账户编号", description="在银行内唯一", key=True)
    district_id: str = field("网点地区", description="地区编号")
    statement_frequency: str = field(
        "对账频率", description="寄送对账单的频率", isin=["每月", "每周", "交易后"]
    )
    opened_date: pl.Date = field("开户日期", description="账户开立日期")
