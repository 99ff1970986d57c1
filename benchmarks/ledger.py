"""A bank's ledger of millions of rows in GB18030, from inbox to published figures: against DuckDB reading it, and against peers.

Growth, memory, and the trace of a figure are measured on the same ledgers.
"""

import math
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import duckdb

from benchmarks.against_peers import (
    LEDGER_PEERS,
    hold_equal,
    query_results,
    read_results,
    run_ledger_peer,
    write_villages,
)
from benchmarks.lines import Line
from benchmarks.measuring import (
    IMPORTS_NAME,
    XIANGCANG,
    Cost,
    compare,
    measure,
    measure_imports,
    measure_in_turn,
    measure_load,
)
from sample import write_county
from sample.volume import write_ledger

SIZES = (500_000, 2_000_000, 5_000_000)
PEERS_SIZE, YARDSTICK_SIZE, EQUAL_SIZE, QUICK_SIZE = 2_000_000, 5_000_000, 100_000, 300_000
OURS, YARDSTICK = "xiangcang", "create table as"
INBOX = Path("inbox") / "大同农商行云冈支行" / "贷款台账20221231.csv"
TRACE = [XIANGCANG, "trace", "farm_loan_disbursed", "-p", "2022"]
PUBLISHED = Path(__file__).with_name("published_ledger.sql")


def measure_ledger(sizes: Sequence[int] = SIZES) -> Iterator[Line]:
    """Measure ledgers of these numbers of rows: ratios to the yardstick and to peers, growth, peak, a trace."""
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch), EQUAL_SIZE)
        measure_in_turn({name: LedgerRun(name, Path(scratch)) for name in (OURS, *LEDGER_PEERS)}, runs=1)
        hold_peers_equal(Path(scratch))
    seconds: dict[int, float] = {}
    for rows in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write(folder, rows)
            peers = LEDGER_PEERS if rows == PEERS_SIZE else {}
            costs = measure_in_turn({name: LedgerRun(name, folder) for name in (YARDSTICK, OURS, *peers)})
            seconds[rows] = costs[OURS].cpu_seconds
            if peers:
                hold_peers_equal(folder)
            for peer in peers:
                yield compare(f"ledger_to_{peer}", costs, OURS, peer)
            if rows == YARDSTICK_SIZE:
                yield compare("ledger", costs, OURS, YARDSTICK)
                yield Line("ledger_peak", costs[OURS].peak_gb)
                yield from measure_trace(folder / OURS)
    if len(seconds) > 1:
        yield Line(
            "ledger_growth", growth(seconds), ", ".join(f"{rows:,}: {s:.1f} s" for rows, s in seconds.items())
        )


def measure_quick_ledger() -> Iterator[Line]:
    """Measure a small ledger, and unchanged nights after it: lines of `make bench-quick`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(folder, QUICK_SIZE)
        costs = measure_in_turn({IMPORTS_NAME: measure_imports, OURS: LedgerRun(OURS, folder)})
        yield compare("quick_ledger", costs, OURS, IMPORTS_NAME)
        costs = measure_in_turn(
            {IMPORTS_NAME: measure_imports, "unchanged": lambda: measure_load(folder / OURS)}
        )
        yield compare("quick_unchanged_night", costs, "unchanged", IMPORTS_NAME)


def measure_trace(home: Path) -> Iterator[Line]:
    """Measure the trace of a year's figure of the county, whose rows are a quarter of all notes."""
    sides = {IMPORTS_NAME: measure_imports, "trace": lambda: measure(TRACE, XIANGCANG_HOME=str(home))}
    costs = measure_in_turn(sides)
    yield compare("trace", costs, "trace", IMPORTS_NAME)
    yield Line("trace_peak", costs["trace"].peak_gb)


def growth(seconds: Mapping[int, float]) -> float:
    """Compute the exponent by which seconds grow with rows, where it is the steepest between neighbouring sizes.

    From the fewest rows to the most, the fixed cost of a load would hide a build that grows too fast.
    """
    return max(
        math.log(seconds[more] / seconds[fewer]) / math.log(more / fewer)
        for fewer, more in pairwise(sorted(seconds))
    )


def write(folder: Path, rows: int) -> None:
    """Write a ledger in both encodings, in a process of its own, and what peers are given besides."""
    measure([sys.executable, "-m", "benchmarks.ledger", "write", str(folder), str(rows)])
    write_villages(folder / "villages.csv")
    (folder / "person.key").write_bytes(bytes(range(32)))


class LedgerRun:
    """One way to the figures of a ledger, each time from the beginning, in a folder of its name."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def __call__(self) -> Cost:
        """Run it."""
        out = self.folder / self.name
        shutil.rmtree(out, ignore_errors=True)
        if self.name == OURS:
            (out / INBOX).parent.mkdir(parents=True)
            write_county(out / "county")
            shutil.copyfile(self.folder / "gb18030.csv", out / INBOX)
            return measure_load(out)
        out.mkdir()
        if self.name == YARDSTICK:
            return measure([sys.executable, "-m", "benchmarks.ledger", "read", str(self.folder), str(out)])
        inputs = [self.folder / name for name in ("gb18030.csv", "villages.csv", "person.key")]
        return run_ledger_peer(self.name, inputs, out)


def hold_peers_equal(folder: Path) -> None:
    """Raise Differs unless every peer that ran in the folder has the published results."""
    published = query_results(folder / OURS, PUBLISHED)
    for peer in LEDGER_PEERS:
        hold_equal(published, read_results(folder / peer), peer)


def read_plain(folder: Path, out: Path) -> None:
    """Create a table from the rows in UTF-8, without their trailer: the yardstick."""
    with duckdb.connect(str(out / "ledger.duckdb")) as target:
        target.read_csv(str(folder / "utf-8.csv")).create("ledger")


def write_both(folder: Path, rows: int) -> None:
    """Write a ledger as banks send it, and its rows alone in UTF-8."""
    write_ledger(folder / "gb18030.csv", rows, encoding="gb18030")
    write_ledger(folder / "utf-8.csv", rows, encoding="utf-8")
    with (folder / "utf-8.csv").open("r+b") as lines:
        start = max(0, lines.seek(0, 2) - 1000)
        lines.seek(start)
        lines.truncate(start + lines.read().rindex("合计笔数".encode()))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write_both(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        read_plain(Path(sys.argv[2]), Path(sys.argv[3]))
