"""整顿工作组选派名单: who works with which weak organisation in the year, and since when; no names."""

import polars as pl

from schemas.fact import org_key
from schemas.field import field
from schemas.forms.party_org import ORG_CODE
from schemas.indicator import Indicator, Term
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import id_number_holds, period_year

ROLES = ["组长", "副组长", "成员"]


class StagedDispatchedCadre(Staged):
    """Accepted rows of 整顿工作组选派名单, one per delivery, cadre and organisation."""

    cadre_key: str = field(
        "选派干部", description="证件号码的加盐散列；证件号码本身不入库", key=True, pii="id_number"
    )
    org_code: str = field("党组织代码", description="驻点的党组织", key=True, str_matches=ORG_CODE)
    role: str = field("组内职务", description="在整顿工作组中的职务", isin=ROLES)
    dispatched_date: pl.Date = field(
        "选派日期", description="选派到该党组织的日期；往年选派而仍在驻的也在名单中"
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("cadre_key")), of="cadre_key")
    dispatched_by_now = rule("选派日期不应晚于报告期末", pl.col("dispatched_date").dt.year() <= period_year())


class FactDispatchedCadre(FactLineage):
    """One row per cadre, organisation and year; no names."""

    period: str = field("报告期", description="形如 2022")
    cadre_key: str = field("选派干部", description="证件号码的加盐散列，不含姓名", key=True)
    org_code: str = field("党组织代码", description="驻点的党组织", key=True)
    year: pl.Int32 = field("年", description="名单年", key=True)
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
    role: str = field("组内职务", description="在整顿工作组中的职务")
    dispatched_date: pl.Date = field("选派日期", description="选派到该党组织的日期")
    is_sent_in_year: pl.Boolean = field("本年选派", description="是否在名单年选派，往年选派的为否")

    class Config:
        title = "整顿工作组选派"
        description = "一行为一名干部一年驻一个党组织，取有效报送；一人可驻两处，人数须按人去重"


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
