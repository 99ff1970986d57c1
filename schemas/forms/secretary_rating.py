"""书记星级初评表: the stars that the secretaries of village and community organisations were given."""

import polars as pl

from schemas.fact import ORG, Fact
from schemas.field import field
from schemas.forms.party_org import ORG_CODE
from schemas.indicator import Indicator, Term
from schemas.lineage import Staged
from schemas.rule import rule
from schemas.rules import id_number_holds

MOST_SECRETARY_STARS = 8
"""Most stars that a secretary can be given (星级初评、八星争创)."""


class StagedSecretaryRating(Staged):
    """Accepted rows of 书记星级初评表, one per delivery and organisation."""

    org_code: str = field("党组织代码", description="书记所在的党组织", key=True, str_matches=ORG_CODE)
    secretary_key: str = field("书记", description="证件号码的加盐散列；证件号码本身不入库", pii="id_number")
    star: pl.Int64 = field(
        "初评星级", description="一至八星", unit="星", ge=1, le=MOST_SECRETARY_STARS, unwatched="closed_list"
    )

    check_digit = rule("证件号码的校验码应成立", id_number_holds(pl.col("secretary_key")), of="secretary_key")


SECRETARY_RATING = Fact(
    StagedSecretaryRating,
    title="书记星级",
    grain="一行为一个党组织书记一年的星级初评，取有效报送；兼任的书记在各党组织各有一行",
    place=(ORG,),
    notes={
        "division_key": "即党组织所在的村或社区，不详的为 unknown",
        "township_code": "不详的为 unknown",
        "star": "不可相加",
    },
)


_PRINTED = (
    "公报印为“6-9星12人、22星1人”，超出八星的星级，且三档之和 186 不等于书记档案 246 份；"
    "按“6-7星72人、8星1人”则相符，本库按填报计数"
)


def _count(
    code: str, name: str, name_en: str, band: str, where: str, disputed: str | None = None
) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="党建与治理",
        definition=f"当年初评为{band}的村（社区）党组织书记，一个党组织一人",
        source="书记星级初评表表式说明",
        form="书记星级初评表",
        unit="人",
        kind="stock",
        value=Term("fact_secretary_rating", "count", "star", where=where),
        disputed=disputed,
    )


INDICATORS = [
    _count(
        "secretary_star_le5_count", "五星及以下书记", "secretaries rated 5 stars or below",
        "五星及以下（含五星）", "star <= 5",
    ),
    _count(
        "secretary_star_6_7_count", "六至七星书记", "secretaries rated 6 or 7 stars",
        "六星、七星", "star in (6, 7)", _PRINTED,
    ),
    _count(
        "secretary_star_8_count", "八星书记", "secretaries rated 8 stars",
        "八星", "star = 8", _PRINTED,
    ),
]  # fmt: skip
