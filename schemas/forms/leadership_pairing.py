"""领导包联乡村台账: which leaders look after which villages, and how often they went there in the year."""

import polars as pl

from schemas.field import field
from schemas.lineage import FactLineage, Staged
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
    visits: pl.Int64 = field("走访次数", description="全年进村走访的次数", unit="次", ge=0, le=366)

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("leader_key")), of="leader_key")


class FactLeadershipPairing(FactLineage):
    """One row per leader, village and year."""

    period: str = field("报告期", description="形如 2022")
    leader_key: str = field("包联领导", description="证件号码的散列", key=True)
    village_code: str = field(
        "行政村代码", description="包联的村", key=True, references="dim_division.division_code"
    )
    year: pl.Int32 = field("年", description="报告年", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的部门", references="dim_reporter.reporter_code"
    )
    division_key: str = field("区划键", description="年末时的村", references="dim_division.division_key")
    township_code: str = field(
        "乡镇代码", description="村所在的乡镇", references="dim_division.division_code"
    )
    leader_post: str = field("职务层次", description="包联领导的职务层次")
    visits: pl.Int64 = field("走访次数", description="全年进村走访的次数", unit="次")

    class Config:
        title = "领导包联乡村"
        description = "一行为一名领导包联一个村的一年，取有效报送；一名领导可包联几个村，一个村可有几名领导"
