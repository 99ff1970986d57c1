"""网格事件办结台账: tickets that were opened or closed in a month."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.forms.grid import GRID_CODE
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule

CATEGORIES = ["矛盾纠纷", "环境卫生", "安全隐患", "公共设施", "民生服务", "政策咨询", "其他"]


class StagedGridIssue(Staged):
    """Accepted rows of 网格事件办结台账, one per delivery and ticket."""

    ticket_number: str = field(
        "事件编号", description="一个事件自受理至办结只用一个编号", key=True, str_matches=r"^[0-9A-Z-]{6,30}$"
    )
    grid_code: str = field("网格编码", description="村（社区）代码 12 位加顺序码 3 位", str_matches=GRID_CODE)
    place_code: str = field(
        "村（社区）代码",
        description="事件所在的村或社区，由名称在所属乡镇、街道内查得",
        place="any",
        references="dim_division.division_code",
    )
    category: str = field("事件类别", description="按受理时的类别", isin=CATEGORIES)
    opened_date: pl.Date = field("受理日期", description="事件受理的日期")
    closed_date: pl.Date = field("办结日期", description="事件办结的日期；月末未办结的为空", blank="none")
    is_resolved: pl.Boolean = field("是否办结", description="月末是否已办结")

    village_or_community = rule(
        "事件应落到村或社区，不应只写到乡镇、街道",
        ~pl.col("place_code").str.ends_with("000"),
        of="place_code",
    )
    closed_when_resolved = rule(
        "已办结的应有办结日期，未办结的不应有", pl.col("is_resolved") == pl.col("closed_date").is_not_null()
    )
    closed_after_opened = rule("办结日期不应早于受理日期", pl.col("closed_date") >= pl.col("opened_date"))
    opened_by_month_end = rule(
        "受理日期不应晚于报告月", pl.col("opened_date").dt.strftime("%Y-%m") <= pl.col("period")
    )
    closed_in_month = rule(
        "办结日期应在报告月内；此前办结的事件不再列入",
        pl.col("closed_date").dt.strftime("%Y-%m") == pl.col("period"),
    )
    grid_of_place = rule(
        "网格编码前 12 位应为所在村（社区）的区划代码",
        pl.col("grid_code").str.starts_with(pl.col("place_code")),
        flag=True,
    )


GRID_ISSUE = Fact(
    StagedGridIssue,
    title="网格事件",
    grain="一行为一个事件的一月，取有效报送；跨月办结的事件在受理月与办结月各有一行，按编号计数",
    period="month",
    place=("place_code",),
)


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
