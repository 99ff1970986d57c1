"""Figures and outliers of large counties: a ledger of 5 M notes, and 96 townships with ten years, both within 2 GB."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from benchmarks.county import CATALOGUE, INPUTS
from benchmarks.lines import Line
from benchmarks.measuring import RUNS
from benchmarks.staged_district import StagedDistrict, write_district
from warehouse.build.build import build
from warehouse.build.inputs import Inputs

NOTES = int(os.environ.get("BENCH_ROWS", 5_000_000))
MEMORY_LIMIT = "2GB"
LEDGERS = StagedDistrict(townships=6, villages=15, years=(2022, 2022), loan_notes=NOTES // 2)
"""Two banks, a ledger each."""

LARGE = StagedDistrict(townships=96, villages=15, years=(2019, 2028))
ADDED_UP = Path(__file__).with_name("loans_added_up.sql").read_text("utf-8")
"""What the figures and outliers of loans need at the least, each fact added up once."""

COPIED = "create table again as select * from mart_figure"

DISTRICTS = {"ledgers": LEDGERS, "townships": LARGE}


def measure_figures() -> Iterator[Line]:
    """Measure what figures and outliers cost of both counties, as multiples of yardsticks."""
    yield _measure("ledgers", ADDED_UP)
    yield _measure("townships", COPIED)


def _measure(name: str, yardstick: str) -> Line:
    """Build a county three times, its yardstick after each; least against least."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # a child begins with the peak of the process that starts it: nothing large is made here
        _run("write", folder, name)
        builds, plain = [], []
        for _ in range(RUNS):
            (folder / "built.duckdb").unlink(missing_ok=True)
            builds.append(_run("build", folder))
            plain.append(_run("yardstick", folder, yardstick)["cpu_seconds"])
    seconds = min(_of_figures(built["models"]) for built in builds)
    least = min(plain)
    whole = min(built["cpu_seconds"] for built in builds)
    peak = max(built["peak_gb"] for built in builds)
    costs = f"{builds[0]['figures']:,}: {seconds:.1f} s of a build of {whole:.1f} s, {peak:.1f} GB; yardstick {least:.2f} s"
    return Line(f"figures_of_{name}", seconds / least, costs)


def _of_figures(models: Mapping[str, float]) -> float:
    """Add up the seconds of figures and outliers."""
    parts = ("mart_figure", "dq_watched", "dq_outlier")
    return sum(seconds for model, seconds in models.items() if model.startswith(parts))


def _run(step: str, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run a step in a process of its own, and read what it prints. Raises CalledProcessError."""
    command = [sys.executable, "-m", "benchmarks.figures", step, str(folder), *arguments]
    printed: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return printed


def write(folder: Path, name: str) -> dict[str, Any]:
    """Write what the county of a measure has staged."""
    write_district(folder, DISTRICTS[name])
    return {}


def build_timed(folder: Path) -> dict[str, Any]:
    """Build every model of the county in a folder; CPU seconds by model, and in all with checks."""
    models: dict[str, float] = {}
    rows: dict[str, int | None] = {}
    started = _cpu_seconds()

    def note(model: str, count: int | None) -> None:
        models[model] = _cpu_seconds() - started - sum(models.values())
        rows[model] = count

    build(
        Inputs(CATALOGUE, {name: [folder / f"{name}.parquet"] for name in INPUTS}),
        out=folder / "built.duckdb",
        cut_off=datetime(2029, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai")),
        synthetic=True,
        row_checks=[],
        on_model=note,
        memory_limit=MEMORY_LIMIT,
    )
    return {"models": models, "figures": rows["mart_figure"], "cpu_seconds": _cpu_seconds() - started}


def run_yardstick(folder: Path, sql: str) -> dict[str, Any]:
    """Run statements on the file that was built, with the engine's settings of a build."""
    started = _cpu_seconds()
    with duckdb.connect(str(folder / "built.duckdb")) as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(sql)
    return {"cpu_seconds": _cpu_seconds() - started}


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, Any]]] = {
        "write": write,
        "build": build_timed,
        "yardstick": run_yardstick,
    }
    report = steps[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps(report | {"peak_gb": peak_gb}))
