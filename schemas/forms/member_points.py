"""党员积分管理台账: each member's points and stars by quarter; points begin from zero each year."""

import polars as pl

from schemas.fact import ORG, REPORTING_TOWNSHIP, Fact
from schemas.field import field
from schemas.forms.party_org import ORG_CODE
from schemas.indicator import Grain, Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import id_number_holds

MOST_MEMBER_STARS = 5
"""Most stars that a member can have (五星积分)."""


class StagedMemberPoints(Staged):
    """Accepted rows of 党员积分管理台账, one per delivery and member.

    Points that do not add up are only flagged: figures count members and their stars, which hold all the same.
    """

    member_key: str = field(
        "党员", description="证件号码的加盐散列；证件号码本身不入库", key=True, pii="id_number"
    )
    org_code: str = field("党组织代码", description="党员所在的党组织", str_matches=ORG_CODE)
    opening_points: pl.Int64 = field(
        "季初积分", description="上季季末的积分；一季度从零起", unit="分", unwatched="honestly_wide"
    )
    base_points: pl.Int64 = field("基础积分", description="本季得的基础分", unit="分", ge=0, watch=(10,))
    award_points: pl.Int64 = field(
        "奖励积分", description="本季得的奖励分", unit="分", ge=0, unwatched="honestly_wide"
    )
    deducted_points: pl.Int64 = field(
        "扣减积分", description="本季扣的分，写作正数", unit="分", ge=0, unwatched="small_counts"
    )
    closing_points: pl.Int64 = field("季末积分", description="本年至季末累计的积分", unit="分", watch=(10,))
    star: pl.Int64 = field(
        "星级",
        description="季末的星级，一至五星",
        unit="星",
        ge=1,
        le=MOST_MEMBER_STARS,
        unwatched="closed_list",
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("member_key")), of="member_key")
    points_add_up = rule(
        "季末积分应等于季初积分加基础积分、奖励积分，减扣减积分",
        pl.col("closing_points")
        == pl.col("opening_points")
        + (pl.col("base_points") + pl.col("award_points") - pl.col("deducted_points")),
        flag=True,
    )
    year_from_nothing = rule(
        "积分一年一清零，一季度的季初积分应为零",
        ~pl.col("period").str.ends_with("-Q1") | (pl.col("opening_points") == 0),
        flag=True,
    )


MEMBER_POINTS = Fact(
    StagedMemberPoints,
    title="党员积分",
    grain="一行为一名党员的一季，取有效报送；积分在年内累计，次年从零起",
    period="quarter",
    place=(ORG, REPORTING_TOWNSHIP),
    keyed_by_reporter=True,
    series=("member_key",),
    notes={
        "division_key": "即党组织所在的村或社区，不详的为报送的乡镇",
        "township_code": "不详的为 unknown",
        "base_points": "各季可以相加",
        "award_points": "各季可以相加",
        "deducted_points": "各季可以相加",
        "closing_points": "照报，不可相加",
        "star": "不可相加",
    },
)


_PERIODS: tuple[Grain, ...] = ("year", "quarter")
_SOURCE = "党员积分管理台账表式说明"
_FORM = "党员积分管理台账"


def _members(where: str = "true") -> Term:
    return Term("fact_member_points", "count_distinct", "member_key", where=where)


INDICATORS = [
    Indicator(
        code="party_member_scored_count",
        name="积分管理党员",
        name_en="party members with a points ledger",
        chapter="党建与治理",
        definition="期内最近一季在党员积分管理台账中的党员，一人计一次；只含报送的乡镇",
        source=_SOURCE,
        form=_FORM,
        unit="人",
        kind="stock",
        value=_members(),
        periods=_PERIODS,
    ),
    Indicator(
        code="party_member_five_star_share",
        name="五星党员占比",
        name_en="share of scored party members with five stars",
        chapter="党建与治理",
        definition="期内最近一季评为五星的党员占台账中党员的比重",
        source=_SOURCE,
        form=_FORM,
        unit="%",
        kind="ratio",
        value=_members("star = 5"),
        denominator=_members(),
        periods=_PERIODS,
    ),
]
