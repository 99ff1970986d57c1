"""软弱涣散党组织整顿: organisations listed in the year, their measures and plans, and those rectified."""

from schemas.indicator import Indicator, Kind, Term

_LISTED = "is_listed_in_year"


def _distinct(column: str, where: str = _LISTED) -> Term:
    return Term("fact_weak_party_org", "count_distinct", column, where=where)


def _figure(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, value: Term,
    denominator: Term | None = None,
) -> Indicator:  # fmt: skip
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"{definition}；往年确定而转入本年台账的不计",
        source="软弱涣散党组织整顿台账表式说明",
        form="软弱涣散党组织整顿台账",
        unit=unit,
        kind=kind,
        value=value,
        denominator=denominator,
    )


INDICATORS = [
    _figure(
        "weak_party_org_count", "软弱涣散党组织", "weak primary party organisations identified", "个", "flow",
        "当年确定为软弱涣散的村（社区）党组织，一个计一次", _distinct("org_code"),
    ),
    _figure(
        "rectification_measure_count", "整顿措施", "rectification measures per weak organisation", "项",
        "definition", "“4个1”整顿措施的项数，即台账所列的不同措施；各项内容以台账为准", _distinct("measure_type"),
    ),
    _figure(
        "rectification_plan_count", "整顿方案", "rectification plans", "份", "stock",
        "当年确定的软弱涣散党组织的整顿方案，一村一策，方案编号相同的为一份", _distinct("plan_number"),
    ),
    _figure(
        "rectification_completion_rate", "整顿完成率", "rectification completion", "%", "ratio",
        "各项措施都已完成并验收销号的党组织占当年确定的软弱涣散党组织的比重",
        _distinct("org_code", f"{_LISTED} and is_org_rectified"), _distinct("org_code"),
    ),
]  # fmt: skip
