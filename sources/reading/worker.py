"""The process that reads files and marks workbooks; it may panic, hang or run out of memory in our stead.

The process lives on from file to file. It is bounded in memory by the kernel (RLIMIT_AS) and in time
by its parent, and ends with its parent, however that ends. Run as a module, this is that process.
"""

import fcntl
import gc
import marshal
import os
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import fields
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from sources.reading.cells import Sheet, Unreadable, Workbook
from sources.reading.delimited import Chunk, TextFormat, read_chunk
from sources.reading.encoding import transcode
from sources.reading.marking.line import LeftOut, ReasonLine
from sources.reading.workbook import read_workbook

_READY = b"ready"
_START_SECONDS = 60
_SLOWEST_BYTES_PER_SECOND = 5 << 20
"""At which a busy machine turns a text into UTF-8."""
_FILE_SHARE_OF_MEMORY = 8
"""A file is held several times over while it is read, so it may have at most this part of the memory."""


class Reader:
    """A reader of workbooks and texts, one at a time, in a process that is started when first needed.

    A context manager; not for several threads at once. memory_bytes bounds the address space of the
    process, about 40 MB of which it needs for itself.
    """

    def __init__(self, *, timeout_seconds: float = 30, memory_bytes: int = 1 << 30) -> None:
        self.timeout_seconds = timeout_seconds
        self.memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read_file(self, path: Path) -> Workbook:
        """Read all cells of a file, see `read`; one that is too large is not even opened."""
        self._check_size(path.stat().st_size)
        return self.read(path.read_bytes())

    def read(self, data: bytes) -> Workbook:
        """Read all cells. Raises Unreadable; the next request is answered by a fresh process then."""
        self._check_size(len(data))
        format, sheets = self._answer("read", data)
        return Workbook(format, [Sheet(*sheet) for sheet in sheets])

    def mark(
        self, data: bytes, lines: Iterable[ReasonLine], left_out: LeftOut, own: Iterable[str] = ()
    ) -> bytes:
        """Make the workbook's marked copy, see `marked_copy`. Raises Unreadable, as `read` does."""
        self._check_size(len(data))
        copy: bytes = self._answer("mark", data, [tuple(line) for line in lines], left_out, list(own))
        return copy

    def transcode(self, source: Path, target: Path) -> str:
        """Write a text file as UTF-8, see `encoding.transcode`. Raises Unreadable."""
        more_seconds = source.stat().st_size / _SLOWEST_BYTES_PER_SECOND
        encoding: str = self._answer("transcode", str(source), str(target), more_seconds=more_seconds)
        return encoding

    def read_chunk(
        self,
        path: Path,
        offset: int,
        first_line: int,
        form: TextFormat,
        *,
        chunk_bytes: int,
        one_by_one: bool,
    ) -> Chunk | None:
        """Read some lines of a UTF-8 file, see `delimited.read_chunk`. Raises Unreadable."""
        chunk = self._answer("chunk", str(path), offset, first_line, tuple(form), chunk_bytes, one_by_one)
        return None if chunk is None else Chunk(*chunk)

    def _check_size(self, size_bytes: int) -> None:
        if size_bytes > self.memory_bytes // _FILE_SHARE_OF_MEMORY:
            raise Unreadable("too_large", f"the file has {size_bytes} bytes")

    def _answer(self, kind: str, *arguments: Any, more_seconds: float = 0) -> Any:
        try:
            return self._send(marshal.dumps((kind, *arguments)), self.timeout_seconds + more_seconds)
        except BaseException:
            self.close()  # whatever a broken file left behind in the process, no other file shall feel it
            raise

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._process = self._connection = None

    def _send(self, request: bytes, seconds: float) -> Any:
        process, connection = self._ensure_started()
        try:
            connection.send_bytes(request)
            if not connection.poll(seconds):
                raise Unreadable("timeout", f"it took more than {seconds:g} s")
            answer = connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise _explain_end(process.wait()) from error
        return _unpack(answer)

    def _ensure_started(self) -> tuple[subprocess.Popen[bytes], Connection]:
        if self._process is None or self._connection is None or self._process.poll() is not None:
            self.close()
            self._process, self._connection = _start(self.memory_bytes)
        return self._process, self._connection


