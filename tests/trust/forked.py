"""Work in a process that is forked from this one; nothing here starts a thread, so that forking is safe."""

import os
import pickle
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 600
"""Longer than anything here takes on a busy machine."""


class Ended(Exception):
    """The process ended without an answer: killed, or by an exception that its output shows."""


class Process:
    """A process that was forked, and the pipe that its answer comes through."""

    def __init__(self, pid: int, pipe: int, seconds: float) -> None:
        os.set_blocking(pipe, False)
        self.pid, self.code = pid, 0
        self._pipe, self._until = pipe, time.monotonic() + seconds
        self._parts: list[bytes] = []

    def has_ended(self) -> bool:
        """Look whether it has; end it where it takes too long."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        while part := self._read():
            self._parts.append(part)
        if pid:
            os.close(self._pipe)
            self.code = os.waitstatus_to_exitcode(status)
        elif time.monotonic() > self._until:
            os.killpg(self.pid, signal.SIGKILL)
        return bool(pid)

    def wait(self) -> int:
        """Wait for its end; give its exit code, negative for a signal."""
        while not self.has_ended():
            time.sleep(0.005)
        return self.code

    def answer(self) -> Any:
        """Give what its work came to, after its end; None where it did not end well."""
        return None if self.code else pickle.loads(b"".join(self._parts))

    def _read(self) -> bytes:
        try:
            return os.read(self._pipe, 1 << 16)
        except BlockingIOError:
            return b""


def fork(work: Callable[[], Any], log: Path, seconds: float = SECONDS) -> Process:
    """Start work in a forked process, a session of its own. log: where it writes what it would print."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if pid:
        os.close(ours)
        return Process(pid, theirs, seconds)
    code = 1
    try:
        os.setsid()
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        answer = pickle.dumps(work())
        with os.fdopen(ours, "wb") as pipe:
            pipe.write(answer)
        code = 0
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def apart(work: Callable[[], Any], log: Path) -> Any:
    """Do work in a forked process and give its answer. Raises Ended, with the end of what it printed."""
    process = fork(work, log)
    if process.wait():
        raise Ended(f"exit {process.code}: {log.read_text('utf-8', errors='replace')[-800:]}")
    return process.answer()
