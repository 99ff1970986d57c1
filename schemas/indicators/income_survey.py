"""农村居民收入: income per person and the shares of its sources, estimated from a weighted sample of households."""

from schemas.indicator import Indicator, Term


def _weighted(column: str) -> Term:
    return Term("fact_income_survey", "sum", column, weight="weight")


def _ratio(
    code: str, name: str, name_en: str, unit: str, definition: str, numerator: str, denominator: str
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="增收与金融",
        definition=definition,
        source="国家统计局住户收支与生活状况调查",
        form="农村住户收入调查表",
        unit=unit,
        kind="ratio",
        value=_weighted(numerator),
        denominator=_weighted(denominator),
    )


def _share(component: str, name: str, name_en: str) -> Indicator:
    return _ratio(
        f"rural_{component}_income_share", f"{name}占比", f"share of {name_en} in disposable income", "%",
        f"按权数推算的{name}占可支配收入的比重", f"{component}_income_yuan", "disposable_income_yuan",
    )  # fmt: skip


INDICATORS = [
    _ratio(
        "rural_disposable_income_per_capita", "农村居民人均可支配收入", "rural disposable income per person", "元",
        "调查户可支配收入乘权数之和，除以常住人口乘权数之和；样本只代表全区",
        "disposable_income_yuan", "resident_persons",
    ),
    _share("wage", "工资性收入", "wages"),
    _share("business", "经营净收入", "net business income"),
    _share("property", "财产净收入", "net property income"),
    _share("transfer", "转移净收入", "net transfers"),
]  # fmt: skip
