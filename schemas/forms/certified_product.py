"""三品一标认证台账: certificates of farm products at the end of the year, those that have expired too."""

import polars as pl

from schemas.field import field
from schemas.indicator import Indicator, Term
from schemas.lineage import FactLineage, Staged
from schemas.rule import rule
from schemas.rules import no_long_number

GEOGRAPHICAL_INDICATION = "农产品地理标志"
YEARS_VALID = {"无公害农产品": 3, "绿色食品": 3, "有机产品": 1}
CERTIFICATIONS = [*YEARS_VALID, GEOGRAPHICAL_INDICATION]


class StagedCertifiedProduct(Staged):
    """Accepted rows of 三品一标认证台账, one per delivery and certificate."""

    certificate_number: str = field(
        "证书编号",
        description="认证或登记证书上的编号，数字之外至少有一个字母；续展后换新编号",
        key=True,
        str_matches=r"^[0-9-]*[A-Za-z][0-9A-Za-z-]{3,29}$",
    )
    product_name: str = field(
        "产品名称", description="证书上的产品", str_length={"min_value": 1, "max_value": 50}
    )
    holder_name: str = field(
        "持证主体",
        description="持有证书的企业、合作社或家庭农场的名称",
        str_length={"min_value": 2, "max_value": 100},
    )
    certification: str = field("认证类别", description="三品一标中的哪一类", isin=CERTIFICATIONS)
    valid_from_date: pl.Date = field("有效期起", description="证书生效的第一天")
    valid_to_date: pl.Date = field(
        "有效期止", description="证书有效的最后一天；地理标志长期有效，为空", blank="none"
    )
    uses_regional_brand: pl.Boolean = field("区域公用品牌", description="是否使用本地的区域公用品牌")
    township_code: str = field(
        "乡镇代码",
        description="产地所在的乡镇；跨乡镇或不详的为空",
        place="township",
        references="dim_division.division_code",
        blank="not_applicable",
    )

    no_personal_number = rule(
        "名称中不应有电话或证件号码", no_long_number, of=("product_name", "holder_name")
    )
    validity_in_order = rule("有效期止应晚于有效期起", pl.col("valid_to_date") > pl.col("valid_from_date"))
    validity_ends = rule(
        "除农产品地理标志外，证书应有有效期止",
        pl.col("valid_to_date").is_not_null() | (pl.col("certification") == GEOGRAPHICAL_INDICATION),
    )
    validity_within_term = rule(
        "无公害农产品和绿色食品证书的有效期不超过三年，有机产品不超过一年",
        pl.col("valid_to_date")
        <= pl.coalesce(
            (
                pl.when(pl.col("certification") == name).then(
                    pl.col("valid_from_date").dt.offset_by(f"{years}y")
                )
                for name, years in YEARS_VALID.items()
            )
        ),
        flag=True,
    )


class FactCertifiedProduct(FactLineage):
    """One row per certificate and year."""

    period: str = field("报告期", description="形如 2022")
    certificate_number: str = field("证书编号", description="认证或登记证书上的编号", key=True)
    year: pl.Int32 = field("年", description="报告年", key=True)
    as_of_date: pl.Date = field("时点", description="报告期的最后一天，是否有效按此日判断")
    reporter_code: str = field(
        "填报单位代码", description="报送的部门", references="dim_reporter.reporter_code"
    )
    division_key: str = field(
        "区划键",
        description="年末时产地所在的乡镇；未报乡镇的为区县",
        references="dim_division.division_key",
    )
    township_code: str = field(
        "乡镇代码",
        description="产地所在的乡镇；跨乡镇或不详的为空",
        references="dim_division.division_code",
        nullable=True,
    )
    product_name: str = field("产品名称", description="证书上的产品")
    holder_name: str = field("持证主体", description="持有证书的企业、合作社或家庭农场")
    certification: str = field("认证类别", description="三品一标中的哪一类")
    valid_from_date: pl.Date = field("有效期起", description="证书生效的第一天")
    valid_to_date: pl.Date = field(
        "有效期止", description="证书有效的最后一天；地理标志长期有效，为空", nullable=True
    )
    uses_regional_brand: pl.Boolean = field("区域公用品牌", description="是否使用本地的区域公用品牌")
    is_valid_on_as_of: pl.Boolean = field(
        "时点有效", description="有效期起不晚于时点，且有效期止不早于时点或长期有效"
    )

    class Config:
        title = "三品一标认证产品"
        description = "一行为一张证书的一年，取有效报送；台账含已过期的证书，计数只计时点有效的"


def _count(code: str, name: str, name_en: str, subject: str, where: str | None = None) -> Indicator:
    valid = "is_valid_on_as_of"
    return Indicator(
        code=code,
        name=name,
        name_en=name_en,
        chapter="特优农业",
        definition=f"年末在有效期内的{subject}，一证计一个；起止两日均算有效，台账中已过期的不计",
        source="三品一标认证台账表式说明",
        form="三品一标认证台账",
        unit="个",
        kind="stock",
        value=Term(
            "fact_certified_product",
            "count",
            "certificate_number",
            where=f"{valid} and {where}" if where else valid,
        ),
    )


INDICATORS = [
    _count(
        "certified_pollution_free_count", "无公害农产品", "pollution-free certified products",
        "无公害农产品证书", "certification = '无公害农产品'",
    ),
    _count(
        "certified_green_food_count", "绿色食品", "green food certified products",
        "绿色食品证书", "certification = '绿色食品'",
    ),
    _count(
        "certified_organic_count", "有机产品", "organic certified products",
        "有机产品证书", "certification = '有机产品'",
    ),
    _count(
        "certified_product_count", "三品一标认证产品", "certified farm products",
        "无公害农产品、绿色食品、有机产品和农产品地理标志证书",
    ),
    _count(
        "regional_brand_product_count", "区域公用品牌认证产品", "certified products of the regional brand",
        "使用本地区域公用品牌的认证产品证书", "uses_regional_brand",
    ),
]  # fmt: skip
