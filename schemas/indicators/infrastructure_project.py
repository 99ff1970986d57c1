"""农村基础设施项目: villages with projects of each kind, and what was invested in them."""

from schemas.forms.infrastructure_project import ROAD_KINDS
from schemas.indicator import Indicator, Kind, Term

_FACT = "fact_infrastructure_project"


def _indicator(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, value: Term
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="乡村建设",
        definition=definition,
        source="农村基础设施项目台账表式说明",
        form="农村基础设施项目台账",
        unit=unit,
        kind=kind,
        value=value,
    )


def _villages(code: str, subject: str, name_en: str, *kinds: str) -> Indicator:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    value = Term(_FACT, "count_distinct", "village_code", where=f"project_kind in ({listed})")
    definition = f"年内实施{subject}项目的行政村，一村有几个项目也计一次；在建的也计在内"
    return _indicator(code, f"{subject}项目实施村", name_en, "个", "flow", definition, value)


INDICATORS = [
    _villages("sewage_project_village_count", "生活污水治理", "villages with a sewage project", "污水治理"),
    _villages("water_supply_project_village_count", "供水保障", "villages with a water supply project", "供水保障"),
    _villages("road_project_village_count", "道路建设", "villages with a road project", *ROAD_KINDS),
    _indicator(
        "infrastructure_project_investment", "农村基础设施项目完成投资", "invested in rural infrastructure projects",
        "元", "flow", "年内各项目完成的投资之和；污水治理、供水保障与道路建设项目",
        Term(_FACT, "sum", "invested_yuan"),
    ),
]  # fmt: skip
