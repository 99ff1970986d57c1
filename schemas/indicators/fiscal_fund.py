"""财政衔接资金: what the district itself arranged, its growth, and how much of all funds was paid.

What is arranged, not what is paid, is what a level of government puts in (投入): payment follows the progress of
projects, goes on after the end of the year, and has an indicator of its own.
"""

from schemas.indicator import Indicator, Kind, Term

_FACT = "fact_fiscal_fund"
_BUDGETED_BY_DISTRICT = Term(_FACT, "sum", "budgeted_yuan", where="level = '区级'")


def _indicator(
    code: str,
    name: str,
    name_en: str,
    unit: str,
    kind: Kind,
    definition: str,
    value: Term,
    denominator: Term | None = None,
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="财政衔接资金台账表式说明",
        form="财政衔接资金台账",
        unit=unit,
        kind=kind,
        value=value,
        denominator=denominator,
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
