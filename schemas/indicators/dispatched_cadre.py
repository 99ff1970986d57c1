"""整顿工作组选派: persons sent, each counted once wherever they serve."""

from schemas.indicator import Indicator, Term

INDICATORS = [
    Indicator(
        code="dispatched_cadre_count",
        name="选派整顿工作组干部",
        name_en="cadres dispatched to weak party organisations",
        chapter="党建与治理",
        definition="当年选派到软弱涣散党组织整顿工作组的干部，一人驻两处的计一次；往年选派而仍在驻的不计",
        source="整顿工作组选派名单表式说明",
        form="整顿工作组选派名单",
        unit="名",
        kind="flow",
        value=Term(
            "fact_dispatched_cadre", "count_distinct", "cadre_key", where="is_sent_in_year", over_time="sum"
        ),
    )
]
