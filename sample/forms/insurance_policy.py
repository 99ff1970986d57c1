"""Records of 农业保险承保台账: from as many insurers, over as many sectors, as the targets say."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import Village, all_villages, reporters
from sample.district.sent import Record, Sending
from sample.district.targets import Targets

_POLICIES = {"2021": 14, "2022": 18}
_SUBJECTS = {
    "种植业": ("玉米", "马铃薯", "小杂粮", "设施蔬菜", "黄花"),
    "畜牧业": ("奶牛", "生猪", "肉羊", "肉牛"),
}
_YUAN_PER_MU, _YUAN_PER_HEAD = (12, 60), (25, 400)


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one ledger a year of each insurer; without sectors to insure, none."""
    insurers = [reporter for reporter in reporters().values() if reporter.kind == "insurer"]
    sectors = list(_SUBJECTS)[: targets.insured_sectors]
    for insurer in insurers[: targets.insurers] if sectors else ():
        for year, count in _POLICIES.items():
            records = [
                _draw_policy(
                    seed, people, insurer.name, f"{insurer.code[-1].upper()}{year}{number:04}", sectors
                )
                for number in range(1, count + 1)
            ]
            yield Sending("insurance_policy.register", insurer.code, year, records)


def _draw_policy(seed: int, people: People, insurer: str, policy_number: str, sectors: list[str]) -> Record:
    rng = stream(seed, "policy", policy_number)
    number = int(policy_number[-4:])
    sector = sectors[number % len(sectors)]
    village = None if number % 9 == 0 else rng.choice(all_villages())
    quantity, premium = _draw_cover(rng, sector)
    cases = rng.choice((0, 0, 1, 2, 5))
    return {
        "policy_number": f"NX-{policy_number}",
        "insurer_name": insurer,
        "product": "特色" if number % 4 == 0 else "政策性",
        "sector": sector,
        "insured_subject": rng.choice(_SUBJECTS[sector]),
        "投保人": people.person("insured", policy_number).name,
        **_place_fields(village),
        "insured_area_mu": quantity if sector == "种植业" else None,
        "insured_head": int(quantity) if sector == "畜牧业" else None,
        "insured_households": 1 if number % 6 == 0 else rng.randint(8, 90),
        "premium_yuan": premium,
        "claim_count": cases,
        "claims_yuan": round(premium * rng.randint(10, 150) / 100, 2) if cases else Decimal(0),
    }


def _draw_cover(rng: Random, sector: str) -> tuple[Decimal, Decimal]:
    """Draw the insured quantity, in mu or heads, and the premium in yuan."""
    if sector == "种植业":
        area = Decimal(rng.randint(600, 30_000)) / 10
        return area, round(area * rng.randint(*_YUAN_PER_MU), 2)
    heads = Decimal(rng.randint(20, 900))
    return heads, heads * rng.randint(*_YUAN_PER_HEAD)


def _place_fields(village: Village | None) -> Record:
    if village is None:
        return {"township_code": None, "village_code": None}
    return {"township_code": village.township, "village_code": village.name}
