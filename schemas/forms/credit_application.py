"""银行授信申报表: credit that organisations applied for by kind of project, and what was granted."""

from functools import partial

import polars as pl

from schemas.fact import INSTITUTION_COLUMN, Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

PROJECT_CATEGORIES = ["产业发展类", "乡村建设行动类", "其他类"]
STATUSES = ["审批中", "已批复", "未通过"]
_ORGANISATION = r"^.+(公司|合作社|联合社|委员会|村委会|合作总社|中心|农场|厂|局|站|所)$"


class StagedCreditApplication(Staged):
    """Accepted rows of 银行授信申报表, one per delivery and application."""

    application_number: str = field(
        "申报编号", description="银行的授信申报编号", key=True, str_matches=r"^[0-9A-Z-]{4,30}$"
    )
    applicant_name: str = field(
        "申报主体",
        description="申报授信的单位；个人的贷款不在此表",
        str_matches=_ORGANISATION,
        str_length={"min_value": 4, "max_value": 60},
    )
    project_category: str = field(
        "项目类别", description="与乡村振兴局商定的项目类别", isin=PROJECT_CATEGORIES
    )
    status: str = field("审批状态", description="年末时的办理情况", isin=STATUSES)
    applied_yuan: Yuan = field("申报金额", description="申报的授信额度", unit="元", gt=0, watch=(10000,))
    granted_yuan: Yuan = field(
        "批复金额",
        description="批复的授信额度；未批复的为空",
        unit="元",
        gt=0,
        blank="none",
        watch=(10000,),
    )

    no_personal_number = rule(
        "申报主体中不应有电话或证件号码", no_long_number(pl.col("applicant_name")), of="applicant_name"
    )
    granted_when_approved = rule(
        "已批复的应有批复金额，其余的不应有",
        (pl.col("status") == "已批复") == pl.col("granted_yuan").is_not_null(),
    )
    granted_within_applied = rule(
        "批复金额不应大于申报金额", pl.col("granted_yuan") <= pl.col("applied_yuan")
    )


CREDIT_APPLICATION = Fact(
    StagedCreditApplication,
    title="银行授信申报",
    grain="一行为一笔授信申报的一年，取有效报送；是额度，不是发放",
    keyed_by_reporter=True,
    reporter=INSTITUTION_COLUMN,
)


_indicator = partial(
    Indicator,
    chapter="增收与金融",
    source="银行授信申报表表式说明",
    form="银行授信申报表",
)

INDICATORS = [
    _indicator(
        "credit_project_category_count", "授信申报项目类别", "kinds of projects with credit applications",
        "类", "definition", "当年各机构受理申报的项目类别，一类计一次，不论是否批复",
        Term("fact_credit_application", "count_distinct", "project_category"),
    ),
    _indicator(
        "credit_applied_amount", "授信申报金额", "credit applied for", "元", "flow",
        "当年申报的授信额度之和，不论是否批复", Term("fact_credit_application", "sum", "applied_yuan"),
    ),
    _indicator(
        "credit_granted_amount", "授信批复金额", "credit granted", "元", "flow",
        "当年申报中年末已批复的授信额度之和；是额度，不是发放",
        Term("fact_credit_application", "sum", "granted_yuan"),
    ),
]  # fmt: skip
