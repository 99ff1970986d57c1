"""领导包联乡村: villages with a leader of their own, the leaders, and their visits."""

from schemas.indicator import Aggregate, Indicator, Kind, Term


def _indicator(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, term: tuple[Aggregate, str]
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=definition,
        source="领导包联乡村台账表式说明",
        form="领导包联乡村台账",
        unit=unit,
        kind=kind,
        value=Term("fact_leadership_pairing", *term),
    )


INDICATORS = [
    _indicator(
        "paired_village_count", "领导包联村", "villages paired with a leader", "个", "stock",
        "年末有领导包联的行政村，几名领导包联同一村的计一次", ("count_distinct", "village_code"),
    ),
    _indicator(
        "pairing_leader_count", "包联领导", "leaders paired with villages", "名", "stock",
        "年末包联行政村的领导，一人计一次", ("count_distinct", "leader_key"),
    ),
    _indicator(
        "leader_pairing_visits", "领导包联走访", "visits of leaders to their villages", "次", "flow",
        "全年包联领导进村走访的次数之和；年报一次报全年数", ("sum", "visits"),
    ),
]  # fmt: skip
