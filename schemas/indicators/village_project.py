"""乡村建设与产业项目: how many villages and sites the projects reach, under way or done."""

from schemas.forms.village_project import RAPESEED_BELT, SORGHUM_BELT
from schemas.indicator import Indicator, Kind, Term

_FACT = "fact_village_project"


def _indicator(
    code: str, name: str, name_en: str, unit: str, definition: str, term: Term, kind: Kind = "stock"
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition=f"{definition}；在建和已完成的都计",
        source="乡村建设与产业项目台账表式说明",
        form="乡村建设与产业项目台账",
        unit=unit,
        kind=kind,
        value=term,
    )


def _villages(code: str, name: str, name_en: str, project_kind: str) -> Indicator:
    term = Term(_FACT, "count_distinct", "village_code", where=f"project_kind = '{project_kind}'")
    return _indicator(code, name, name_en, "个", f"年末台账中有{project_kind}项目的行政村，一村计一次", term)


INDICATORS = [
    _indicator(
        "sightseeing_belt_site_count", "油菜花观光农业带", "rapeseed sightseeing belt sites", "处",
        "年末台账中油菜花观光农业带的实施地点，村和景点都计，不在村内的景点只计入区县",
        Term(_FACT, "count", "site_name", where=f"project_kind = '{RAPESEED_BELT}'"),
    ),
    _villages("sorghum_belt_village_count", "酿酒高粱观光农业带村", "sorghum belt villages", SORGHUM_BELT),
    _villages("beautiful_village_count", "美丽宜居乡村", "beautiful liveable villages", "美丽宜居乡村"),
    _villages(
        "demonstration_village_count", "乡村振兴示范点村", "villages with demonstration sites", "乡村振兴示范点"
    ),
    _villages("greening_village_count", "乡村绿化村", "villages with greening projects", "乡村绿化"),
    _indicator(
        "township_upgrade_project_count", "六乡提质项目", "township upgrade projects", "个",
        "年末台账中六乡提质行动的项目，只计入区县",
        Term(_FACT, "count", "site_name", where="project_kind = '六乡提质'"),
    ),
    _indicator(
        "village_project_investment", "乡村建设与产业项目累计投资", "investment in village projects", "元",
        "年末台账中各项目自开工以来完成的投资，是累计数，各年不可相加",
        Term(_FACT, "sum", "invested_yuan"),
    ),
]  # fmt: skip
