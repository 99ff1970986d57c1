"""党组织名录与档案台账: the party organisations of villages and communities at the end of the year."""

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import no_long_number, period_year

ORG_TYPES = ["村", "社区"]
ORG_CODE = r"^[0-9A-Z-]{4,20}$"


class StagedPartyOrg(Staged):
    """Accepted rows of 党组织名录与档案台账, one per delivery and organisation."""

    org_code: str = field(
        "党组织代码",
        description="区内统一编的党组织代码",
        key=True,
        references="dim_party_org.org_code",
        str_matches=ORG_CODE,
    )
    org_name: str = field(
        "党组织名称", description="党组织全称", str_length={"min_value": 4, "max_value": 50}
    )
    place_code: str = field(
        "村（社区）代码",
        description="所在的村或社区，由名称在所属乡镇街道内查得；名录中没有代码的为空",
        place="village_level",
        blank="not_applicable",
        references="dim_division.division_code",
    )
    org_type: str = field("组织类别", description="村党组织或社区党组织", isin=ORG_TYPES)
    has_points_ledger: pl.Boolean = field("党员积分台账", description="年末是否建有党员积分管理台账")
    has_secretary_file: pl.Boolean = field("书记个人档案", description="年末是否建有本届书记的个人档案")
    term_start_date: pl.Date = field(
        "本届任期起始日期", description="最近一次换届后本届任期的起始日期；未报的为空", blank="missing"
    )

    no_personal_number = rule(
        "党组织名称中不应有电话或证件号码", no_long_number(pl.col("org_name")), of="org_name"
    )
    term_begun = rule(
        "本届任期起始日期不应晚于报告期末", pl.col("term_start_date").dt.year() <= period_year()
    )
    type_of_place = rule(
        "组织类别应与所在地的代码相合：末三位 200 以上为村，以下为社区",
        (pl.col("place_code").str.slice(9, 3) >= "200") == (pl.col("org_type") == "村"),
        flag=True,
    )


PARTY_ORG = Fact(
    StagedPartyOrg,
    title="党组织台账",
    grain="一行为一个村（社区）党组织的一年，取有效报送；个数多于名录中的村与社区，无代码的计在“未知”",
    place=("place_code",),
    left_out=("org_name",),
    notes={
        "division_key": "没有区划代码的为 unknown",
        "township_code": "不详的为 unknown",
    },
)


def _count(code: str, name: str, name_en: str, unit: str, definition: str, value: Term) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"{definition}；名录中没有区划代码的也在其中",
        source="党组织名录与档案台账表式说明",
        form="党组织名录与档案台账",
        unit=unit,
        kind="stock",
        value=value,
    )


def _organisations_with(column: str) -> Term:
    return Term("fact_party_org", "count", column, where=column)


INDICATORS = [
    _count(
        "party_org_count", "村（社区）党组织", "party organisations of villages and communities", "个",
        "年末名录中的村党组织与社区党组织，一个计一次", Term("fact_party_org", "count", "org_code"),
    ),
    _count(
        "party_points_ledger_org_count", "建立党员积分台账的党组织", "party organisations with points ledger",
        "个", "年末建有党员积分管理台账的村（社区）党组织", _organisations_with("has_points_ledger"),
    ),
    _count(
        "secretary_file_count", "党组织书记个人档案", "secretary personal files", "份",
        "年末建有本届书记个人档案的村（社区）党组织，一人一档，一个党组织一份", _organisations_with("has_secretary_file"),
    ),
]  # fmt: skip
