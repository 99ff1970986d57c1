"""书记星级初评表: the stars that the secretaries of village and community organisations were given."""

import polars as pl

from schemas.field import field
from schemas.forms.party_org import ORG_CODE
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import id_number_holds

MOST_SECRETARY_STARS = 8
"""Most stars that a secretary can be given (星级初评、八星争创)."""


class StagedSecretaryRating(Staged):
    """Accepted rows of 书记星级初评表, one per delivery and organisation."""

    org_code: str = field("党组织代码", description="书记所在的党组织", key=True, str_matches=ORG_CODE)
    secretary_key: str = field("书记", description="证件号码的加盐散列；证件号码本身不入库", pii="id_number")
    star: pl.Int64 = field("初评星级", description="一至八星", unit="星", ge=1, le=MOST_SECRETARY_STARS)

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("secretary_key")), of="secretary_key")


class FactSecretaryRating(FactLineage):
    """One row per organisation and year: its secretary's rating."""

    period: str = field("报告期", description="形如 2022")
    org_code: str = field("党组织代码", description="书记所在的党组织", key=True)
    year: pl.Int32 = field("年", description="评定年", key=True)
    reporter_code: str = field(
        "填报单位代码", description="报送的部门", references="dim_reporter.reporter_code"
    )
    division_key: str = field(
        "区划键",
        description="年末时党组织所在的村或社区；不详为 unknown",
        references="dim_division.division_key",
    )
    township_code: str = field(
        "乡镇代码", description="所在的乡镇或街道；不详为 unknown", references="dim_division.division_code"
    )
    secretary_key: str = field("书记", description="证件号码的加盐散列，不含姓名")
    star: pl.Int64 = field("初评星级", description="一至八星，不可相加", unit="星")

    class Config:
        title = "书记星级"
        description = "一行为一个党组织书记一年的星级初评，取有效报送；兼任的书记在各党组织各有一行"
