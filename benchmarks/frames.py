"""How many deliveries are held: none that is sound, and which of those that are cut short, form by form.

Run as `python -m benchmarks.frames [SEED …]`. Of every reporter's last delivery of a form that has more than one row, the
first half of the rows and the first sixth are judged: sent for the same period again, and sent first, when only the
frame of the form can tell.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from benchmarks.county import REFERENCES
from sample import write_sample
from sources.holding.home_states import home_states
from sources.holding.judge import Judge
from sources.holding.states import DeliveryStates
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import DataFile, Receipt, RowCounts, read_receipts
from sources.intake import receive
from sources.reading.worker import Reader

SEEDS = (2022, 7, 77, 91_001)
CUTS = {"half": 2, "sixth": 6}


def main(seeds: Iterable[int]) -> None:
    """Print for each contract its frame, what may lack, and how many deliveries are held of how many."""
    counts: Counter[tuple[str, str]] = Counter()
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            counts.update(count_held(Path(folder), seed))
    kinds = ["sound", *(f"{cut} {way}" for cut in CUTS for way in ("again", "first"))]
    print("contract", "frame", "rows", "share", *kinds, sep="\t")
    for name, contract in sorted(REFERENCES.contracts.items()):
        shares = [f"{counts[name, f'{kind} held']}/{counts[name, kind]}" for kind in kinds]
        print(name, contract.frame, contract.lacks.rows, contract.lacks.share, *shares, sep="\t")


def count_held(folder: Path, seed: int) -> Counter[tuple[str, str]]:
    """Count by contract and kind the deliveries of a district of this seed, and those of them that are held."""
    home, references = Home(folder), REFERENCES
    write_sample(folder, seed=seed)
    with Reader() as reader:
        receive(home, reader, now=lambda: datetime.now(SHANGHAI), settle_seconds=0, references=references)
    states = home_states(home, references, read_receipts(home), datetime.now(SHANGHAI))
    counts: Counter[tuple[str, str]] = Counter()
    for receipt in [r for r in read_receipts(home) if r.outcome == "accepted"]:
        holds = states.judgements[receipt.delivery_id].holds
        if holds:
            print(seed, receipt.contract, receipt.reporter_code, receipt.period, *holds.values(), sep="\t")
        _count(counts, receipt, "sound", is_held=bool(holds))
    judge = Judge(home, references)
    for receipt in _last_of_each(states):
        for cut, parts in CUTS.items():
            short = cut_short(home, receipt, parts)
            again, first = judge(short, states), judge(short, _without(states, receipt))
            _count(counts, receipt, f"{cut} again", is_held=bool(again.holds))
            _count(counts, receipt, f"{cut} first", is_held=bool(first.holds))
    return counts


def _count(counts: Counter[tuple[str, str]], receipt: Receipt, kind: str, *, is_held: bool) -> None:
    counts[receipt.contract, kind] += 1
    counts[receipt.contract, f"{kind} held"] += is_held


def _last_of_each(states: DeliveryStates) -> Iterable[Receipt]:
    """Give the last delivery in force of each form and reporter that can be cut."""
    several = [receipt for receipt in states.counting if receipt.rows.accepted > 1]
    return {r.key[:2]: r for r in sorted(several, key=lambda r: r.period)}.values()


def _without(states: DeliveryStates, receipt: Receipt) -> DeliveryStates:
    """Give what is in force but for one delivery."""
    in_force = {key: other for key, other in states.in_force.items() if key != receipt.key}
    by_table: dict[str, dict[tuple[str, str, str], Receipt]] = {}
    for key, other in in_force.items():
        by_table.setdefault(other.table, {})[key] = other
    return DeliveryStates(in_force=in_force, by_table=by_table)


def cut_short(home: Home, receipt: Receipt, parts: int) -> Receipt:
    """Write the first of so many parts of a delivery's rows, as if staged a day later."""
    rows = pl.concat([pl.read_parquet(home.root / part.path) for part in receipt.staged_files])
    kept = rows.head(max(rows.height // parts, 1))
    name = f"{receipt.delivery_id}-{parts}"
    path = home.staging / f"{name}.parquet"
    kept.write_parquet(path)
    file = DataFile(path=str(path.relative_to(home.root)), sha256=name, rows=kept.height)
    return receipt.model_copy(
        update={
            "delivery_id": name,
            "received_at": receipt.received_at + timedelta(days=1),
            "rows": RowCounts(candidate=kept.height, accepted=kept.height),
            "staged_files": [file],
            "rejected_files": [],
            "candidate_files": [],
        }
    )


if __name__ == "__main__":
    main(map(int, sys.argv[1:]) if sys.argv[1:] else SEEDS)
