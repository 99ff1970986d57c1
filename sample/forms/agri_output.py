"""Records of 农业生产情况表, from the townships: invented farming of every village, a little less of it in 2021."""

from collections.abc import Iterator
from decimal import Decimal

from sample.district.chance import floor_to, stream
from sample.district.people import People
from sample.district.registers import Village, townships, villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_CENT, _HUNDRED = Decimal("0.01"), Decimal(100)
_YUAN_PER_MU_OF_OTHER_CROPS = 1_900
_YUAN_PER_TONNE = {"grain": 2_600, "milk": 4_200, "meat": 26_000, "egg": 9_500}


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one form a township and year."""
    for township in townships():
        for year in ("2021", "2022"):
            records = [
                _draw_farming(seed, people, village, year) for village in villages(township.division_code)
            ]
            yield Sending("agri_output.year", township.code, year, records)


def _draw_farming(seed: int, people: People, village: Village, year: str) -> Record:
    rng = stream(seed, "farming", village.code)
    sown = Decimal(rng.randint(200, 3200))
    grain_share, tonnes_per_mu = rng.uniform(0.6, 0.95), rng.uniform(0.24, 0.48)
    pigs = rng.randint(20, 900) if rng.random() < 0.5 else None
    sheep = rng.randint(80, 2500) if rng.random() < 0.8 else None
    cows = rng.randint(30, 700) if rng.random() < 0.2 else None
    eggs = _share_of(rng.randint(1, 120), 0.9) if rng.random() < 0.4 else None
    milk_per_cow, growth = rng.uniform(6.5, 9.5), rng.uniform(1.01, 1.06)
    if year == "2021":
        tonnes_per_mu /= growth
        pigs, sheep, cows = (count and int(count / growth) for count in (pigs, sheep, cows))
        eggs = eggs and _share_of(eggs, 1 / growth)
    grain_area = _share_of(sown, grain_share)
    grain, milk = _share_of(grain_area, tonnes_per_mu), cows and _share_of(cows, milk_per_cow)
    meat = _share_of((pigs or 0) * 2, 0.08) + _share_of(sheep or 0, 0.016)
    tonnes_by_product = {"grain": grain, "milk": milk or 0, "meat": meat, "egg": eggs or 0}
    value = (sown - grain_area) * _YUAN_PER_MU_OF_OTHER_CROPS
    value += sum(tonnes * _YUAN_PER_TONNE[name] for name, tonnes in tonnes_by_product.items())
    return {
        "village_code": village.name,
        "村统计员": people.person("village statistician", village.code).name,
        "sown_area_mu": sown,
        "grain_sown_area_mu": grain_area,
        "grain_output_tonnes": grain,
        "pig_heads": pigs,
        "sheep_heads": sheep,
        "dairy_cow_heads": cows,
        "milk_output_tonnes": milk,
        "meat_output_tonnes": meat or None,
        "egg_output_tonnes": eggs,
        "gross_output_value_yuan": floor_to(value, _HUNDRED),
    }


def _share_of(whole: Decimal | int, share: float) -> Decimal:
    """Return a share of an amount, rounded down to 0.01."""
    return floor_to(whole * Decimal(repr(share)), _CENT)
