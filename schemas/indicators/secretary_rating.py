"""书记星级: secretaries by the stars of their initial rating, on a scale of eight."""

from schemas.indicator import Indicator, Term

_PRINTED = (
    "公报印为“6-9星12人、22星1人”，超出八星的星级，且三档之和 186 不等于书记档案 246 份；"
    "按“6-7星72人、8星1人”则相符，本库按填报计数"
)


def _count(
    code: str, name: str, name_en: str, band: str, where: str, disputed: str | None = None
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"当年初评为{band}的村（社区）党组织书记，一个党组织一人",
        source="书记星级初评表表式说明",
        form="书记星级初评表",
        unit="人",
        kind="stock",
        value=Term("fact_secretary_rating", "count", "star", where=where),
        disputed=disputed,
    )


INDICATORS = [
    _count(
        "secretary_star_le5_count", "五星及以下书记", "secretaries rated 5 stars or below",
        "五星及以下（含五星）", "star <= 5",
    ),
    _count(
        "secretary_star_6_7_count", "六至七星书记", "secretaries rated 6 or 7 stars",
        "六星、七星", "star in (6, 7)", _PRINTED,
    ),
    _count(
        "secretary_star_8_count", "八星书记", "secretaries rated 8 stars",
        "八星", "star = 8", _PRINTED,
    ),
]  # fmt: skip
