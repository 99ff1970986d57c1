"""The command that compares two homes: `python -m benchmarks.same HOME_A HOME_B`.

It prints a line for each difference; the last line is JSON: differences by kind, and how much was compared.
Exit codes: 0 nothing differs, 1 something does, 2 there was nothing to compare.
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.same.asked import Side, compare_templates, compare_traces
from benchmarks.same.clock import neutral_for
from benchmarks.same.comparison import Comparison
from benchmarks.same.files import compare_documents, compare_folders
from benchmarks.same.parquet_files import compare_parquet
from benchmarks.same.run_history import compare_runs
from benchmarks.same.tables import compare_tables

TRACES = 50


def compare_homes(comparison: Comparison, a: Side, b: Side, traces: int = TRACES) -> None:
    """Compare everything that two homes hold, and the answers of their code to commands."""
    compare_tables(comparison, a.home, b.home)
    compare_documents(comparison, a.home, b.home)
    compare_parquet(comparison, a.home, b.home)
    neutral = neutral_for(a.home), neutral_for(b.home)
    compare_folders(comparison, "outbox", a.home / "outbox", b.home / "outbox", *neutral)
    neutral = neutral_for(a.home, with_days=True), neutral_for(b.home, with_days=True)
    compare_folders(comparison, "page", a.home / "pages", b.home / "pages", *neutral)
    compare_runs(comparison, a.home, b.home)
    compare_templates(comparison, a, b)
    compare_traces(comparison, a, b, traces)


def print_report(comparison: Comparison) -> None:
    """Print the differences that were kept, how many more there are of each kind, and the counts as JSON."""
    for kind, count in comparison.counts.items():
        kept = [difference for difference in comparison.differences if difference.kind == kind]
        for difference in kept:
            print(difference)
        if count > len(kept):
            print(f"{kind}: {count - len(kept):,} more")
    kinds = sorted({*comparison.compared, *comparison.counts})
    counts = {kind: comparison.counts[kind] for kind in kinds}
    print(
        json.dumps({"differences": counts, "compared": {kind: comparison.compared[kind] for kind in kinds}})
    )


def main() -> int:
    """Compare two homes, print the report, and return the exit code."""
    beside = Path(sys.executable).with_name("xiangcang")
    parser = argparse.ArgumentParser(prog="benchmarks.same", description="Compare two homes.")
    parser.add_argument("home_a", type=Path, metavar="HOME_A")
    parser.add_argument("home_b", type=Path, metavar="HOME_B")
    parser.add_argument(
        "--by-a", type=Path, default=beside, metavar="XIANGCANG", help="the command that made A"
    )
    parser.add_argument(
        "--by-b", type=Path, default=beside, metavar="XIANGCANG", help="the command that made B"
    )
    parser.add_argument("--first", type=int, default=20, metavar="N", help="differences shown of each kind")
    parser.add_argument(
        "--traces", type=int, default=TRACES, metavar="N", help="figures whose trace is compared"
    )
    arguments = parser.parse_args()
    a, b = (
        Side(home.absolute(), by.absolute())
        for home, by in ((arguments.home_a, arguments.by_a), (arguments.home_b, arguments.by_b))
    )
    missing = [str(side.home) for side in (a, b) if not side.home.is_dir()]
    if missing:
        parser.error(f"no folder {', '.join(missing)}")
    comparison = Comparison(arguments.first)
    compare_homes(comparison, a, b, arguments.traces)
    print_report(comparison)
    if not comparison.compared.keys() - {"template"}:
        print("neither home holds anything to compare", file=sys.stderr)
        return 2
    return 1 if comparison.counts.total() else 0


if __name__ == "__main__":
    sys.exit(main())
