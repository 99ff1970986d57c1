"""书记星级初评表: the stars that the secretaries of village and community organisations were given."""

import polars as pl

from schemas.fact import ORG, Fact
from schemas.field import field
from schemas.forms.party_org import ORG_CODE
from schemas.lineage import Staged
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


SECRETARY_RATING = Fact(
    StagedSecretaryRating,
    title="书记星级",
    grain="一行为一个党组织书记一年的星级初评，取有效报送；兼任的书记在各党组织各有一行",
    place=(ORG,),
)
