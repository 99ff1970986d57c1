"""Benchmark of whole builds on DuckDB and on a Spark server, as a ledger grows: CPU seconds, peak and growth of each.

`PYTHONPATH=.spark .venv/bin/python -m benchmarks.engines`; BENCH_SIZES names the rows (500000 2000000 5000000),
BENCH_ENGINES the engines (duckdb spark). The
server is that of the tests, with a new one for each size, so that none is warm from the last.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.county import CATALOGUE, INPUTS
from benchmarks.staged_district import StagedDistrict, write_district
from warehouse.build.build import build
from warehouse.build.inputs import Inputs

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "500000 2000000 5000000").split()]
ENGINES = os.environ.get("BENCH_ENGINES", "duckdb spark").split()
CUT_OFF = datetime(2029, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
_TICKS = os.sysconf("SC_CLK_TCK")


def measure_engines() -> None:
    """Print a line a size and engine."""
    before: dict[str, tuple[int, float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write_district(folder, _district(size))
            for engine in ENGINES:
                cost = json.loads(_run(engine, folder))
                growth = ""
                if engine in before:
                    rows, seconds = before[engine]
                    growth = (
                        f", exponent {math.log(cost['cpu_seconds'] / seconds) / math.log(size / rows):.2f}"
                    )
                before[engine] = (size, cost["cpu_seconds"])
                print(
                    f"{size:>10,} {engine}: {cost['cpu_seconds']:.1f} CPU s, {cost['peak_gb']:.2f} GB{growth}",
                    flush=True,
                )


def _district(rows: int) -> StagedDistrict:
    """Two banks, a ledger of half the rows each."""
    return StagedDistrict(townships=6, villages=15, years=(2022, 2022), loan_notes=rows // 2)


def _run(engine: str, folder: Path) -> str:
    """Build in a process of its own. Raises CalledProcessError."""
    command = [sys.executable, "-m", "benchmarks.engines", engine, str(folder)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def build_on(engine: str, folder: Path) -> dict[str, float]:
    """Build the county in a folder; CPU seconds of client and server, and the peak of the larger in gigabytes."""
    sources = Inputs(CATALOGUE, {name: [folder / f"{name}.parquet"] for name in INPUTS})
    server = None
    if engine == "spark":
        from tests.spark.server import Server

        (folder / "server").mkdir()
        server = Server(folder / "server", for_few_rows=False)
    try:
        build(
            sources,
            out=folder / f"{engine}.duckdb",
            cut_off=CUT_OFF,
            synthetic=True,
            row_checks=[],
            engine_address=server.address() if server else None,
        )
        of_server = _server_cost(server.pid) if server else (0.0, 0.0)
    finally:
        if server:
            server.stop()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    own = usage.ru_utime + usage.ru_stime
    return {"cpu_seconds": own + of_server[0], "peak_gb": max(usage.ru_maxrss / 1e6, of_server[1])}


def _server_cost(pid: int) -> tuple[float, float]:
    """Read what a running process has taken since it began: CPU seconds, and its peak in gigabytes."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    peak_kb = int(status.partition("VmHWM:")[2].split()[0])
    return (int(fields[11]) + int(fields[12])) / _TICKS, peak_kb / 1e6


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(build_on(sys.argv[1], Path(sys.argv[2]))))
    else:
        measure_engines()
