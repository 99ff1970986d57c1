"""The inbox: which files lie in it, and which of them have settled."""

import time
from pathlib import Path

from sources.home.folders import Home

Look = dict[str, tuple[int, int]]
"""Size in bytes and mtime in ns at one time, by path under the inbox."""

_NOT_DELIVERIES = ("~$", ".")
_LEFTOVERS = {"Thumbs.db", "desktop.ini"}


def look(home: Home) -> Look:
    """Take down every file that could be a delivery, but lock files of office programs and hidden files."""
    files = {}
    for path in sorted(home.inbox.rglob("*")):
        if path.name.startswith(_NOT_DELIVERIES) or path.name in _LEFTOVERS or not path.is_file():
            continue
        stat = path.stat()
        files[path.relative_to(home.inbox).as_posix()] = (stat.st_size, stat.st_mtime_ns)
    return files


def find_settled(home: Home, seconds: float) -> list[Path]:
    """Return the files whose size and mtime are the same on two looks, `seconds` apart; the oldest first."""
    before = look(home)
    if before and seconds:
        time.sleep(seconds)
    after = look(home)
    settled = [name for name, size_and_mtime in after.items() if before.get(name) == size_and_mtime]
    return [home.inbox / name for name in sorted(settled, key=lambda name: (after[name][1], name))]
