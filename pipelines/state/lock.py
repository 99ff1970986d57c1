"""One load at a time: the lock that a load holds on its home from beginning to end."""

import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import XiangcangError

COMMAND_WAIT_SECONDS = 20
"""How long a command waits for a load that is running."""

_POLL_SECONDS = 0.2
_log = logging.getLogger("xiangcang")


class Locked(XiangcangError):
    """Another load holds the home, and did not finish in the time that was waited."""


@contextmanager
def hold(home_root: Path, run_id: str | None, *, wait_seconds: float) -> Iterator[str | None]:
    """Hold the home for one run; within that run, holding it again is granted at once.

    Yields the run that held it before and ended without letting go, or None: the system releases the
    lock of a process that dies, but the name of its run stays in the file. run_id None is for work that
    is no run, and leaves that name for the next run to find. Raises Locked.
    """
    descriptor = os.open(_path(home_root), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if _acquire(descriptor, run_id, wait_seconds) and run_id:
            abandoned_run_id = _holder(descriptor).get("run_id")
            _name_holder(descriptor, run_id)
            yield abandoned_run_id
            os.ftruncate(descriptor, 0)
        else:
            yield None
    finally:
        os.close(descriptor)


def holder(home_root: Path) -> dict[str, str]:
    """Read which run holds the home, or held it and was killed: `run_id` and `pid`; empty where none does."""
    if not _path(home_root).exists():
        return {}
    descriptor = os.open(_path(home_root), os.O_RDONLY)
    try:
        return _holder(descriptor)
    finally:
        os.close(descriptor)


def is_held(home_root: Path) -> bool:
    """Whether a load is running on this home."""
    if not _path(home_root).exists():
        return False
    descriptor = os.open(_path(home_root), os.O_RDWR)
    try:
        return not _try(descriptor)
    finally:
        os.close(descriptor)


def _path(home_root: Path) -> Path:
    return home_root / "load.lock"


def _acquire(descriptor: int, run_id: str | None, wait_seconds: float) -> bool:
    """Take the lock: True when it is now ours, False when this run has it already. Raises Locked."""
    if _try(descriptor):
        return True
    if run_id and _holder(descriptor).get("run_id") == run_id:
        return False
    if wait_seconds:
        _log.info(f"另一次加载正在进行，至多等 {wait_seconds:g} 秒")
    give_up_at = time.monotonic() + wait_seconds
    while not _try(descriptor):
        if time.monotonic() >= give_up_at:
            raise Locked(_refusal(_holder(descriptor), wait_seconds))
        time.sleep(_POLL_SECONDS)
    return True


def _refusal(holder: dict[str, str], wait_seconds: float) -> str:
    who = f"（进程 {holder['pid']}，运行 {holder['run_id']}）" if holder else ""
    return f"另一次加载正在进行{who}，等了 {wait_seconds:g} 秒仍未结束；本次没有作任何改动，请待其结束后重试"


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> dict[str, str]:
    """Read what the holder wrote; empty while it is between taking the lock and writing its name."""
    written = os.pread(descriptor, 4096, 0)
    try:
        return dict(json.loads(written)) if written else {}
    except ValueError:
        return {}


def _name_holder(descriptor: int, run_id: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps({"run_id": run_id, "pid": str(os.getpid())}).encode(), 0)
