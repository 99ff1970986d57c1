"""领导小组: the number of groups; two that share one staff count as two."""

from schemas.indicator import Indicator, Term

INDICATORS = [
    Indicator(
        code="leading_group_count",
        name="领导小组",
        name_en="leading groups",
        chapter="党建与治理",
        definition="年末名录中的领导小组；两个机构一套人马的计两个",
        source="领导小组机构名录表式说明",
        form="领导小组机构名录",
        unit="个",
        kind="stock",
        value=Term("fact_leading_group", "count", "group_name"),
    ),
]
