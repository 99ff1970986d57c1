"""授信申报: kinds of projects that credit was applied for, and amounts."""

from schemas.indicator import Indicator, Kind, Term


def _indicator(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, value: Term
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="银行授信申报表表式说明",
        form="银行授信申报表",
        unit=unit,
        kind=kind,
        value=value,
    )


INDICATORS = [
    _indicator(
        "citic_project_category_count", "中信银行授信申报项目类别", "kinds of projects with credit applications",
        "类", "definition", "当年中信银行同煤支行受理申报的项目类别，一类计一次，不论是否批复",
        Term(
            "fact_credit_application", "count_distinct", "project_category",
            where="institution_code = 'citic_tongmei'", reporter="citic_tongmei",
        ),
    ),
    _indicator(
        "credit_applied_amount", "授信申报金额", "credit applied for", "元", "flow",
        "当年申报的授信额度之和，不论是否批复", Term("fact_credit_application", "sum", "applied_yuan"),
    ),
    _indicator(
        "credit_granted_amount", "授信批复金额", "credit granted", "元", "flow",
        "当年申报中年末已批复的授信额度之和；是额度，不是发放",
        Term("fact_credit_application", "sum", "granted_yuan"),
    ),
]  # fmt: skip
