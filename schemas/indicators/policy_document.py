"""政策文件: documents in force, and the packages that they make up; a package's name holds numerals, no numbers."""

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
        source="乡村振兴政策文件目录表式说明",
        form="乡村振兴政策文件目录",
        unit=unit,
        kind=kind,
        value=Term("fact_policy_document", *term),
    )


INDICATORS = [
    _indicator(
        "policy_package_code", "政策体系", "policy packages in force", "个", "definition",
        "年末有效文件所属的政策体系，一个名称（形如 1+3+1）计一个；名称中的数字不是件数，不可相加",
        ("count_distinct", "package_code"),
    ),
    _indicator(
        "policy_document_count", "政策文件", "policy documents in force", "份", "stock",
        "年末有效的乡村振兴政策文件，一个文号计一份，含不属任何政策体系的", ("count", "document_number"),
    ),
]  # fmt: skip
