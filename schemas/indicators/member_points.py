"""党员积分: members in the ledger of the last quarter, and how many of them have five stars."""

from schemas.indicator import Grain, Indicator, Term

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
