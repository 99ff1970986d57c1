"""Plant faults in unseen districts, load them, and tell what was caught: `make quality-drill`.

Each seed is loaded twice, without a fault and with at least forty. The last line is JSON: faults planted and
caught, alarms about no fault (false_alarms), and alarms in the loads without a fault (clean_alarms).
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality_drill.alarms import Alarm, alarms
from benchmarks.quality_drill.cell_faults import cell_faults
from benchmarks.quality_drill.district import load, sound_files
from benchmarks.quality_drill.form_faults import form_faults, repeated_lines, reporting_faults, unknown_units
from benchmarks.quality_drill.planted import District, Planted
from benchmarks.quality_drill.rule_faults import rule_faults
from benchmarks.quality_drill.size_faults import size_faults
from benchmarks.quality_drill.table_faults import table_faults
from sample.district.chance import stream

FIRST_SEED = 91_001
SEEDS = 20


@dataclass(frozen=True)
class Round:
    """One seed: the faults by whether they were caught, the alarms that are about one, and those about none."""

    seed: int
    caught: list[Planted]
    missed: list[Planted]
    true_alarms: list[Alarm]
    false_alarms: list[Alarm]
    clean_alarms: list[Alarm]


def drill(seed: int) -> Round:
    """Load a district of this seed as it is, and with faults."""
    with tempfile.TemporaryDirectory() as scratch:
        clean = alarms(load(Path(scratch) / "clean", sound_files(seed)))
        district = District(sound_files(seed))
        planted = list(plant(district, seed))
        found = alarms(load(Path(scratch) / "faulty", district.sent()))
    caught = [fault for fault in planted if fault.is_caught_by(found)]
    true = [alarm for alarm in found if any(fault.explains(alarm) for fault in planted)]
    return Round(
        seed,
        caught=caught,
        missed=[fault for fault in planted if fault not in caught],
        true_alarms=true,
        false_alarms=[alarm for alarm in found if alarm not in true],
        clean_alarms=clean,
    )


def plant(district: District, seed: int) -> Iterator[Planted]:
    """Faults of every kind, in forms drawn so that each form gets several over the seeds."""
    rng = stream(seed, "quality drill")
    yield from table_faults(district, rng)
    yield from reporting_faults(district, rng)
    tables = sorted({table for table, _, _ in district.files})
    yield from size_faults(district, rng, outliers=6, slips=8)
    yield from cell_faults(district, rng, rng.sample(tables, 8))
    yield from rule_faults(district, rng, rng.sample(tables, 12))
    yield from form_faults(district, rng, rng.sample(tables, 10))
    yield from repeated_lines(district, rng, rng.sample(tables, 4))
    yield from unknown_units(district, rng)


def report(rounds: list[Round]) -> None:
    """Recall and precision by kind, the misses and the false alarms by rule; the totals as one line of JSON."""
    faults = [fault for said in rounds for fault in (*said.caught, *said.missed)]
    planted = Counter(fault.kind for fault in faults)
    caught = Counter(fault.kind for said in rounds for fault in said.caught)
    print(f"{'kind':28} {'planted':>8} {'caught':>7} {'recall':>7} {'precision':>10}")
    for kind, number in sorted(planted.items()):
        precision = _precision({rule for f in faults if f.kind == kind for rule in f.rules}, rounds)
        print(f"{kind:28} {number:8} {caught[kind]:7} {caught[kind] / number:7.3f} {precision:10.3f}")
    for said in rounds:
        for fault in said.missed:
            print(
                f"missed, seed {said.seed}: {fault.kind} {sorted(fault.rules)} {fault.spots[:2]} {fault.text}"
            )
        for name, told in (("false alarm", said.false_alarms), ("clean alarm", said.clean_alarms)):
            for rule, number in Counter(alarm.rule for alarm in told).items():
                first = next(alarm for alarm in told if alarm.rule == rule)
                print(f"{name}, seed {said.seed}: {rule} × {number}, first {first.spots} {first.text[:120]}")
    totals = {
        "planted": planted.total(),
        "caught": caught.total(),
        "false_alarms": sum(len(said.false_alarms) for said in rounds),
        "clean_alarms": sum(len(said.clean_alarms) for said in rounds),
    }
    print(json.dumps(totals))


def _precision(rules: set[str], rounds: list[Round]) -> float:
    """Of the alarms of these rules, also in the loads without a fault, the share that is about one."""
    true = sum(alarm.rule in rules for said in rounds for alarm in said.true_alarms)
    false = sum(alarm.rule in rules for said in rounds for alarm in (*said.false_alarms, *said.clean_alarms))
    return true / (true + false) if true + false else 1.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="quality_drill", description="Faults planted, and what is caught.")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    said = parser.parse_args()
    seeds = range(said.first, said.first + said.seeds)
    with ProcessPoolExecutor(max_workers=2) as processes:
        rounds = []
        for one in processes.map(drill, seeds):
            rounds.append(one)
            print(f"seed {one.seed}: {len(one.caught)} caught, {len(one.missed)} missed", file=sys.stderr)
    report(rounds)
