"""A disk that fails: operations that are refused, and one that is nearly full."""

import errno
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.trust.homes import Homes, load, lost, not_whole, recovers
from tests.trust.lines import Line, Trial
from tests.trust.stops.kills import at

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
REFUSED = 68
"""Operations, each refused with three errors: 204 trials."""

FILL_LEVELS = 10

FULL_DISK = """
set -e
mount -t tmpfs -o size=$1k tmpfs "$2"
cp -a "$3/." "$2"
code=0
XIANGCANG_HOME="$2" "$4" -c "$6" load --json --settle 0 > "$5/printed" 2> "$5/log" || code=$?
cp -a "$2" "$5/home"
exit $code
"""


NOT_LOOKING = """
import shutil, sys
from pipelines.cli import main
free = shutil.disk_usage("/")._replace(free=1 << 40)
shutil.disk_usage = lambda path: free
sys.exit(main(sys.argv[1:]))
"""
"""A load that sees room for all, as when others fill the disk while it runs."""


def _refuse(number: int) -> Callable[[str], None]:
    def act(path: str) -> None:
        raise OSError(number, os.strerror(number), path)

    return act


def _refused_at(name: str, errors: Sequence[int], folder: Path, homes: Homes) -> list[str]:
    """Refuse an operation with each error, a load each; then let one through."""
    home, failures = homes.copy(folder / "home"), []
    for number in errors:
        log = folder / errno.errorcode[number]
        loaded = load(home, log, at(home, name, _refuse(number)))
        what = _missing_words(loaded.code, loaded.answer, loaded.log)
        allowed = [] if _names_a_file_left_out(loaded.answer) else [homes.first, homes.second]
        what += not_whole(home, allowed, log) + lost(home, homes.batch)
        failures += [f"{errno.errorcode[number]} at {name}: {one}" for one in what]
    return failures + [f"after {name}: {one}" for one in recovers(home, homes, folder / "log")]


def _missing_words(code: int, answer: dict[str, object] | None, log: str) -> list[str]:
    """Say what a user misses in the words on a load: an object, its error where the load failed, no traceback."""
    if code not in (0, 1, 3):
        return [f"ended with {code}: {log[-400:]}"]
    if answer is None:
        return [f"no object was printed: {log[-400:]}"]
    wrong = ["failed without an error in the object"] if code and not answer.get("error") else []
    return wrong + [f"a traceback: {log[-600:]}" for _ in range(1) if "Traceback" in log]


def _names_a_file_left_out(answer: dict[str, Any] | None) -> bool:
    """Whether a load says that what is published lacks a file that it, or one before, could not read or keep."""
    return any(check["check"] == "delivery_internal_error" for check in (answer or {}).get("failing", []))


def _filled_to(share: float, folder: Path, homes: Homes) -> list[str]:
    """Load on a disk that has room for a share of what a load adds."""
    apart = homes.copy(folder / "apart")
    size = sum(_kilobytes(path) for path in [apart, *apart.rglob("*")])
    added = sum(_kilobytes(path) for path in (homes.folder / "after").rglob("*")) * 0.9
    mount = folder / "mount"
    mount.mkdir()
    arguments = [
        str(int(size + share * added)),
        str(mount),
        str(apart),
        sys.executable,
        str(folder),
        NOT_LOOKING,
    ]
    done = subprocess.run(["unshare", "-rm", "sh", "-c", FULL_DISK, "sh", *arguments], capture_output=True)
    printed, log = folder / "printed", folder / "log"
    if not printed.exists():
        return [f"no disk could be made: {done.stderr.decode()}"]
    answer = json.loads(printed.read_text("utf-8")) if printed.stat().st_size else None
    home = folder / "home"
    return (
        _missing_words(done.returncode, answer, log.read_text("utf-8"))
        + not_whole(home, [homes.first, homes.second], log)
        + lost(home, homes.batch)
        + recovers(home, homes, log)
    )


def _kilobytes(path: Path) -> float:
    """Give what a path needs on a disk of pages of 4 kB."""
    return -(-path.lstat().st_size // 4096) * 4 + 1


def _plan_refused(seed: int, homes: Homes, short: bool) -> list[Trial]:
    names = homes.operations(reads=True)
    chance = random.Random(seed)
    chosen = chance.sample(names, 1 if short else min(REFUSED, len(names)))
    errors = [chance.choice(ERRORS)] if short else ERRORS
    return [
        Trial(f"{number:03}", partial(_refused_at, name, errors), len(errors))
        for number, name in enumerate(chosen)
    ]


def _plan_full(seed: int, homes: Homes, short: bool) -> list[Trial]:
    shares = (
        [random.Random(seed).random()] if short else [level / FILL_LEVELS for level in range(FILL_LEVELS)]
    )
    return [Trial(f"share{share:.2f}", partial(_filled_to, share)) for share in shares]


REFUSALS = Line("refusals", "ENOSPC, EIO and EACCES at file operations of a load", _plan_refused)
FULL = Line("full_disk", "a disk with room for a tenth after a tenth of what a load writes", _plan_full)
