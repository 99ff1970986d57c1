"""Records of 人居环境整治月报, from the townships in 2022: only the last month meets the targets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sample.district.chance import divide, stream
from sample.district.people import People
from sample.district.registers import Village, all_villages, townships, villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from sample.district.villages import draw_served_villages, draw_village_figures

_CONTRACTOR = "中航环卫"
_HOUSEHOLDS = range(19_000, 21_001)  # resident; fewer than are registered
_LAST_MONTH = 12


@dataclass(frozen=True)
class _Month:
    """Figures of a month from which every village's line is made, by village code."""

    number: int
    households: dict[str, int]
    uncollected: Counter[str]
    cleared_daily: set[str]


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield twelve months of each township."""
    households = _make_households(seed, targets)
    months = [_draw_month(seed, targets, households, number) for number in range(1, _LAST_MONTH + 1)]
    for township in townships():
        for month in months:
            lines = [_draw_line(seed, people, village, month) for village in villages(township.division_code)]
            yield Sending("living_environment.month", township.code, f"2022-{month.number:02}", lines)


def _draw_month(seed: int, targets: Targets, households: dict[str, int], number: int) -> _Month:
    total, months_left = sum(households.values()), _LAST_MONTH - number
    uncollected = total - round(total * targets.waste_treated_pct / 100) + total * months_left // 500
    drawn = stream(seed, "waste not collected", number).sample(
        list(households), min(total, uncollected), counts=list(households.values())
    )
    cleared = draw_served_villages(seed, targets.villages_with_daily_clearance - months_left // 2)
    return _Month(number, households, Counter(drawn), cleared)


def _make_households(seed: int, targets: Targets) -> dict[str, int]:
    """Make resident households by village, a share of the registered, that meet the target to 4 decimals."""

    def deviation(total: int) -> Decimal:
        collected = total * targets.waste_treated_pct / 100
        return abs(collected - round(collected)) / total

    registered = {
        village.code: float(str(draw_village_figures(seed, village, 2022)["registered_households"]))
        for village in all_villages()
    }
    whole = [Decimal(1)] * len(registered)
    parts = divide(Decimal(min(_HOUSEHOLDS, key=deviation)), list(registered.values()), whole)
    return dict(zip(registered, map(int, parts), strict=True))


def _draw_line(seed: int, people: People, village: Village, month: _Month) -> Record:
    village_rng = stream(seed, "living environment", village.code)
    month_rng = stream(seed, "living environment", village.code, month.number)
    households, has_contractor = month.households[village.code], village_rng.random() < 0.9
    is_cleared, sewage_share = village.code in month.cleared_daily, village_rng.uniform(0, 0.6)
    return {
        "village_code": village.name,
        "村保洁负责人": people.person("cleaning head", village.code).name,
        "households": households,
        "waste_collected_households": households - month.uncollected[village.code],
        "has_daily_clearance": is_cleared,
        "cleaners": 1 + households // 80,
        "has_equipment": is_cleared or month_rng.random() < 0.5,
        "has_rules": month.number > 3 or village_rng.random() < 0.7,
        "contractor_name": _CONTRACTOR if has_contractor else None,
        "toilets_new_households": month_rng.choice((0, 0, 1, 2, 4)) if 4 <= month.number <= 10 else 0,
        "toilets_repaired": month_rng.choice((0, 0, 0, 1, 2)),
        "problem_toilets_found": _draw_problem_toilets(seed, village, month.number),
        "problem_toilets_fixed": _draw_problem_toilets(seed, village, month.number - 1),
        "sewage_treated_households": int(households * sewage_share),
    }


def _draw_problem_toilets(seed: int, village: Village, month: int) -> int:
    """Draw the problem toilets found in a month, to be fixed in the next; none before the first."""
    return stream(seed, "problem toilets", village.code, month).choice((0, 0, 0, 1, 3)) if month >= 1 else 0
