"""Benchmark of a bank ledger of 5 M rows in GB18030, from inbox to fact, against DuckDB reading it as UTF-8."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sample.volume import write_ledger

ROWS = int(os.environ.get("BENCH_ROWS", 5_000_000))
NAME = "贷款台账20221231.csv"
MOST_CPU_RATIO, MOST_PEAK_GB = 7, 4


@dataclass(frozen=True)
class Cost:
    """What a command and its children took."""

    cpu_seconds: float
    peak_gb: float


def measure_ledger() -> None:
    """Print what a load of the ledger costs, as a multiple of `create table as` from the same rows."""
    with tempfile.TemporaryDirectory() as scratch:
        home, plain = Path(scratch) / "home", Path(scratch) / NAME
        folder = home / "inbox" / "大同农商行云冈支行"
        folder.mkdir(parents=True)
        write_ledger(folder / NAME, ROWS, encoding="gb18030")
        write_ledger(plain, ROWS, encoding="utf-8")
        yardstick = measure_command([sys.executable, "-m", "benchmarks.ledger", str(plain)], home)
        xiangcang = Path(sys.executable).with_name("xiangcang")
        whole = measure_command([str(xiangcang), "load", "--json", "--settle", "0"], home)
        facts = count_published_rows(home)
    ratio = whole.cpu_seconds / yardstick.cpu_seconds
    print(
        f"ledger: {ROWS:,} rows, {facts:,} balance facts published; CPU {whole.cpu_seconds:.1f} s, "
        f"{ratio:.1f} times the yardstick's {yardstick.cpu_seconds:.1f} s (goal: at most {MOST_CPU_RATIO}); "
        f"peak {whole.peak_gb:.1f} GB (goal: under {MOST_PEAK_GB})"
    )


def count_published_rows(home: Path) -> int:
    """Count the balance facts in the published file of a home."""
    with duckdb.connect(str(home / "warehouse" / "warehouse.duckdb"), read_only=True) as warehouse:
        return int(warehouse.sql("select count(*) from fact_loan_balance").fetchall()[0][0])


def measure_command(command: list[str], home: Path) -> Cost:
    """Run a command on a home without run history; return CPU seconds and peak gigabytes, children included."""
    shutil.rmtree(home / "dagster", ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"XIANGCANG_HOME": str(home)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, after.ru_maxrss / 1e6)


if __name__ == "__main__":  # the yardstick
    with duckdb.connect(str(Path(sys.argv[1]).with_suffix(".duckdb"))) as target:
        target.read_csv(sys.argv[1], ignore_errors=True, null_padding=True).create("ledger")
