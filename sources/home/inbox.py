"""The inbox: which files lie in it, and which of them have settled."""

import re
import time
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from sources.home.folders import Home

Look = dict[str, tuple[int, int]]
"""Size in bytes and mtime in ns at one time, by path under the inbox."""

_NOT_DELIVERIES = re.compile(
    r"~\$|\.|~WRL.*\.tmp$|(Thumbs\.db|desktop\.ini|@eaDir|#recycle|\$RECYCLE\.BIN|__MACOSX)$"
    r"|.*\.(filepart|part|partial|crdownload|download|tmp|temp|lnk|url)$",
    re.IGNORECASE,
)
"""Names of what is no delivery: locks and hidden files, what is still being copied, links, folders of systems."""


def look(home: Home) -> Look:
    """Take down every file that could be a delivery, by its name."""
    files = {}
    for path in sorted(home.inbox.rglob("*")):
        place = path.relative_to(home.inbox)
        if not any(map(_NOT_DELIVERIES.match, place.parts)) and (facts := _facts(path)) is not None:
            files[place.as_posix()] = facts
    return files


def _facts(path: Path) -> tuple[int, int] | None:
    """Return size and mtime of a file; None for what is none, or was moved away since the folder was listed."""
    try:
        stat = path.lstat()  # a link is no delivery: it may lead anywhere
    except FileNotFoundError:
        return None
    except OSError:  # it is there, and archiving it will tell why it cannot be read
        return 0, 0
    return (stat.st_size, stat.st_mtime_ns) if S_ISREG(stat.st_mode) else None


def irregular(home: Home) -> list[Path]:
    """List what lies there and is no file that could be read: links, pipes, sockets, devices."""
    return [
        path
        for path in sorted(home.inbox.rglob("*"))
        if not any(map(_NOT_DELIVERIES.match, path.relative_to(home.inbox).parts)) and _is_irregular(path)
    ]


def _is_irregular(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:  # gone, or archiving it will tell
        return False
    return not (S_ISREG(mode) or S_ISDIR(mode))


def find_settled(home: Home, seconds: float) -> list[Path]:
    """Return the files whose size and mtime are the same on two looks, `seconds` apart; the oldest first."""
    before = look(home)
    if before and seconds:
        time.sleep(seconds)
    after = look(home)
    settled = [name for name, size_and_mtime in after.items() if before.get(name) == size_and_mtime]
    return [home.inbox / name for name in sorted(settled, key=lambda name: (after[name][1], name))]
