"""Records of 整村授信进度表, from the postal savings bank: as many credit villages at the end of 2022 as targeted."""

from collections.abc import Iterator
from decimal import Decimal

from sample.district.chance import stream
from sample.district.people import People
from sample.district.registers import Village, all_villages
from sample.district.sent import Record, Sending
from sample.district.targets import Targets
from sample.district.villages import draw_village_figures
from schemas.forms.agri_processing import CLUSTERS

_DONE_PCT = {"2021-Q4": 60, "2022-Q1": 70, "2022-Q2": 80, "2022-Q3": 90, "2022-Q4": 100}
"""By period: progress in percent of the state at the end of 2022."""


def sendings(seed: int, targets: Targets, people: People) -> Iterator[Sending]:
    """Yield one table a quarter from the end of 2021 on, in which ever more villages are credit villages."""
    villages = list(all_villages())
    stream(seed, "credit villages").shuffle(villages)
    for period, done_pct in _DONE_PCT.items():
        assessed = {village.code for village in villages[: targets.credit_villages * done_pct // 100]}
        records = [
            _draw_progress(seed, people, village, done_pct, village.code in assessed)
            for village in all_villages()
        ]
        yield Sending("village_credit.quarter", "psbc_yungang", period, records)


def _draw_progress(
    seed: int, people: People, village: Village, done_pct: int, is_credit_village: bool
) -> Record:
    rng = stream(seed, "village credit", village.code)
    registered = int(str(draw_village_figures(seed, village, 2022)["registered_households"]))
    households, cluster = int(registered * rng.uniform(0.5, 0.95)), rng.choice((*CLUSTERS, None, None))
    rated_share, granted_share, drawn_share = (
        rng.uniform(0.6, 0.9),
        rng.uniform(0.3, 0.8),
        rng.uniform(0, 0.5),
    )
    yuan_each = Decimal(rng.randint(3, 12) * 10_000)
    filed = households * done_pct // 100
    rated = int(filed * rated_share)
    granted = int(rated * granted_share)
    drawn = int(granted * drawn_share)
    return {
        "所属乡镇": village.township,
        "village_code": village.name,
        "cluster": cluster,
        "驻村客户经理": people.person("village banker", village.township).name,
        "filed_households": filed,
        "rated_households": rated,
        "granted_households": granted,
        "drawn_households": drawn,
        "granted_yuan": granted * yuan_each,
        "drawn_yuan": drawn * yuan_each * Decimal("0.8"),
        "is_credit_village": is_credit_village,
    }
