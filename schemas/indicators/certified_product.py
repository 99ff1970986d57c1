"""三品一标认证产品: certificates that are valid on the last day of the year."""

from schemas.indicator import Indicator, Term


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
        "datong_haoliang_product_count", "大同好粮认证产品", "certified products of the brand Datong Haoliang",
        "使用大同好粮区域公用品牌的认证产品证书", "is_datong_haoliang",
    ),
]  # fmt: skip
