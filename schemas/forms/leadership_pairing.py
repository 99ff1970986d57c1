"""领导包联乡村台账: which leaders look after which villages, and how often they went there in the year."""

from functools import partial

import polars as pl

from schemas.fact import Fact
from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import id_number_holds

LEADER_POSTS = ["区级正职", "区级副职", "区直部门正职", "区直部门副职", "乡镇正职"]
"""Levels of posts, since the post itself would name the person."""


class StagedLeadershipPairing(Staged):
    """Accepted rows of 领导包联乡村台账, one per delivery, leader and village."""

    leader_key: str = field(
        "包联领导", description="证件号码的加盐散列；证件号码本身不入库", key=True, pii="id_number"
    )
    leader_post: str = field("职务层次", description="包联领导的职务层次，不是具体职务", isin=LEADER_POSTS)
    village_code: str = field(
        "行政村代码",
        description="包联的村，由村名在所属乡镇内查得",
        key=True,
        place="village",
        references="dim_division.division_code",
    )
    visits: pl.Int64 = field(
        "走访次数", description="全年进村走访的次数", unit="次", ge=0, le=366, unwatched="small_counts"
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("leader_key")), of="leader_key")


LEADERSHIP_PAIRING = Fact(
    StagedLeadershipPairing,
    title="领导包联乡村",
    grain="一行为一名领导包联一个村的一年，取有效报送；一名领导可包联几个村，一个村可有几名领导",
    place=("village_code",),
)


_indicator = partial(
    Indicator,
    chapter="党建与治理",
    source="领导包联乡村台账表式说明",
    form="领导包联乡村台账",
)
_term = partial(Term, "fact_leadership_pairing")

INDICATORS = [
    _indicator(
        "paired_village_count", "领导包联村", "villages paired with a leader", "个", "stock",
        "年末有领导包联的行政村，几名领导包联同一村的计一次", _term("count_distinct", "village_code"),
    ),
    _indicator(
        "pairing_leader_count", "包联领导", "leaders paired with villages", "名", "stock",
        "年末包联行政村的领导，一人计一次", _term("count_distinct", "leader_key"),
    ),
    _indicator(
        "leader_pairing_visits", "领导包联走访", "visits of leaders to their villages", "次", "flow",
        "全年包联领导进村走访的次数之和；年报一次报全年数", _term("sum", "visits"),
    ),
]  # fmt: skip
