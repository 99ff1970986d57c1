"""Every file operation of a load that Python makes, by what is done to which kind of file.

Python tells of them as audit events before they are done, so whoever listens can end the process, or refuse.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
READS = ("read", "os.listdir", "os.scandir", "os.walk")
_NAMES = re.compile(
    r"(?<=/tmp)[a-z0-9_]{8}(?=/|$)|(?<=[0-9]\.)[a-z0-9_]{8}(?=/|$)|[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|[0-9]+"
)
"""Parts of file names that differ from run to run."""


def listen(home: Path, meet: Callable[[str, str], None]) -> None:
    """Hand every operation on a file of the home to meet, as kind and path; for the rest of this process."""
    root = f"{home}/"

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" and not event.startswith("os."):
            return
        path = os.fsdecode(arguments[0]) if arguments and isinstance(arguments[0], str | bytes | Path) else ""
        if not path.startswith(root):
            return
        if event == "open":
            event = "write" if isinstance(arguments[2], int) and arguments[2] & WRITES else "read"
        meet(event, path)

    sys.addaudithook(hear)


def name_of(home: Path, event: str, path: str) -> str:
    """Name an operation alike in each run: what is done, and to which file, without hashes and numbers."""
    return f"{event} {_NAMES.sub('#', path.removeprefix(f'{home}/'))}"
