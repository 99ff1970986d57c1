"""The command of the quality drill, `make quality-drill`: plant faults, load, report what was caught.

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

from benchmarks.quality_drill.alarms import Alarm, read_alarms
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
    """The outcome of one seed: faults by whether they were caught, alarms by whether they are about one."""

    seed: int
    caught: list[Planted]
    missed: list[Planted]
    true_alarms: list[Alarm]
    false_alarms: list[Alarm]
    clean_alarms: list[Alarm]


def drill(seed: int) -> Round:
    """Load a district of this seed as it is, and with faults."""
    with tempfile.TemporaryDirectory() as scratch:
        clean = read_alarms(load(Path(scratch) / "clean", sound_files(seed)))
        district = District(sound_files(seed))
        planted = list(plant(district, seed))
        alarms = read_alarms(load(Path(scratch) / "faulty", district.sent()))
    caught = [fault for fault in planted if fault.is_caught_by(alarms)]
    true = [alarm for alarm in alarms if any(fault.explains(alarm) for fault in planted)]
    return Round(
        seed,
        caught=caught,
        missed=[fault for fault in planted if fault not in caught],
        true_alarms=true,
        false_alarms=[alarm for alarm in alarms if alarm not in true],
        clean_alarms=clean,
    )


def plant(district: District, seed: int) -> Iterator[Planted]:
    """Plant faults of every kind, in forms drawn so that each form gets several over the seeds."""
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
    """Print recall and precision by kind, the misses, the false alarms by rule, and the totals as JSON."""
    faults = [fault for seed_round in rounds for fault in (*seed_round.caught, *seed_round.missed)]
    planted = Counter(fault.kind for fault in faults)
    caught = Counter(fault.kind for seed_round in rounds for fault in seed_round.caught)
    print(f"{'kind':28} {'planted':>8} {'caught':>7} {'recall':>7} {'precision':>10}")
    for kind, number in sorted(planted.items()):
        precision = _precision({rule for f in faults if f.kind == kind for rule in f.rules}, rounds)
        print(f"{kind:28} {number:8} {caught[kind]:7} {caught[kind] / number:7.3f} {precision:10.3f}")
    for seed_round in rounds:
        seed = seed_round.seed
        for fault in seed_round.missed:
            print(f"missed, seed {seed}: {fault.kind} {sorted(fault.rules)} {fault.spots[:2]} {fault.text}")
        for name, alarms in (
            ("false alarm", seed_round.false_alarms),
            ("clean alarm", seed_round.clean_alarms),
        ):
            for rule, number in Counter(alarm.rule for alarm in alarms).items():
                first = next(alarm for alarm in alarms if alarm.rule == rule)
                print(f"{name}, seed {seed}: {rule} × {number}, first {first.spots} {first.text[:120]}")
    totals = {
        "planted": planted.total(),
        "caught": caught.total(),
        "false_alarms": sum(len(seed_round.false_alarms) for seed_round in rounds),
        "clean_alarms": sum(len(seed_round.clean_alarms) for seed_round in rounds),
    }
    print(json.dumps(totals))


def _precision(rules: set[str], rounds: list[Round]) -> float:
    """Return the share (0 to 1) of these rules' alarms that is about a fault; loads without one count too."""
    true = sum(alarm.rule in rules for seed_round in rounds for alarm in seed_round.true_alarms)
    false = sum(
        alarm.rule in rules
        for seed_round in rounds
        for alarm in (*seed_round.false_alarms, *seed_round.clean_alarms)
    )
    return true / (true + false) if true + false else 1.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="quality_drill", description="Faults planted, and what is caught.")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--first", type=int, default=FIRST_SEED)
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    with ProcessPoolExecutor(max_workers=2) as processes:
        rounds = []
        for done in processes.map(drill, seeds):
            rounds.append(done)
            print(f"seed {done.seed}: {len(done.caught)} caught, {len(done.missed)} missed", file=sys.stderr)
    report(rounds)
