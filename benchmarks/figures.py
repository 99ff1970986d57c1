"""Figures and outliers of large counties: a ledger of 5 M notes, and 96 townships with ten years, both within 2 GB."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from benchmarks.staged_district import StagedDistrict, write_district
from warehouse.build.build import build
from warehouse.build.inputs import INPUTS, Inputs

NOTES = int(os.environ.get("BENCH_ROWS", 5_000_000))
MEMORY_LIMIT = "2GB"
LEDGERS = StagedDistrict(townships=6, villages=15, years=(2022, 2022), loan_notes=NOTES // 2)
"""Two banks, a ledger each."""

LARGE = StagedDistrict(townships=96, villages=15, years=(2019, 2028))
ADDED_UP = Path(__file__).with_name("loans_added_up.sql").read_text("utf-8")
"""What the figures and outliers of loans need at the least, each fact added up once."""

COPIED = "create table again as select * from mart_figure"

DISTRICTS = {"ledgers": LEDGERS, "townships": LARGE}


def measure_figures() -> None:
    """Print what figures and outliers cost of both counties, as multiples of yardsticks."""
    print(_measure("ledgers", ADDED_UP, f"{NOTES:,} notes"))
    print(_measure("townships", COPIED, f"{LARGE.townships} townships, ten years"))


def _measure(name: str, yardstick: str, size: str) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # a child begins with the peak of the process that starts it: nothing large is made here
        _run("write", folder, name)
        built = _run("build", folder)
        plain = _run("yardstick", folder, yardstick)["cpu_seconds"]
    figures = sum(cpu for model, cpu in built["models"].items() if model.startswith("mart_figure"))
    outliers = sum(
        cpu for model, cpu in built["models"].items() if model.startswith(("dq_watched", "dq_outlier"))
    )
    return (
        f"figures, {name}: {size}, {built['figures']:,} figures; CPU {figures:.1f} s, and outliers {outliers:.1f} s, "
        f"together {(figures + outliers) / plain:.1f} times the yardstick's {plain:.1f} s, of {built['cpu_seconds']:.1f} s "
        f"of the build; peak {built['peak_gb']:.1f} GB (limit of the engine: {MEMORY_LIMIT})"
    )


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
        Inputs({name: [folder / f"{name}.parquet"] for name in INPUTS}),
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
