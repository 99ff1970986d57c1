"""群众满意度: the share of those asked who were satisfied."""

from schemas.indicator import Indicator, Term

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
