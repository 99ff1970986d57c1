"""软弱涣散党组织整顿台账: what was done about each organisation that was found weak, measure by measure."""

import polars as pl

from schemas.fact import org_key
from schemas.field import field
from schemas.forms.party_org import ORG_CODE
from schemas.indicator import Indicator, Kind, Term
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import no_long_number, period_year


class StagedWeakPartyOrg(Staged):
    """Accepted rows of 软弱涣散党组织整顿台账, one per delivery, organisation and measure."""

    org_code: str = field(
        "党组织代码", description="被确定为软弱涣散的党组织", key=True, str_matches=ORG_CODE
    )
    listed_date: pl.Date = field(
        "确定日期", description="被确定为软弱涣散的日期；往年确定而未销号的仍列入本年台账"
    )
    measure_type: str = field(
        "整顿措施",
        description="“4个1”整顿措施中的一项，照台账所列",
        key=True,
        str_length={"min_value": 2, "max_value": 30},
    )
    plan_number: str = field(
        "整顿方案编号",
        description="一村一策，一个党组织一份方案",
        str_length={"min_value": 2, "max_value": 40},
    )
    is_completed: pl.Boolean = field("是否完成", description="该项措施年末是否完成")
    completed_date: pl.Date = field("完成日期", description="该项措施完成的日期；未完成的为空", blank="none")
    is_cleared: pl.Boolean = field("是否验收销号", description="年末是否已验收销号")

    no_personal_number = rule(
        "措施与方案编号中不应有电话或证件号码", no_long_number, of=("measure_type", "plan_number")
    )
    listed_by_now = rule("确定日期不应晚于报告期末", pl.col("listed_date").dt.year() <= period_year())
    completed_on = rule(
        "完成的措施应有完成日期，未完成的不应有",
        pl.col("is_completed") == pl.col("completed_date").is_not_null(),
    )
    completed_since_listed = rule(
        "完成日期应在确定日期与报告期末之间",
        (pl.col("completed_date") >= pl.col("listed_date"))
        & (pl.col("completed_date").dt.year() <= period_year()),
    )
    cleared_when_completed = rule("验收销号的，措施应已完成", ~pl.col("is_cleared") | pl.col("is_completed"))


class FactWeakPartyOrg(FactLineage):
    """One row per organisation, measure and year of the ledger."""

    period: str = field("报告期", description="形如 2022")
    org_code: str = field("党组织代码", description="被确定为软弱涣散的党组织", key=True)
    measure_type: str = field("整顿措施", description="照台账所列的措施", key=True)
    year: pl.Int32 = field("年", description="台账年", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的部门", references="dim_reporter.reporter_code"
    )
    org_key: str = org_key()
    division_key: str = field(
        "区划键",
        description="年末时党组织所在的村或社区；不详为 unknown",
        references="dim_division.division_key",
    )
    township_code: str = field(
        "乡镇代码", description="所在的乡镇或街道；不详为 unknown", references="dim_division.division_code"
    )
    listed_date: pl.Date = field("确定日期", description="被确定为软弱涣散的日期")
    is_listed_in_year: pl.Boolean = field("本年确定", description="是否在台账年确定，往年转入的为否")
    plan_number: str = field("整顿方案编号", description="一个党组织一份方案")
    is_completed: pl.Boolean = field("是否完成", description="该项措施年末是否完成")
    completed_date: pl.Date = field("完成日期", description="该项措施完成的日期；未完成的为空", nullable=True)
    is_cleared: pl.Boolean = field("是否验收销号", description="该行年末是否已验收销号")
    is_org_rectified: pl.Boolean = field(
        "党组织完成整顿", description="该党组织所列各项措施都已完成并验收销号"
    )

    class Config:
        title = "软弱涣散党组织整顿"
        description = "一行为一个党组织一项整顿措施的年末情况，取有效报送；上年确定而未销号的也在其中"


_LISTED = "is_listed_in_year"


def _distinct(column: str, where: str = _LISTED) -> Term:
    return Term("fact_weak_party_org", "count_distinct", column, where=where)


def _figure(
    code: str, name: str, name_en: str, unit: str, kind: Kind, definition: str, value: Term,
    denominator: Term | None = None,
) -> Indicator:  # fmt: skip
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"{definition}；往年确定而转入本年台账的不计",
        source="软弱涣散党组织整顿台账表式说明",
        form="软弱涣散党组织整顿台账",
        unit=unit,
        kind=kind,
        value=value,
        denominator=denominator,
    )


INDICATORS = [
    _figure(
        "weak_party_org_count", "软弱涣散党组织", "weak primary party organisations identified", "个", "flow",
        "当年确定为软弱涣散的村（社区）党组织，一个计一次", _distinct("org_code"),
    ),
    _figure(
        "rectification_measure_count", "整顿措施", "rectification measures per weak organisation", "项",
        "definition", "“4个1”整顿措施的项数，即台账所列的不同措施；各项内容以台账为准", _distinct("measure_type"),
    ),
    _figure(
        "rectification_plan_count", "整顿方案", "rectification plans", "份", "stock",
        "当年确定的软弱涣散党组织的整顿方案，一村一策，方案编号相同的为一份", _distinct("plan_number"),
    ),
    _figure(
        "rectification_completion_rate", "整顿完成率", "rectification completion", "%", "ratio",
        "各项措施都已完成并验收销号的党组织占当年确定的软弱涣散党组织的比重",
        _distinct("org_code", f"{_LISTED} and is_org_rectified"), _distinct("org_code"),
    ),
]  # fmt: skip
