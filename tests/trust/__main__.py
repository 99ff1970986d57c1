"""`make trust`: try every fault as often as its line says, and print the table; exits 1 when a trial does not pass.

`--short` is what the tests run: some trials of each line.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pipelines.commands.operating.backup
import pipelines.commands.operating.load
import pipelines.commands.published.versions
import pipelines.load  # noqa: F401 - what trials import is imported once, before they are forked
from tests import ROOT
from tests.trust.all_lines import LINES
from tests.trust.forked import Process, fork
from tests.trust.homes import Homes, make_homes
from tests.trust.lines import Line, Tally, Trial, table_of, tally
from tests.trust.record import write_into_document


def main() -> int:
    """Try the lines that are asked for; return 1 if a trial did not pass."""
    parser = argparse.ArgumentParser(prog="trust", description=__doc__)
    parser.add_argument(
        "lines", nargs="*", help=f"{', '.join(line.name for line in LINES)}; without any, all"
    )
    parser.add_argument("--short", action="store_true", help="some trials of each line")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--json", action="store_true", help="an object a line")
    parser.add_argument("--record", action="store_true", help="write the lines into docs/trust.md")
    arguments = parser.parse_args()
    lines = [line for line in LINES if not arguments.lines or line.name in arguments.lines]
    with tempfile.TemporaryDirectory(prefix="trust") as folder:
        tallies = try_lines(lines, arguments.seed, Path(folder), short=arguments.short)
    print(json.dumps([asdict(line) for line in tallies]) if arguments.json else table_of(tallies))
    if arguments.record:
        find = ["git", "rev-parse", "--short", "HEAD"]
        commit = subprocess.run(find, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        write_into_document(tallies, commit, [line.fault for line in LINES])
    return int(any(line.failures for line in tallies))


def try_lines(lines: Sequence[Line], seed: int, folder: Path, *, short: bool) -> list[Tally]:
    """Try lines, as many trials at once as there are processors. folder: an empty folder."""
    homes = make_homes(folder)
    planned = {line.name: line.plan(seed, homes, short) for line in lines}
    waiting = [(name, trial) for name, trials in planned.items() for trial in trials]
    failures: dict[tuple[str, str], list[str]] = {}
    running: dict[tuple[str, str], Process] = {}
    started = monotonic()
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            name, trial = waiting.pop(0)
            running[name, trial.name] = _start(trial, folder / "trials" / name / trial.name, homes)
        for (name, trial_name), process in list(running.items()):
            if process.has_ended():
                failures[name, trial_name] = _end(folder / "trials" / name / trial_name, process)
                del running[name, trial_name]
                _tell(name, trial_name, failures[name, trial_name], monotonic() - started, len(waiting))
        sleep(0.02)
    return [
        tally(
            line,
            seed,
            planned[line.name],
            {trial.name: failures[line.name, trial.name] for trial in planned[line.name]},
        )
        for line in lines
    ]


def _start(trial: Trial, folder: Path, homes: Homes) -> Process:
    folder.mkdir(parents=True)
    return fork(partial(trial.attempt, folder, homes), folder.with_suffix(".log"), seconds=3600)


def _end(folder: Path, process: Process) -> list[str]:
    """Give what did not hold; a trial that fails itself is one that does not hold."""
    failures = process.answer()
    log = folder.with_suffix(".log")
    shutil.rmtree(folder, ignore_errors=True)
    return (
        failures if failures is not None else [f"the trial ended: {log.read_text('utf-8', 'replace')[-800:]}"]
    )


def _tell(name: str, trial: str, failures: Sequence[str], seconds: float, waiting: int) -> None:
    for failure in failures:
        print(f"{name} {trial}: {failure}", file=sys.stderr)
    print(f"{seconds:6.0f} s  {name} {trial}, {waiting} wait", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
