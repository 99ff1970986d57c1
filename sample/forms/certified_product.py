"""Records of 三品一标认证台账: as many valid certificates at the end of 2022 as targeted, and expired ones."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import townships
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_TERMS = {"无公害农产品": ("WGH", 3), "绿色食品": ("LB", 3), "有机产品": ("OP", 1)}
"""By certification: the prefix of a certificate's number, and the years that it is valid."""
_GOODS = (
    "谷子",
    "黄花菜",
    "马铃薯",
    "玉米",
    "荞麦",
    "高粱",
    "绿豆",
    "胡麻油",
    "黄芪",
    "藜麦",
    "鸡蛋",
    "羊肉",
)
_BRAND = "瑾珏蓁蕙槿桢栩楷淳沅澄泓煜焱炜烨"
_HOLDERS = ("种植专业合作社", "农业开发有限公司", "家庭农场", "养殖专业合作社")
_OTHER_WORDINGS = {"绿色食品": "绿色农产品", "有机产品": "有机"}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one register a year: certificates issued by then, without those that expired before the year."""
    certificates = _draw_certificates(seed, targets, people)
    for year in (2021, 2022):
        listed = [certificate for certificate in certificates if _is_listed(certificate, year)]
        yield Sending("certified_product.register", "agri_bureau", str(year), listed)


def _draw_certificates(seed: int, targets: Targets, people: People) -> list[Record]:
    """Draw for each kind those valid at the end of 2022, a fifth of them new that year, and expired ones."""
    valid = {
        "无公害农产品": targets.pollution_free_products,
        "绿色食品": targets.green_food_products,
        "有机产品": targets.organic_products,
    }
    return [
        _draw_certificate(
            seed, people, kind, number, is_expired=number >= count, is_new=5 * number >= 4 * count
        )
        for kind, count in valid.items()
        for number in range(count + 1 + count // 8)
    ]


def _draw_certificate(
    seed: int, people: People, kind: str, number: int, *, is_expired: bool, is_new: bool
) -> Record:
    rng = stream(seed, "certificate", kind, number)
    prefix, years = _TERMS[kind]
    if is_expired:
        last_year = 2022
    elif is_new or years == 1:
        last_year = 2022 + years
    else:
        last_year = rng.randint(2023, 2024)
    issued = date(last_year - years, rng.randint(1, 11), rng.randint(1, 28))
    township = rng.choice(townships())
    return {
        "certificate_number": f"{prefix}-04-{issued:%y%m}{number:04}",
        "product_name": f"{rng.choice(_BRAND)}{rng.choice(_BRAND)}牌{_GOODS[number % len(_GOODS)]}",
        "holder_name": f"云冈区{rng.choice(_BRAND)}{rng.choice(_BRAND)}{rng.choice(_HOLDERS)}",
        "联系人": people.person("certificate contact", kind, number).name,
        "certification": _OTHER_WORDINGS.get(kind, kind) if number % 2 else kind,
        "valid_from_date": issued,
        "valid_to_date": issued.replace(year=last_year) - timedelta(days=1),
        "uses_regional_brand": number % 3 == 0,
        "township_code": None if number % 11 == 5 else township.name,
    }


def _is_listed(certificate: Record, year: int) -> bool:
    """Return whether a certificate was valid at any time of a register's year, and so is listed."""
    start, end = certificate["valid_from_date"], certificate["valid_to_date"]
    assert isinstance(start, date)
    assert isinstance(end, date)
    return start.year <= year <= end.year
