"""人居环境: waste and sewage at the end of the period, toilets renovated and repaired in it."""

from schemas.indicator import Indicator, Kind, Term

_FACT = "fact_living_environment"


def _indicator(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, value: Term,
    denominator: Term | None = None,
) -> Indicator:  # fmt: skip
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=definition,
        source="人居环境整治月报表式说明",
        form="人居环境整治月报",
        unit=unit,
        kind=kind,
        value=value,
        denominator=denominator,
        periods=("year", "month"),
    )


def _sum_at_end(column: str) -> Term:
    return Term(_FACT, "sum", column)


def _sum_over_period(column: str) -> Term:
    return Term(_FACT, "sum", column, over_time="sum")


# Shares of households are as of the end of the period, as the printed figure is, and not an average of months.
INDICATORS = [
    _indicator(
        "rural_waste_treatment_rate", "农村生活垃圾收运处理率", "domestic waste collection and treatment rate",
        "%", "ratio",
        "期末（年取 12 月）生活垃圾得到收运处理的常住户数占常住户数的比重；分母是填报行政村的常住户数，不是户籍户数或村数",
        _sum_at_end("waste_collected_households"), _sum_at_end("households"),
    ),
    _indicator(
        "village_daily_waste_clearance_rate", "生活垃圾日产日清村占比", "villages with daily waste clearance",
        "%", "ratio", "期末（年取 12 月）生活垃圾日产日清的行政村占有填报的行政村的比重；按村计，与按户计的收运处理率分母不同",
        Term(_FACT, "count", "has_daily_clearance", where="has_daily_clearance"),
        Term(_FACT, "count", "village_code"),
    ),
    _indicator(
        "rural_sewage_treatment_rate", "农村生活污水治理率（按户）", "domestic sewage treatment rate by households",
        "%", "ratio", "期末（年取 12 月）生活污水得到治理的常住户数占常住户数的比重；分母是填报行政村的常住户数",
        _sum_at_end("sewage_treated_households"), _sum_at_end("households"),
    ),
    _indicator(
        "village_cleaner_count", "村保洁员", "village cleaners", "名", "stock",
        "期末（年取 12 月）在岗的清扫保洁员，有填报的行政村之和", _sum_at_end("cleaners"),
    ),
    _indicator(
        "toilet_renovated_count", "新改厕户数", "households with a renovated toilet", "户", "flow",
        "期内新改成卫生厕所的户数，各月相加；维修的厕所不在内", _sum_over_period("toilets_new_households"),
    ),
    _indicator(
        "toilet_repaired_count", "维修厕所", "toilets repaired", "座", "flow",
        "期内维修的厕所，各月相加；新改的不在内", _sum_over_period("toilets_repaired"),
    ),
    _indicator(
        "problem_toilet_fix_rate", "问题厕所整改率", "problem toilets fixed", "%", "ratio",
        "期内整改完成的问题厕所与期内摸排发现的之比；整改以前发现的也在分子中，可以超过 100%",
        _sum_over_period("problem_toilets_fixed"), _sum_over_period("problem_toilets_found"),
    ),
]  # fmt: skip
