"""财政衔接资金台账: what each project was given from which level of government, and what of it was paid."""

from functools import partial

import polars as pl

from schemas.fact import REPORTER, Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

LEVELS = ["中央", "省级", "市级", "区级"]


class StagedFiscalFund(Staged):
    """Accepted rows of 财政衔接资金台账, one per delivery and project."""

    project_number: str = field(
        "项目编号",
        description="资金项目的编号；一个项目用几级资金的，各级各编一号",
        key=True,
        str_matches=r"^[0-9A-Z-]{4,30}$",
    )
    level: str = field("资金级次", description="安排资金的一级财政", isin=LEVELS)
    project_name: str = field(
        "项目名称", description="资金项目的名称", str_length={"min_value": 2, "max_value": 60}
    )
    township_code: str = field(
        "实施乡镇代码",
        description="项目所在的乡镇街道；全区性的项目为空",
        place="township_level",
        blank="not_applicable",
        references="dim_division.division_code",
    )
    budgeted_yuan: Yuan = field(
        "安排金额", description="当年安排到项目的资金", unit="元", ge=0, watch=(10000,)
    )
    paid_yuan: Yuan = field("支付金额", description="年末已支付的金额", unit="元", ge=0, watch=(10000,))

    no_personal_number = rule(
        "项目名称中不应有电话或证件号码", no_long_number(pl.col("project_name")), of="project_name"
    )
    paid_within_budget = rule("支付金额不应大于安排金额", pl.col("paid_yuan") <= pl.col("budgeted_yuan"))


FISCAL_FUND = Fact(
    StagedFiscalFund,
    title="财政衔接资金",
    grain="一行为一个资金项目的一年，取有效报送；安排金额各级可以相加，互不包含",
    place=("township_code", REPORTER),
    notes={
        "division_key": "全区性的项目为区县",
    },
)


_FACT = "fact_fiscal_fund"
_BUDGETED_BY_DISTRICT = Term(_FACT, "sum", "budgeted_yuan", where="level = '区级'")


_indicator = partial(
    Indicator,
    chapter="增收与金融",
    source="财政衔接资金台账表式说明",
    form="财政衔接资金台账",
)

INDICATORS = [
    _indicator(
        "fiscal_rural_revitalization_fund", "区本级财政投入乡村振兴资金",
        "district funds for rural revitalization", "元", "flow",
        "区级财政当年安排到项目的资金之和，不论是否已支付；不含中央、省、市安排的",
        _BUDGETED_BY_DISTRICT,
    ),
    _indicator(
        "fiscal_fund_yoy_growth", "区本级财政投入增长", "growth of district funds", "%", "growth",
        "区级财政当年安排的资金比上年安排的增长，两年口径相同",
        _BUDGETED_BY_DISTRICT,
    ),
    _indicator(
        "fiscal_fund_paid_rate", "财政衔接资金支付率", "share of all funds that was paid", "%", "ratio",
        "年末已支付的金额占各级财政当年安排的资金的比重",
        Term(_FACT, "sum", "paid_yuan"), Term(_FACT, "sum", "budgeted_yuan"),
    ),
]  # fmt: skip
