"""Invented processing enterprises, with sales and output cumulative within each year."""

import math
from dataclasses import dataclass
from decimal import Decimal

from sample.district.chance import divide, floor_to, stream
from sample.district.people import People, credit_code
from sample.district.registers import DistrictReporter
from sample.district.sent import Record
from sample.district.targets import Targets

QUARTERS = tuple((year, quarter) for year in (2021, 2022) for quarter in (1, 2, 3, 4))
_COUNT = {"gaoshan": 7, "yungang": 9, "kouquan": 12, "xihanling": 11, "pingwang": 6, "yaeryai": 3}
_GRAIN = {"gaoshan": "100", "xihanling": "100", "yaeryai": "100"}  # they report in 万元 with two decimals
_LAST_TOWNSHIP = "kouquan"  # reports in 元, so one of its enterprises can take what is left of a target
_GOODS = {
    "乳品": "乳业", "酿品": "酿造", "功能性食品": "健康食品", "药茶": "药茶", "糕点杂粮": "杂粮食品",
}  # fmt: skip
_WEIGHT = {"乳品": 6.0, "酿品": 2.5, "功能性食品": 1.5, "药茶": 1.0, "糕点杂粮": 2.0}
_LEVELS = ("省级", "非龙头", "市级", "非龙头", "区级", "国家级", "非龙头", "区级", "市级", "非龙头")
_BRAND = "瑾琨珏蓁蕙槿桢栩楷淳沅澄泓煜焱炜烨骐昕昱晗晟恺怡忻"
_WORDINGS = {
    "糕点杂粮": "糕店杂粮",
    "乳品": "乳品加工",
    "国家级": "国家级龙头",
    "区级": "县级",
    "非龙头": "否",
}
_LEAVERS = (("yungang", 8), ("xihanling", 10))  # report 2021 only
_ENTRANTS = (("gaoshan", 6), ("kouquan", 11), ("xihanling", 3))  # begin in 2022
_RENAMED, _PROMOTED, _TRADER = ("gaoshan", 0), ("yungang", 1), ("pingwang", 1)
_LEAVERS_SALES_AND_OUTPUT = (Decimal(3_600_000), Decimal(3_100_000))
_WITH_OWN_WORDINGS = ("kouquan", "pingwang")


@dataclass(frozen=True)
class Enterprise:
    """One invented enterprise. figures: sales revenue and output value in yuan, cumulative, by quarter."""

    code: str
    name: str
    later_name: str
    township: str
    cluster: str
    level: str
    later_level: str
    is_above_scale: bool
    figures: dict[tuple[int, int], tuple[Decimal, Decimal]]


def make_enterprises(seed: int, targets: Targets, scale: float) -> list[Enterprise]:
    """Make all enterprises; the fourth quarter of 2022 adds up to the targets exactly."""
    order = [code for code in _COUNT if code != _LAST_TOWNSHIP] + [_LAST_TOWNSHIP]
    subjects = [(code, i) for code in order for i in range(math.ceil(_COUNT[code] * scale))]
    stayers = [subject for subject in subjects if subject not in _LEAVERS]
    sales_weights = [_draw_weight(seed, subject) for subject in stayers]
    ratios = [_draw_output_ratio(seed, subject) for subject in stayers]
    grains = [_grain(township) for township, _ in stayers]
    sales = divide(targets.sales_revenue_2022_yuan, sales_weights, grains)
    output_weights = [weight * ratio for weight, ratio in zip(sales_weights, ratios, strict=True)]
    outputs = divide(targets.output_value_2022_yuan, output_weights, grains)
    in_2022 = dict(zip(stayers, zip(sales, outputs, strict=True), strict=True))
    return [_draw_enterprise(seed, subject, in_2022.get(subject)) for subject in subjects]