def _explain_end(status: int) -> Unreadable:
    if status == -signal.SIGABRT:  # calamine's allocator aborts where it would pass the limit of memory
        return _out_of_memory()
    return Unreadable("killed", f"the reading process ended with status {status}")


def _out_of_memory() -> Unreadable:
    return Unreadable("too_large", "reading it needs more memory than is allowed")


def _start(memory_bytes: int) -> tuple[subprocess.Popen[bytes], Connection]:
    """Start the process and wait until it reports that it is ready. Raises ChildProcessError."""
    connection, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "sources.reading.worker", str(theirs.fileno()), str(memory_bytes)],
            stdin=subprocess.PIPE,  # nothing is written to it: it closes when we end, see _end_with_parent
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "RUST_BACKTRACE": "0"},
        )
    try:
        ready = connection.poll(_START_SECONDS) and connection.recv_bytes() == _READY
    except EOFError:
        ready = False
    if not ready:
        process.kill()
        process.communicate()
        raise ChildProcessError("the process that reads files did not start; it said why on stderr")
    return process, connection


def _serve(connection: Connection, memory_bytes: int) -> None:
    """Answer requests, each with a file's bytes, by a result or an Unreadable, until the parent hangs up."""
    _end_with_parent()
    gc.disable()  # cells make no cycles, and counting them costs a tenth of the time
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold personal data
    connection.send_bytes(_READY)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # panics print what they choke on
    while True:
        try:
            request = connection.recv_bytes()
        except EOFError:
            return
        connection.send_bytes(_fulfil(*marshal.loads(request)))


def _end_with_parent() -> None:
    """Have the kernel end this process when stdin closes, even amid a computation that never yields.

    The parent-death signal of Linux would not do: it comes when the thread ends that started us.
    """
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)


def _fulfil(kind: str, *arguments: Any) -> bytes:
    """Run a request and pack its answer, or its Unreadable, with marshal.

    Marshal is faster than pickle on lists of text, and it cannot make the parent run anything.
    """
    try:
        return marshal.dumps((None, _KINDS[kind](*arguments)))
    except Unreadable as error:
        unreadable = error
    except MemoryError:
        unreadable = _out_of_memory()
    except BaseException as error:  # noqa: BLE001 - a panic of calamine's is no Exception
        if isinstance(error, OSError) and kind in _ON_DISK:
            return marshal.dumps(((_DISK, f"{error.errno} {error.strerror}"), None))
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
        unreadable = Unreadable("corrupt", what)
    return marshal.dumps(((unreadable.rule, unreadable.detail), None))


def _read(data: bytes) -> tuple[str, list[tuple[Any, ...]]]:
    workbook = read_workbook(data)
    names = [field.name for field in fields(Sheet)]
    return workbook.format, [tuple(getattr(sheet, name) for name in names) for sheet in workbook.sheets]


def _mark(
    data: bytes, lines: list[tuple[str, str, str, str, str]], left_out: LeftOut, own: list[str]
) -> bytes:
    from sources.reading.marking.marked import marked_copy  # openpyxl takes a while, and few files need it

    try:
        return marked_copy(data, [ReasonLine(*line) for line in lines], left_out, own)
    finally:
        gc.collect()  # a workbook of openpyxl's is full of cycles


def _transcode(source: str, target: str) -> str:
    return transcode(Path(source), Path(target))


def _chunk(
    path: str, offset: int, first_line: int, form: tuple[Any, ...], chunk_bytes: int, one_by_one: bool
) -> tuple[Any, ...] | None:
    chunk = read_chunk(path, offset, first_line, TextFormat(*form), chunk_bytes, one_by_one=one_by_one)
    return None if chunk is None else tuple(chunk)


_KINDS: dict[str, Callable[..., Any]] = {
    "read": _read, "mark": _mark, "transcode": _transcode, "chunk": _chunk,
}  # fmt: skip


_ON_DISK = ("transcode", "chunk")
"""Requests that read and write files themselves, so that an OSError is no fault of what they hold."""

_DISK = "disk"


def _unpack(message: bytes) -> Any:
    """Unpack an answer, or raise the Unreadable or OSError that was packed."""
    failure, answer = marshal.loads(message)
    if failure is not None and failure[0] == _DISK:
        raise OSError(failure[1])
    if failure is not None:
        raise Unreadable(*failure)
    return answer


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
