"""Where the state is, and Dagster's own home within it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from schemas.errors import XiangcangError

if TYPE_CHECKING:
    from dagster import DagsterInstance

_log = logging.getLogger("xiangcang")


def home_root(environ: Mapping[str, str] = os.environ) -> Path:
    """XIANGCANG_HOME, by default `data` in the current folder."""
    return Path(environ.get("XIANGCANG_HOME") or "data").absolute()


def dagster_home(root: Path) -> Path:
    """`<root>/dagster` (0700), made where it is missing, with the project's dagster.yaml in it."""
    folder = root / "dagster"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    template = resources.files("pipelines").joinpath("dagster.yaml").read_text("utf-8")
    settings = Template(template).substitute(events=json.dumps(str(folder / "history" / "runs"))).encode()
    placed = folder / "dagster.yaml"
    if not placed.exists() or placed.read_bytes() != settings:
        placed.write_bytes(settings)
    return folder


def missing_history(root: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """Say what to set when Dagster was started in a way that does not keep this home's run history."""
    expected = root / "dagster"
    current = environ.get("DAGSTER_HOME")
    if current and Path(current).absolute() == expected:
        return None
    return (
        f"DAGSTER_HOME {'未设置' if not current else f'为 {current}'}，运行记录不会进入 {expected}；"
        f"请用 xiangcang ui 启动，或先设置 XIANGCANG_HOME={root} DAGSTER_HOME={expected}"
    )


class HistoryRefused(XiangcangError):
    """Dagster's databases cannot be read or written: a disk that is full, read-only or broken."""


@contextmanager
def run_history(root: Path) -> Iterator[DagsterInstance]:
    """Dagster's instance of this home. Raises HistoryRefused where its databases fail, also within the context."""
    from dagster import DagsterInstance
    from sqlalchemy.exc import OperationalError

    folder = dagster_home(root)
    set_aside_damaged_history(folder)
    try:
        with DagsterInstance.from_config(str(folder)) as instance:
            yield instance
    except OperationalError as error:
        raise HistoryRefused(
            f"{folder} 中 Dagster 的运行记录读写不了（{error.orig}）；多半是磁盘已满或损坏，请腾出空间、检查磁盘再运行"
        ) from error


def set_aside_damaged_history(folder: Path) -> list[Path]:
    """Move the databases of Dagster's home that are none any more, with their folders; return where they lie now.

    A run history says what a load did; what came of it is in the home's own records, so a new one begins.
    """
    moved = []
    for name, databases in {"history": ("runs.db", "runs/index.db"), "schedules": ("schedules.db",)}.items():
        if all(_is_database(folder / name / database) for database in databases):
            continue
        aside = folder / f"{name}.damaged"
        shutil.rmtree(aside, ignore_errors=True)
        (folder / name).rename(aside)
        _log.error("Dagster 的运行记录 %s 损坏，移到 %s，另起新的", folder / name, aside)
        moved.append(aside)
    return moved


def _is_database(path: Path) -> bool:
    """Whether a file that is there is a database of SQLite's."""
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return True  # another process writes it
    except sqlite3.DatabaseError:
        return False
    return True


def fail_abandoned(instance: DagsterInstance, run_id: str) -> bool:
    """Mark a run as failed that its process left behind, and free what it held. True if it was unfinished."""
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return False
    instance.report_run_failed(run, "进程在运行中被终止；由下一次加载标记为失败")
    instance.event_log_storage.free_concurrency_slots_for_run(run_id)
    return True
