"""网格事件: tickets closed in a period, and their share of those in hand."""

from schemas.indicator import Indicator, Term

_FORM = "网格事件办结台账"
_IN_HAND = Term("fact_grid_issue", "count_distinct", "ticket_number", over_time="sum")
_RESOLVED = Term("fact_grid_issue", "count_distinct", "ticket_number", where="is_resolved", over_time="sum")

INDICATORS = [
    Indicator(
        code="grid_issue_resolved_count",
        name="网格事件办结",
        name_en="problems resolved by grids",
        chapter="党建与治理",
        definition="期内办结的网格事件，按办结的月份计，一个编号计一次；此前受理、期内办结的计入",
        source="网格事件办结台账表式说明",
        form=_FORM,
        unit="个",
        kind="flow",
        value=_RESOLVED,
        periods=("year", "quarter", "month"),
    ),
    Indicator(
        code="grid_issue_resolution_rate",
        name="网格事件办结率",
        name_en="share of problems in hand that grids resolved",
        chapter="党建与治理",
        definition="期内办结的网格事件占期内列入台账的全部事件（含此前受理、期内办结的）的比重",
        source="网格事件办结台账表式说明",
        form=_FORM,
        unit="%",
        kind="ratio",
        value=_RESOLVED,
        denominator=_IN_HAND,
        periods=("year", "quarter", "month"),
    ),
]
