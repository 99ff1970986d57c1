"""A quiet night: nothing has changed since the last good load, so a load ends before Dagster is even imported.

Put here: what keeps a night from being quiet. Any doubt does: then the load runs, and finds out. Keep out: what is hashed,
see `state.last_good`.
"""

import json
import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from pipelines.state.last_good import (
    LastGood,
    TookTooLong,
    hash_given,
    hash_kept,
    name_changed,
    read_last_good,
    stat_left,
)
from pipelines.state.load_record import LoadRecord, read_records, write_record
from pipelines.state.lock import Locked, hold, holder
from pipelines.state.metrics import write_metrics
from schemas.errors import log_failure
from sources.home.folders import Home
from sources.home.inbox import look

BUDGET_SECONDS = 10.0
"""How long the look may take. Dagster gives up a schedule's tick after 60 seconds, and the next waits for it."""

ALERTED_AGAIN_AFTER = timedelta(days=7)
"""Checks that fail are alerted to again by a load so long after the last that ran."""

_log = logging.getLogger("xiangcang")


@dataclass
class Doubt(Exception):
    """Why a load has to run, in Chinese."""

    reason: str


def end_quietly(root: Path, now: datetime, *, budget_seconds: float = BUDGET_SECONDS) -> LoadRecord | Doubt:
    """Look whether anything has changed; where nothing has, end the load with a record of its own."""
    began = time.monotonic()
    try:
        last_good = read_last_good(root)
        if last_good is None:
            raise Doubt("没有上一次成功加载留下的记录")
        with hold(root, None, wait_seconds=0):
            _look(root, last_good, now, began + budget_seconds)
            record = _record(last_good.record, now, now + timedelta(seconds=time.monotonic() - began))
            write_record(root, record)
            write_metrics(root, record)
            return record
    except Doubt as doubt:
        return doubt
    except TookTooLong:
        return Doubt(f"查看用时超过 {budget_seconds:g} 秒")
    except Locked:
        return Doubt("另一次加载正在进行")
    except Exception as error:  # noqa: BLE001 - whatever it is, the load runs and finds out
        log_failure(_log, "the quick look failed; the load runs", error)
        return Doubt(f"查看时出错：{type(error).__name__}")


def _look(root: Path, last_good: LastGood, now: datetime, deadline: float) -> None:
    """Compare a home with what the last good load left. Raises Doubt or TookTooLong."""
    record = last_good.record
    if waiting := look(Home(root)):
        raise Doubt(f"收件箱中有 {len(waiting)} 个文件")
    if holder(root) or any((root / "history" / "loads").glob("*.open")):
        raise Doubt("上一次加载被中断")
    newest = next(read_records(root), None)
    if newest is None or not newest.ended_well or not record.version:
        raise Doubt("上一次加载没有成功")
    if last_good.holds_until and now.date() >= last_good.holds_until:
        raise Doubt(f"结果只保到 {last_good.holds_until} 之前：有日子到期，或有没能读写的文件要再试")
    if record.failing and now - record.ended_at >= ALERTED_AGAIN_AFTER:
        raise Doubt("没有通过的检查已满一周，再提醒一次")
    if _was_undelivered(root, record):
        raise Doubt("上一次的警报没有送达")
    if stat_left(root, record.version) != last_good.left:
        raise Doubt("已发布的文件或页面与上一次加载留下的不同")
    now_there = hash_given(root, deadline) | hash_kept(root, record.version, deadline)
    expected = last_good.given | last_good.kept
    if changed := name_changed(expected, now_there):
        raise Doubt(f"有改动：{changed}")


def _was_undelivered(root: Path, record: LoadRecord) -> bool:
    alert = root / "history" / "alerts" / record.name
    return alert.exists() and bool(json.loads(alert.read_bytes())["undelivered"])


def _record(last: LoadRecord, began: datetime, ended: datetime) -> LoadRecord:
    """Record a load that found nothing new: what stood stands, and nothing came."""
    return last.model_copy(
        update={
            "run_id": str(uuid4()),
            "started_at": began,
            "ended_at": ended,
            "state": "unchanged",
            "published": False,
            "deliveries": dict.fromkeys(last.deliveries, 0),
            "rows": dict.fromkeys(last.rows, 0),
            "internal_errors": 0,
        }
    )
