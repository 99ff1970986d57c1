"""村庄分类: villages by class, on the basis of the list that the classification was made on."""

from schemas.forms.village_class import CLASSIFICATION_BASIS_DATE
from schemas.indicator import Indicator, Term

_FACT = "fact_village_class"


def _count(code: str, name: str, name_en: str, subject: str, value: Term) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=f"{subject}；按 {CLASSIFICATION_BASIS_DATE} 名录为口径，其后撤并的村仍计在内，与现行行政村数不能相比",
        source="村庄分类布局表表式说明",
        form="村庄分类布局表",
        unit="个",
        kind="stock",
        value=value,
        basis=str(CLASSIFICATION_BASIS_DATE.year),
    )


def _of_class(code: str, name_en: str, village_class: str) -> Indicator:
    value = Term(_FACT, "count", "village_class", where=f"village_class = '{village_class}'")
    return _count(code, f"{village_class}村庄", name_en, f"划为{village_class}的村庄", value)


INDICATORS = [
    _count(
        "village_classified_count", "分类村庄", "villages classified",
        "村庄分类布局中划定类别的村庄，一村计一次", Term(_FACT, "count", "village_name"),
    ),
    _of_class("village_class_agglomeration_count", "villages to agglomerate and upgrade", "集聚提升类"),
    _of_class("village_class_suburban_count", "villages to integrate with the suburbs", "城郊融合类"),
    _of_class("village_class_protection_count", "villages to protect for their character", "特色保护类"),
    _of_class("village_class_relocation_count", "villages to relocate or merge", "搬迁撤并类"),
    _of_class("village_class_other_count", "villages of no class yet", "其他类"),
]  # fmt: skip
