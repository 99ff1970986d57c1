"""村基本情况: what villages have at the end of the year, as shares of the villages or households reported."""

from schemas.indicator import Indicator, Term

_FACT = "fact_village_profile"
_FORM = "村基本情况年报"
_SOURCE = "国家统计局村社会经济基本情况（G102 表）"


def _share_of_villages(code: str, name: str, name_en: str, column: str, subject: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=f"年末{subject}的行政村占有填报的行政村的比重；未填报的村不在分母中，状态为不完整",
        source=_SOURCE,
        form=_FORM,
        unit="%",
        kind="ratio",
        value=Term(_FACT, "count", column, where=column),
        denominator=Term(_FACT, "count", "village_code"),
    )


def _share_of_households(code: str, name: str, name_en: str, column: str, subject: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=f"年末{subject}的户数占户籍户数的比重",
        source=_SOURCE,
        form=_FORM,
        unit="%",
        kind="ratio",
        value=Term(_FACT, "sum", column),
        denominator=Term(_FACT, "sum", "registered_households"),
    )


def _stock(code: str, name: str, name_en: str, unit: str, column: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=f"年末{name}，有填报的行政村之和",
        source=_SOURCE,
        form=_FORM,
        unit=unit,
        kind="stock",
        value=Term(_FACT, "sum", column),
    )


INDICATORS = [
    _share_of_villages(
        "village_bus_coverage_rate", "行政村通公交率", "villages with bus service",
        "has_bus_service", "通公共交通",
    ),
    _share_of_villages(
        "village_daily_clearance_profile_share", "生活垃圾日产日清村占比（年报）",
        "villages with daily waste clearance by the yearly form",
        "has_daily_waste_clearance", "生活垃圾日产日清",
    ),
    _share_of_villages(
        "village_waste_treated_share", "生活垃圾收运处理村占比", "villages with waste collected and treated",
        "has_waste_collection", "生活垃圾得到收运处理",
    ),
    _share_of_villages(
        "village_sewage_treated_share", "生活污水处理村占比", "villages with sewage treated",
        "has_sewage_treatment", "生活污水得到处理",
    ),
    _share_of_villages(
        "village_paved_road_share", "通硬化路村占比", "villages with a paved road",
        "has_hardened_road", "进村道路硬化",
    ),
    _share_of_households(
        "sanitary_toilet_coverage_rate", "卫生厕所普及率", "sanitary toilet coverage",
        "sanitary_toilet_households", "使用卫生厕所",
    ),
    _share_of_households(
        "tap_water_coverage_rate", "自来水普及率", "tap-water coverage",
        "tap_water_households", "通自来水",
    ),
    _stock(
        "registered_household_count", "户籍户数", "registered households", "户", "registered_households"
    ),
    _stock("registered_population", "户籍人口", "registered population", "人", "registered_persons"),
    _stock("resident_population", "常住人口", "resident population", "人", "resident_persons"),
]  # fmt: skip
