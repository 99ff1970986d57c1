"""Invented sites that receive visitors in villages, with visits and revenue of each month."""

from dataclasses import dataclass
from decimal import Decimal

from sample.district.chance import divide, floor_to, stream
from sample.district.people import People
from sample.district.registers import DistrictReporter
from sample.district.sent import Record
from sample.district.targets import Targets

_SEASON = (0.3, 0.5, 0.6, 0.9, 1.5, 1.1, 1.6, 1.7, 1.2, 1.8, 0.5, 0.3)
_PICKING = range(6, 11)
_POSTAL_SALES_MONTH = 1  # orchards' orders before the New Year: revenue without visits, plausible and flagged


@dataclass(frozen=True)
class TourismSite:
    """One invented site. size: its weight in a usual month; yuan_per_visit: about what a visitor spends."""

    township: str
    village: str
    name: str
    size: float
    yuan_per_visit: float
    is_orchard: bool = False


_SITES = (
    TourismSite("gaoshan", "高山村", "古堡民俗院", 1.4, 62),
    TourismSite("gaoshan", "小窑头村", "杏花坡采摘园", 0.9, 45, is_orchard=True),
    TourismSite("xihanling", "西韩岭村", "田园生态园", 1.8, 38),
    TourismSite("xihanling", "南湾村", "绿野采摘园", 1.1, 52, is_orchard=True),
    TourismSite("kouquan", "杨家窑村", "窑洞民宿", 0.5, 150),
    TourismSite("yungang", "吴官屯村", "河湾农家乐", 0.8, 58),
    TourismSite("yungang", "荣华皂村", "山居驿站", 0.6, 95),
    TourismSite("yungang", "云冈村", "石佛人家", 2.6, 44),
)
"""The last reports in 元, so its last month can take what is left of a target."""
_GRAIN = {"gaoshan": Decimal(100)}  # reports in 万元 with two decimals
_OPENED_IN_2022 = ("kouquan",)

Months = dict[tuple[str, int, int], tuple[int, Decimal]]
"""Visits, and revenue in yuan, by site, year and month."""


def draw_months(seed: int, targets: Targets) -> Months:
    """Draw visits and revenue of each site and month of 2021 and 2022; 2022 meets the targets exactly."""
    subjects = [(site, month) for site in _SITES for month in range(1, 13)]
    weights = [_draw_weight(seed, site, month) for site, month in subjects]
    visits = divide(Decimal(targets.tourism_visits_2022), weights, [Decimal(1)] * len(subjects))
    spending = [
        _estimate_spending(site, month, weight)
        for (site, month), weight in zip(subjects, weights, strict=True)
    ]
    grains = [_grain(site) for site, _ in subjects]
    revenue = divide(targets.tourism_revenue_2022_yuan, spending, grains)
    months: Months = {}
    for (site, month), count, yuan in zip(subjects, visits, revenue, strict=True):
        months[site.name, 2022, month] = int(count), yuan
        if site.township not in _OPENED_IN_2022:
            before = Decimal(repr(stream(seed, "site before", site.name, month).uniform(0.7, 0.95)))
            months[site.name, 2021, month] = int(count * before), floor_to(yuan * before, _grain(site))
    return months


def make_site_records(
    months: Months, people: People, township: DistrictReporter, year: int, month: int
) -> list[Record]:
    """Make the lines of a township's monthly form: none for a township without sites in business."""
    records: list[Record] = []
    for site in _SITES:
        if site.township != township.code or (site.name, year, month) not in months:
            continue
        visits, revenue = months[site.name, year, month]
        contact = people.person("site contact", site.name)
        records.append(
            {
                "site_name": site.name,
                "village_code": site.village,
                "联系人": contact.name,
                "联系电话": contact.phone,
                "visits": visits,
                "revenue_yuan": revenue,
                "备注": "" if visits else "本月未接待",
            }
        )
    return records


def _draw_weight(seed: int, site: TourismSite, month: int) -> float:
    if site.is_orchard and month not in _PICKING:
        return 0.0
    return site.size * _SEASON[month - 1] * stream(seed, "site", site.name, month).uniform(0.8, 1.25)


def _estimate_spending(site: TourismSite, month: int, weight: float) -> float:
    postal_size = 0.1 * site.size if site.is_orchard and month == _POSTAL_SALES_MONTH else 0.0
    return (weight + postal_size) * site.yuan_per_visit


def _grain(site: TourismSite) -> Decimal:
    return _GRAIN.get(site.township, Decimal("0.01"))
