"""CPU seconds and memory of commands, and sides that run in turn.

CPU seconds are user and system time of a command and of all that it starts, never time on the clock: on a machine that is shared,
the clock measures the others. Noise only ever adds to them, so the least of several runs is nearest to what the work costs.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lines import Line

RUNS = 3
XIANGCANG = str(Path(sys.executable).with_name("xiangcang"))
IMPORTS_NAME = "imports"
IMPORTS = [sys.executable, "-c", "import dagster, duckdb, polars, pandera.polars"]
"""The yardstick of what costs few seconds: a second of Python's work by libraries of the lock, which no change here alters."""


@dataclass(frozen=True)
class Cost:
    """What a command and its children took: CPU seconds, and the peak of the largest process in gigabytes."""

    cpu_seconds: float
    peak_gb: float


def measure(command: Sequence[str], **environment: str) -> Cost:
    """Run a command to its end. Raise CalledProcessError, with what it wrote to standard error, if it fails."""
    with tempfile.TemporaryFile() as errors:
        # a child begins with the peak of the process that starts it: nothing large is made in this one
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)  # the usage of this child alone, and of its children
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise subprocess.CalledProcessError(
                process.returncode, command, stderr=errors.read()[-4000:].decode()
            )
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6)


def measure_load(home: Path) -> Cost:
    """Load a home by the command line."""
    return measure([XIANGCANG, "load", "--json", "--settle", "0"], XIANGCANG_HOME=str(home))


def measure_in_turn(sides: Mapping[str, Callable[[], Cost]], runs: int = RUNS) -> dict[str, Cost]:
    """Run all sides one after the other, so many times; give the least CPU seconds of each, and its highest peak."""
    costs: dict[str, list[Cost]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, side in sides.items():
            costs[name].append(side())
    return {
        name: Cost(min(cost.cpu_seconds for cost in of_side), max(cost.peak_gb for cost in of_side))
        for name, of_side in costs.items()
    }


def measure_imports() -> Cost:
    """Run the yardstick of what costs few seconds; the least of three, since one alone is short and uneven."""
    return min((measure(IMPORTS) for _ in range(3)), key=lambda cost: cost.cpu_seconds)


def compare(name: str, costs: Mapping[str, Cost], side: str, against: str) -> Line:
    """Give a side's CPU seconds as a multiple of another's, as a line of the table."""
    own, other = costs[side].cpu_seconds, costs[against].cpu_seconds
    return Line(name, own / other, f"{side} {own:.2f} s, {against} {other:.2f} s")
