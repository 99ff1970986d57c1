"""The inbox: which files lie in it, and which of them have settled."""

import time
from pathlib import Path

from sources.home.folders import Home

Look = dict[str, tuple[int, int]]
"""Path under the inbox to size and mtime, as one look found them."""

_NOT_DELIVERIES = ("~$", ".")
_LEFTOVERS = {"Thumbs.db", "desktop.ini"}


def look(home: Home) -> Look:
    """Every file that could be a delivery; not the lock files of office programs or hidden files."""
    found = {}
    for path in sorted(home.inbox.rglob("*")):
        if path.name.startswith(_NOT_DELIVERIES) or path.name in _LEFTOVERS or not path.is_file():
            continue
        facts = path.stat()
        found[path.relative_to(home.inbox).as_posix()] = (facts.st_size, facts.st_mtime_ns)
    return found


def settled(home: Home, seconds: float) -> list[Path]:
    """The files whose size and mtime are the same on two looks, `seconds` apart; the oldest first."""
    before = look(home)
    if before and seconds:
        time.sleep(seconds)
    after = look(home)
    same = [name for name, facts in after.items() if before.get(name) == facts]
    return [home.inbox / name for name in sorted(same, key=lambda name: (after[name][1], name))]
