"""防止返贫监测: households ever found at risk, those still at risk, and the share whose risk is gone."""

from schemas.indicator import Indicator, Term

_FACT = "fact_monitored_household"
_ALL = Term(_FACT, "count", "category")


def _indicator(
    code: str, name: str, name_en: str, definition: str, value: Term, denominator: Term | None = None
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="防止返贫监测对象台账表式说明",
        form="防止返贫监测对象台账",
        unit="%" if denominator else "户",
        kind="ratio" if denominator else "stock",
        value=value,
        denominator=denominator,
        periods=("year", "quarter"),
    )


INDICATORS = [
    _indicator(
        "monitored_household_count", "防止返贫监测对象", "households found at risk of poverty",
        "期内最近一季末累计认定的监测户，含风险已消除的", _ALL,
    ),
    _indicator(
        "monitored_household_at_risk_count", "未消除风险的监测对象", "households still at risk of poverty",
        "期内最近一季末风险尚未消除的监测户", Term(_FACT, "count", "category", where="cleared_date is null"),
    ),
    _indicator(
        "monitored_household_cleared_rate", "监测对象风险消除率", "share of households whose risk is gone",
        "期内最近一季末风险已消除的监测户占累计认定的监测户的比重",
        Term(_FACT, "count", "cleared_date", where="cleared_date is not null"), _ALL,
    ),
]  # fmt: skip
