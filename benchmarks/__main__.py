"""The benchmarks, `make bench` and `make bench-quick`: lines of a table, each against its recorded value and its goal.

Exits 1 when a line is over its recorded value by more than a quarter.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.changes import measure_changes
from benchmarks.figures import measure_figures
from benchmarks.ledger import SIZES, measure_ledger, measure_quick_ledger
from benchmarks.lines import (
    Line,
    list_regressions,
    read_recorded,
    record,
    write_into_document,
    write_line,
)
from benchmarks.six_years import measure_six_years
from benchmarks.workbooks import measure_quick_workbooks, measure_workbooks

QUICK: dict[str, Callable[[], Iterator[Line]]] = {
    "ledger": measure_quick_ledger,
    "workbooks": measure_quick_workbooks,
}


def main() -> int:
    """Measure what was asked for; return 1 if a line is over its recorded value by more than a quarter."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", help="ledger, figures, workbooks, changes, six_years; without any, all"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, without peers")
    parser.add_argument(
        "--record", action="store_true", help="record what is measured, here and in docs/performance.md"
    )
    parser.add_argument("--largest", type=int, metavar="ROWS", help="a further ledger, such as 20000000")
    arguments = parser.parse_args()
    sizes = (*SIZES, *([arguments.largest] if arguments.largest else []))
    whole: dict[str, Callable[[], Iterator[Line]]] = {
        "ledger": partial(measure_ledger, sizes),
        "figures": measure_figures,
        "workbooks": measure_workbooks,
        "changes": measure_changes,
        "six_years": measure_six_years,
    }
    parts = QUICK if arguments.quick else whole
    recorded = read_recorded()
    lines = []
    for name in arguments.parts or parts:
        for line in parts[name]():
            print(write_line(line, recorded.get(line.name)), flush=True)
            lines.append(line)
    if arguments.record:
        record(lines, find_commit())
        write_into_document(read_recorded())
        return 0
    problems = list_regressions(lines, recorded)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    return 1 if problems else 0


def find_commit() -> str:
    """Name the commit that is measured, marked where files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
