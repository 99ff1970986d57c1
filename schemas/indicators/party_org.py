"""党组织台账: organisations of villages and communities, and what they keep."""

from schemas.indicator import Indicator, Term


def _count(code: str, name: str, name_en: str, unit: str, definition: str, value: Term) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"{definition}；名录中没有区划代码的也在其中",
        source="党组织名录与档案台账表式说明",
        form="党组织名录与档案台账",
        unit=unit,
        kind="stock",
        value=value,
    )


def _organisations_with(column: str) -> Term:
    return Term("fact_party_org", "count", column, where=column)


INDICATORS = [
    _count(
        "party_org_count", "村（社区）党组织", "party organisations of villages and communities", "个",
        "年末名录中的村党组织与社区党组织，一个计一次", Term("fact_party_org", "count", "org_code"),
    ),
    _count(
        "party_points_ledger_org_count", "建立党员积分台账的党组织", "party organisations with points ledger",
        "个", "年末建有党员积分管理台账的村（社区）党组织", _organisations_with("has_points_ledger"),
    ),
    _count(
        "secretary_file_count", "党组织书记个人档案", "secretary personal files", "份",
        "年末建有本届书记个人档案的村（社区）党组织，一人一档，一个党组织一份", _organisations_with("has_secretary_file"),
    ),
]  # fmt: skip
