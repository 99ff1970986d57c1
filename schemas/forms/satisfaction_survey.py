"""群众满意度调查表: how many villagers were asked, and how many of them were satisfied."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule


class StagedSatisfactionSurvey(Staged):
    """Accepted rows of 群众满意度调查表, one per delivery and village."""

    village_code: str = field(
        "行政村代码",
        description="统计用区划代码，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    surveyed_persons: pl.Int64 = field(
        "有效问卷人数", description="答卷有效的受访群众", unit="人", ge=1, watch=(10,)
    )
    satisfied_persons: pl.Int64 = field(
        "满意人数", description="评价为满意或很满意的", unit="人", ge=0, watch=(10,)
    )

    satisfied_within_surveyed = rule(
        "满意人数不应大于有效问卷人数", pl.col("satisfied_persons") <= pl.col("surveyed_persons")
    )
    enough = rule(
        "一村的有效问卷不应少于 10 份", pl.col("surveyed_persons") >= 10, of="surveyed_persons", flag=True
    )


SATISFACTION_SURVEY = Fact(
    StagedSatisfactionSurvey,
    title="群众满意度",
    grain="一行为一个行政村的一年，取有效报送；只有汇总的人数，没有个人的答卷",
    place=("village_code",),
    series=("village_code",),
)


_FACT = "fact_satisfaction_survey"

INDICATORS = [
    Indicator(
        code="satisfaction_rate",
        name="群众满意度",
        name_en="villagers satisfied",
        chapter="增收与金融",
        definition="评价为满意或很满意的受访群众占有效问卷的比重；按问卷计，没有按各村人口加权",
        source="群众满意度调查表表式说明",
        form="群众满意度调查表",
        unit="%",
        kind="ratio",
        value=Term(_FACT, "sum", "satisfied_persons"),
        denominator=Term(_FACT, "sum", "surveyed_persons"),
    )
]
