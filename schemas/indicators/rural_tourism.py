"""乡村旅游: each month's own visits and revenue, which add up."""

from schemas.indicator import Indicator, Term

_DEFINITION = "各接待点各月{}之和；是当月数，各月相加得季与年"


def _flow(code: str, name: str, name_en: str, unit: str, column: str, subject: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition=_DEFINITION.format(subject),
        source="乡村旅游接待统计表表式说明",
        form="乡村旅游接待统计表",
        unit=unit,
        kind="flow",
        value=Term("fact_rural_tourism", "sum", column, over_time="sum"),
        periods=("year", "quarter", "month"),
    )


INDICATORS = [
    _flow(
        "rural_tourism_visits", "乡村旅游人次", "rural tourism visits", "人次", "visits",
        "接待人次（人次不是人数）",
    ),
    _flow("rural_tourism_revenue", "乡村旅游收入", "rural tourism revenue", "元", "revenue_yuan", "旅游收入"),
]  # fmt: skip
