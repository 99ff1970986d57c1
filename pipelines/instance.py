"""Where the state is, and Dagster's own home within it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dagster import DagsterInstance


def home_root(environ: Mapping[str, str] = os.environ) -> Path:
    """XIANGCANG_HOME, by default `data` in the current folder."""
    return Path(environ.get("XIANGCANG_HOME") or "data").absolute()


def dagster_home(root: Path) -> Path:
    """`<root>/dagster` (0700), made where it is missing, with the project's dagster.yaml in it."""
    folder = root / "dagster"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = resources.files("pipelines").joinpath("dagster.yaml").read_text("utf-8")
    placed = folder / "dagster.yaml"
    if not placed.exists() or placed.read_text("utf-8") != settings:
        placed.write_text(settings, "utf-8")
    return folder


def missing_history(root: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """What to set when Dagster was started in a way that does not keep this home's run history."""
    expected = root / "dagster"
    found = environ.get("DAGSTER_HOME")
    if found and Path(found).absolute() == expected:
        return None
    return (
        f"DAGSTER_HOME {'未设置' if not found else f'为 {found}'}，运行记录不会进入 {expected}；"
        f"请用 xiangcang ui 启动，或先设置 XIANGCANG_HOME={root} DAGSTER_HOME={expected}"
    )


@contextmanager
def run_history(root: Path) -> Iterator[DagsterInstance]:
    """Dagster's instance of this home, its index of events kept open."""
    from dagster import DagsterInstance

    with (
        DagsterInstance.from_config(str(dagster_home(root))) as instance,
        events_kept_open(instance, "index"),
    ):
        yield instance


@contextmanager
def events_kept_open(instance: DagsterInstance, shard: str) -> Iterator[None]:
    """Keep a connection to one file of events open: that of a run, by its id, or `index`.

    Dagster closes its own after every event, and SQLite folds its log into the file when the last one closes:
    that took most of the time of a run. A file that is not there yet is left alone.
    """
    from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

    _quicken_events()
    storage = instance.event_log_storage
    path = Path(storage.path_for_shard(shard)) if isinstance(storage, SqliteEventLogStorage) else None
    if path is None or not path.exists():
        yield
        return
    with closing(sqlite3.connect(path)) as kept_open:
        kept_open.execute("select 1 from event_logs limit 1").fetchall()
        yield


@cache
def _quicken_events() -> None:
    """Have this process write an event in a third of the time: a load writes thousands.

    Dagster makes a new engine for every event, which compiles every statement anew: here one engine a file is
    kept. And nothing waits for the disk: SQLite's files stay whole all the same, and a power cut may lose the
    last events of a run, which say nothing that receipts and history do not.
    """
    from dagster._core.storage.event_log.sqlite import sqlite_event_log
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    made: dict[str, Engine] = {}
    create = sqlite_event_log.create_engine

    def kept(address: str, **said: object) -> Engine:
        if address not in made:
            made[address] = create(address, **said)
        return made[address]

    sqlite_event_log.create_engine = kept  # type: ignore[assignment]  # it is called in this one way
    event.listen(Engine, "connect", lambda opened, _: opened.execute("pragma synchronous = normal"))


def fail_abandoned(instance: DagsterInstance, run_id: str) -> bool:
    """Mark a run as failed that its process left behind, and free what it held. True if it was unfinished."""
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return False
    instance.report_run_failed(run, "进程在运行中被终止；由下一次加载标记为失败")
    instance.event_log_storage.free_concurrency_slots_for_run(run_id)
    return True
