"""What a load says while it works: bars on a terminal, a line a step in a log; warnings always.

Steps and what they count: see `pipelines.state.progress`.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.table import Column

from pipelines.state.progress import total_of
from sources.text.printable import printable

_LOG = logging.getLogger("xiangcang")


@contextmanager
def show_progress() -> Iterator[None]:
    """Write to standard error what the load says meanwhile."""
    if not sys.stderr.isatty():
        lines = logging.StreamHandler(sys.stderr)
        lines.setFormatter(_Lines("%(asctime)s %(message)s", "%H:%M:%S"))
        logging.basicConfig(handlers=[lines])
        _LOG.setLevel(logging.INFO)
        yield
        return
    with _progress() as progress:
        bars = _Bars(progress)
        logging.getLogger().addHandler(bars)
        _LOG.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(bars)
            bars.close()


class _Lines(logging.Formatter):
    """Writes what a line says without what a terminal would obey."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, super().format(record).split("\n")))


def _progress() -> Progress:
    """Make bars that keep to a line each, however long the name of a file."""
    what = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}", markup=False, table_column=what),
    )
    bar = BarColumn(bar_width=12)
    return Progress(*columns, bar, MofNCompleteColumn(), Elapsed(), console=Console(stderr=True), expand=True)


class _Bars(logging.Handler):
    """A handler that turns steps into bars, and lines below them into their progress."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self._step: TaskID | None = None
        self._title = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Begin a bar, move it on, or write a line above the bars."""
        message, total = printable(record.getMessage()), total_of(record)
        if total is not None:
            self._finish()
            self._title = message
            self._step = self._progress.add_task(message, total=total)
        elif record.levelno > logging.DEBUG:
            self._progress.console.print(message, markup=False, highlight=False)
        elif self._step is not None:
            self._progress.update(self._step, advance=1, description=f"{self._title}　{message}")

    def close(self) -> None:
        """Finish the last bar."""
        self._finish()
        super().close()

    def _finish(self) -> None:
        """Leave a bar with its title, full: what was left out was not to be done."""
        if self._step is not None:
            done = self._progress.tasks[self._step].completed
            self._progress.update(self._step, description=self._title, total=done, completed=done)
            self._step = None