def make_agri_records(
    enterprises: list[Enterprise], people: People, township: DistrictReporter, year: int, quarter: int
) -> list[Record]:
    """Make the lines of a township's quarterly form: the enterprises in business, by cluster."""
    records: list[Record] = []
    for enterprise in enterprises:
        if enterprise.township != township.code or (year, quarter) not in enterprise.figures:
            continue
        sales, output = enterprise.figures[year, quarter]
        head = people.person("enterprise head", enterprise.code)
        is_later = (year, quarter) >= (2022, 3)
        records.append(
            {
                "enterprise_name": enterprise.later_name if is_later else enterprise.name,
                "credit_code": enterprise.code,
                "法定代表人": head.name,
                "联系电话": head.phone,
                "cluster": _word(enterprise.cluster, township),
                "leading_level": _word(
                    enterprise.later_level if year == 2022 else enterprise.level, township
                ),
                "is_above_scale": enterprise.is_above_scale,
                "sales_revenue_ytd_yuan": sales,
                "output_value_ytd_yuan": output,
                "备注": f"会计电话{head.phone}" if enterprise.is_above_scale else "",
            }
        )
    return sorted(records, key=lambda record: str(record["cluster"]))


def cluster_of(written: str) -> str:
    """Return the cluster that a clerk's wording stands for."""
    return {_WORDINGS.get(cluster, cluster): cluster for cluster in _GOODS}.get(written, written)


def _word(value: str, township: DistrictReporter) -> str:
    """Word a cluster or level as the township's clerk does."""
    return _WORDINGS.get(value, value) if township.code in _WITH_OWN_WORDINGS else value


def _cluster(subject: tuple[str, int]) -> str:
    township, number = subject
    offset = list(_COUNT).index(township)
    return list(_GOODS)[(number + offset) % len(_GOODS)]


def _draw_weight(seed: int, subject: tuple[str, int]) -> float:
    return _WEIGHT[_cluster(subject)] * stream(seed, "enterprise size", *subject).lognormvariate(0, 0.6)


def _draw_output_ratio(seed: int, subject: tuple[str, int]) -> float:
    """Draw the ratio of output to sales; one enterprise mostly trades others' goods: plausible, flagged."""
    return 0.2 if subject == _TRADER else stream(seed, "output", *subject).uniform(0.75, 1.3)


def _grain(township: str) -> Decimal:
    return Decimal(_GRAIN.get(township, "0.01"))


def _draw_enterprise(
    seed: int, subject: tuple[str, int], in_2022: tuple[Decimal, Decimal] | None
) -> Enterprise:
    township, number = subject
    rng = stream(seed, "enterprise", *subject)
    cluster, level = _cluster(subject), _LEVELS[(number * 3 + list(_COUNT).index(township)) % len(_LEVELS)]
    brand = "".join(rng.sample(_BRAND, 2))
    name = f"大同市云冈区{brand}{_GOODS[cluster]}有限公司"
    return Enterprise(
        code=credit_code(rng),
        name=name,
        later_name=name.replace("有限公司", "集团有限公司") if subject == _RENAMED else name,
        township=township,
        cluster=cluster,
        level=level,
        later_level="省级" if subject == _PROMOTED else level,
        is_above_scale=level in ("国家级", "省级") or rng.random() < 0.3,
        figures=_draw_figures(seed, subject, in_2022),
    )


def _draw_figures(
    seed: int, subject: tuple[str, int], in_2022: tuple[Decimal, Decimal] | None
) -> dict[tuple[int, int], tuple[Decimal, Decimal]]:
    """Draw cumulative sales and output by quarter; entrants begin in 2022, leavers report 2021 only."""
    rng = stream(seed, "quarters", *subject)
    grain = _grain(subject[0])
    shares = [rng.uniform(0.16, 0.24), rng.uniform(0.4, 0.5), rng.uniform(0.66, 0.78), 1.0]
    growth = rng.uniform(0.82, 1.0)
    sales, output = in_2022 or _LEAVERS_SALES_AND_OUTPUT
    years = {2021: [floor_to(total * Decimal(repr(growth)), grain) for total in (sales, output)]}
    if in_2022:
        years[2022] = [sales, output]
    if subject in _ENTRANTS:
        del years[2021]
    return {
        (year, quarter): (_cumulate(sales, shares, quarter, grain), _cumulate(output, shares, quarter, grain))
        for year, (sales, output) in years.items()
        for quarter in range(1, 5)
    }


def _cumulate(total: Decimal, shares: list[float], quarter: int, grain: Decimal) -> Decimal:
    """Return the amount cumulative to the end of a quarter."""
    return total if quarter == 4 else floor_to(total * Decimal(repr(shares[quarter - 1])), grain)
