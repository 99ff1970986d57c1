"""农村基础设施项目台账: projects of sewage, water supply and roads in villages, as carried out in the year."""

from functools import partial

import polars as pl

from schemas.fact import Fact
from schemas.field import Yuan, field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import period_year

PROJECT_KINDS = ("污水治理", "供水保障", "村村通", "巷巷通", "户户通")
ROAD_KINDS = ("村村通", "巷巷通", "户户通")


class StagedInfrastructureProject(Staged):
    """Accepted rows of 农村基础设施项目台账, one per delivery and project."""

    project_number: str = field(
        "项目编号", description="项目库中的编号", key=True, str_matches=r"^[0-9A-Z-]{4,30}$"
    )
    project_kind: str = field("项目类别", description="建设内容的类别", isin=PROJECT_KINDS)
    village_code: str = field(
        "行政村代码",
        description="实施村，由村名在所属乡镇内查得",
        place="village",
        references="dim_division.division_code",
    )
    invested_yuan: Yuan = field("完成投资", description="本年完成的投资", unit="元", ge=0, watch=(10000,))
    completed_date: pl.Date = field("完工日期", description="完工的日期；在建的为空", blank="none")

    completed_in_time = rule("完工日期不应晚于报告期末", pl.col("completed_date").dt.year() <= period_year())
    completed_in_the_year = rule(
        "以前年度已完工的项目不应列在本年台账", pl.col("completed_date").dt.year() >= period_year(), flag=True
    )


INFRASTRUCTURE_PROJECT = Fact(
    StagedInfrastructureProject,
    title="农村基础设施项目",
    grain="一行为一个项目的一年，取有效报送；跨年的项目每年一行",
    place=("village_code",),
    keeps=("village_code",),
    notes={
        "invested_yuan": "各年可以相加",
    },
)


_FACT = "fact_infrastructure_project"


_indicator = partial(
    Indicator,
    chapter="乡村建设",
    source="农村基础设施项目台账表式说明",
    form="农村基础设施项目台账",
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
