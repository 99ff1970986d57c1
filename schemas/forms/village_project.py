"""乡村建设与产业项目台账: projects in villages and at sights, those under way and those done."""

from typing import Annotated

import polars as pl

from schemas.fact import REPORTER, Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Kind, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number

RAPESEED_BELT = "油菜花观光农业带"
SORGHUM_BELT = "酿酒高粱观光农业带"
IN_VILLAGES = [SORGHUM_BELT, "美丽宜居乡村", "乡村振兴示范点", "乡村绿化"]
"""Kinds that are counted by village; a rapeseed belt may lie at a sight, 六乡提质 is a township's."""
PROJECT_KINDS = [RAPESEED_BELT, *IN_VILLAGES, "六乡提质"]
STATUSES = ["在建", "完成"]

Area = Annotated[pl.Decimal, 18, 2]


class StagedVillageProject(Staged):
    """Accepted rows of 乡村建设与产业项目台账, one per delivery, kind of project and site."""

    project_kind: str = field("项目类别", description="哪一类项目", key=True, isin=PROJECT_KINDS)
    site_name: str = field(
        "实施地点",
        description="村、景点或乡镇的名称，同类项目中不重复",
        key=True,
        str_length={"min_value": 2, "max_value": 50},
    )
    village_code: str = field(
        "行政村代码",
        description="实施地点所在的村，由村名在所属乡镇内查得；不在村内的景点和全乡镇的项目为空",
        place="village",
        references="dim_division.division_code",
        blank="not_applicable",
    )
    township_code: str = field(
        "乡镇代码",
        description="实施地点所属的乡镇；不在任何一个乡镇的为空",
        place="township",
        references="dim_division.division_code",
        blank="not_applicable",
    )
    area_mu: Area = field(
        "面积",
        description="观光农业带的种植面积，其余可不填",
        unit="亩",
        gt=0,
        blank="not_applicable",
        watch=(1000,),
    )
    invested_yuan: Yuan = field(
        "累计投资", description="自开工至报告期末完成的投资", unit="元", ge=0, watch=(10, 1000, 10000)
    )
    status: str = field("建设状态", description="报告期末在建或已完成", isin=STATUSES)

    no_personal_number = rule(
        "实施地点中不应有电话或证件号码", no_long_number(pl.col("site_name")), of="site_name"
    )
    village_stated = rule(
        "酿酒高粱带、美丽宜居乡村、示范点和绿化项目应写明所在行政村",
        pl.col("village_code").is_not_null() | ~pl.col("project_kind").is_in(IN_VILLAGES),
    )
    area_of_belt = rule(
        "观光农业带应有种植面积",
        pl.col("area_mu").is_not_null() | ~pl.col("project_kind").is_in([RAPESEED_BELT, SORGHUM_BELT]),
        flag=True,
    )


VILLAGE_PROJECT = Fact(
    StagedVillageProject,
    title="乡村建设与产业项目",
    grain="一行为一类项目在一处的一年，取有效报送；台账是累计的，往年的项目每年都在列",
    place=("village_code", "township_code", REPORTER),
    keeps=("village_code",),
    series=("project_kind", "site_name"),
    peers=("project_kind",),
    notes={
        "division_key": "没有村的为乡镇，也没有乡镇的为区县",
        "invested_yuan": "各年不可相加",
    },
)


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
        "年末台账中油菜花观光农业带的实施地点，村和景点都计，不在村内的景点计入所属乡镇",
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
        "年末台账中六乡提质行动的项目",
        Term(_FACT, "count", "site_name", where="project_kind = '六乡提质'"),
    ),
    _indicator(
        "village_project_investment", "乡村建设与产业项目累计投资", "investment in village projects", "元",
        "年末台账中各项目自开工以来完成的投资，是累计数，各年不可相加",
        Term(_FACT, "sum", "invested_yuan"),
    ),
]  # fmt: skip
