"""True figures of the villages: households, services and environment at the end of each year."""

import random

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import DistrictReporter, Village, all_villages, villages
from sample.district.sent import Record
from sample.district.targets import Targets

YEARS = (2021, 2022)
_HOLLOW = "140214101226"  # more registered households than persons: plausible, and flagged
_OBSERVED_ALIAS = {"赵家小村": "赵家小", "东韩岭村": "东韩岭"}


def make_village_records(
    seed: int, targets: Targets, people: People, township: DistrictReporter, year: int
) -> list[Record]:
    """Make the lines of a township's yearly form, in the order of the code list."""
    served = {
        name: draw_served_villages(seed, count - (fewer if year == 2021 else 0))
        for name, (count, fewer) in _count_services(targets).items()
    }
    records = []
    for village in villages(township.division_code):
        head = people.person("village head", village.code)
        records.append(
            {
                "village_code": _write_name(village, township),
                "村负责人": head.name,
                "联系电话": head.phone,
                **draw_village_figures(seed, village, year),
                **{name: village.code in codes for name, codes in served.items()},
                "备注": f"联系人{head.name}{head.phone}" if village.code.endswith("5") else "",
            }
        )
    return records


def _count_services(targets: Targets) -> dict[str, tuple[int, int]]:
    """Return, by service, how many villages have it in 2022, and how many fewer had it the year before."""
    return {
        "has_bus_service": (targets.villages_with_bus, 3),
        "has_waste_collection": (targets.villages_with_waste_collection, 5),
        "has_daily_waste_clearance": (targets.villages_with_daily_clearance, 9),
    }


def draw_served_villages(seed: int, count: int) -> set[str]:
    """Draw the codes of the villages that have a service; for every service and form, the same come first."""
    codes = [village.code for village in all_villages()]
    stream(seed, "villages served").shuffle(codes)
    return set(codes[: max(0, count)])


def draw_village_figures(seed: int, village: Village, year: int) -> Record:
    """Draw households, persons and their services at the end of a year, by field of the yearly form."""
    rng = stream(seed, "village", village.code)
    households = rng.randint(60, 620)
    persons = int(households * (0.9 if village.code == _HOLLOW else rng.uniform(1.7, 3.1)))
    resident = int(persons * rng.uniform(0.35, 0.95))
    toilet_share, tap_share = rng.uniform(0.25, 0.8), rng.uniform(0.8, 1)
    has_sewage, has_road, no_resident_count = rng.random() < 0.35, rng.random() < 0.98, rng.random() < 0.12
    if year == 2022:
        households, persons, resident = (
            _change_count(rng, count) for count in (households, persons, resident)
        )
        toilet_share, tap_share = toilet_share + 0.1, min(1, tap_share + 0.02)
        has_sewage = has_sewage or rng.random() < 0.15
    return {
        "registered_households": households,
        "registered_persons": persons,
        "resident_persons": None if no_resident_count else resident,
        "has_hardened_road": has_road or year == 2022,
        "tap_water_households": int(households * tap_share),
        "sanitary_toilet_households": int(households * toilet_share),
        "has_sewage_treatment": has_sewage,
    }


def _change_count(rng: random.Random, count: int) -> int:
    return max(1, round(count * rng.uniform(0.985, 1.005)))


def _write_name(village: Village, township: DistrictReporter) -> str:
    """Write a village's name as the township's clerk does: official, short, or spread to more width."""
    if village.name in _OBSERVED_ALIAS:
        return _OBSERVED_ALIAS[village.name]
    match township.code:
        case "yungang":
            return village.official_name
        case "xihanling" if len(village.name) == 2:
            return "　".join(village.name)
        case _:
            return village.name
