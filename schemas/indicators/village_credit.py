"""整村授信: credit villages and households, what they were granted and have drawn."""

from schemas.indicator import Indicator, Term

_FACT = "fact_village_credit"


def _stock(code: str, name: str, name_en: str, unit: str, definition: str, value: Term) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="整村授信进度表表式说明",
        form="整村授信进度表",
        unit=unit,
        kind="stock",
        value=value,
        periods=("year", "quarter"),
    )


INDICATORS = [
    _stock(
        "credit_village_count", "信用村", "villages assessed as credit villages", "个",
        "期内最近一季末已评为信用村的行政村", Term(_FACT, "count", "is_credit_village", where="is_credit_village"),
    ),
    _stock(
        "creditworthy_household_count", "信用户", "households rated creditworthy", "户",
        "期内最近一季末评定为信用户的农户，不论是否授信", Term(_FACT, "sum", "rated_households"),
    ),
    _stock(
        "village_credit_granted_amount", "整村授信额度", "credit granted to whole villages", "元",
        "期内最近一季末有效的授信额度；是额度，不是发放", Term(_FACT, "sum", "granted_yuan"),
    ),
    _stock(
        "village_credit_drawn_amount", "整村授信用信余额", "credit drawn in whole villages", "元",
        "期内最近一季末授信项下的贷款余额；已在银行的贷款余额之内，不可再加", Term(_FACT, "sum", "drawn_yuan"),
    ),
]  # fmt: skip
