"""Records of 财政衔接资金台账, from the finance bureau: the district's own funds meet the targets of both years."""

from collections.abc import Iterator
from decimal import Decimal

from sample.district.chance import divide, floor_to, stream
from sample.district.people import People
from sample.district.registers import townships
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_PROJECTS = {"中央": 6, "省级": 8, "市级": 5, "区级": 16}
_DISTRICT_SHARES = {
    "中央": Decimal("0.55"),
    "省级": Decimal("0.4"),
    "市级": Decimal("0.25"),
    "区级": Decimal(1),
}
"""The funds of a level, as a share of the district's own."""

_KINDS = (
    "产业路硬化",
    "高标准大棚",
    "奶牛养殖小区",
    "饮水提升",
    "小杂粮加工",
    "人居环境整治",
    "农机购置补助",
    "公益岗位",
)
_GRAIN = Decimal(100)


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one ledger a year."""
    for year, amount in (("2021", targets.fiscal_funds_2021_yuan), ("2022", targets.fiscal_funds_2022_yuan)):
        yield Sending("fiscal_fund.register", "finance", year, _draw_projects(seed, people, year, amount))


def _draw_projects(seed: int, people: People, year: str, district_yuan: Decimal) -> list[Record]:
    records: list[Record] = []
    for level, count in _PROJECTS.items():
        rng = stream(seed, "fiscal fund", year, level)
        total = floor_to(district_yuan * _DISTRICT_SHARES[level], Decimal("0.01"))
        amounts = divide(total, [rng.uniform(1, 6) for _ in range(count)], [_GRAIN] * count)
        for number, amount in enumerate(amounts):
            township = townships()[number % len(townships())].name if number % 5 else None
            paid = floor_to(amount * Decimal(repr(rng.uniform(0.7, 1))), _GRAIN) if number % 4 else amount
            records.append(
                {
                    "project_number": f"XJ{year}-{len(records) + 1:03}",
                    "level": level,
                    "project_name": f"{township or '全区'}{rng.choice(_KINDS)}项目",
                    "township_code": township,
                    "budgeted_yuan": amount,
                    "paid_yuan": paid,
                    "经办人": people.person("fund officer", level).name,
                }
            )
    return records
