"""Stored files of a home with a bit flipped, or gone."""

import random
import re
from functools import partial
from pathlib import Path

from tests.trust.forked import Ended, apart
from tests.trust.homes import Homes, Loaded, contents_of, copy_home, load, not_whole, run
from tests.trust.lines import Line, Trial

TRIALS = 500
IN_A_ROW = 10

OF_VALUE = ("archive", "receipts", "staging", "keys", "decisions", "history", "warehouse")
"""Folders in which damage is named, by `verify` or by the next load; others are made again, or written by hand."""

MADE_BY_HAND = ("archive", "county", "keys", "decisions", "corrections")
"""Folders that no load makes whole again."""

KEY_CHECK = "person.key.sha256"
"""Damaged, it refuses each load, as a lost key does."""

GIVEN = {"county": "区县资料", "decisions": "决定", "corrections": "更正"}
"""Folders that a steward writes: what is gone there is a change like another, and the load that finds it says so."""


def _damaged(seed: str, trials: int, folder: Path, homes: Homes) -> list[str]:
    """Damage one file after the other of a home, each whole again before the next; after a failure, of a new home."""
    failures: list[str] = []
    home = folder / "none"
    for number in range(trials):
        log = folder / f"{number}.log"
        if not home.exists():
            home = folder / f"home{number}"
            copy_home(homes.folder / "after", home)
            load(home, log.with_suffix(".first"))
        unnamed = _damage(home, random.Random(f"{seed} {number}"), log, homes)
        if unnamed:
            failures.append(f"{number}: {'; '.join(unnamed)}")
            home = folder / "none"
    return failures


def _damage(home: Path, chance: random.Random, log: Path, homes: Homes) -> list[str]:
    """Damage a file of a home, verify and load; give what does not hold."""
    rooms = sorted(path for path in home.iterdir() if path.name != "inbox")
    files: list[Path] = []
    while not files:
        room = chance.choice(rooms)
        files = sorted(path for path in (room, *room.rglob("*")) if path.is_file() and path.stat().st_size)
    path = chance.choice(files)
    name, how, as_it_was = path.relative_to(home), "deleted", path.read_bytes()
    if chance.random() < 1 / 3:
        path.unlink()
    else:
        how = _flip(path, chance)
    _, verified = run(home, ["verify"], log.with_suffix(".verify"))
    loaded = load(home, log)
    text = verified + loaded.log + str(loaded.answer)
    is_mended = path.exists() and (path.read_bytes() == as_it_was or _holds_all(path, homes, log))
    wrong = _unnamed(
        name, loaded, text, is_mended=is_mended or (how == "deleted" and _is_missed_by_none(name, files))
    )
    if loaded.code == 0 and not _is_given(name, text):
        wrong += not_whole(home, [homes.second], log)
    if name.parts[0] in MADE_BY_HAND or name.name == KEY_CHECK or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(as_it_was)
    if _is_given(name, text):  # else the next load would miss no change in the same file
        load(home, log.with_suffix(".again"))
    return [f"{name} {how}: {fault}" for fault in wrong]


def _unnamed(name: Path, loaded: Loaded, text: str, *, is_mended: bool) -> list[str]:
    """Say what was not named of a damaged file. text: the words of verify and the load."""
    wrong = []
    if loaded.code and not _names(text, name):
        end = loaded.answer or loaded.log[-400:]
        wrong.append(f"the load ended with {loaded.code} and did not name it: {end}")
    is_of_value = name.parts[0] in OF_VALUE and name.parts[1] != "last_build"
    if is_of_value and not (is_mended or _is_given(name, text) or _names(text, name)):
        wrong.append("named by nobody")
    return wrong


def _is_missed_by_none(name: Path, of_room: list[Path]) -> bool:
    """Whether a file is the newest record of a load, which no other record names."""
    loads = [path.name for path in of_room if path.parts[-3:-1] == ("history", "loads")]
    return name.parts[:2] == ("history", "loads") and name.name == max(loads)


def _holds_all(path: Path, homes: Homes, log: Path) -> bool:
    """Whether a file is a version with all its rows: a bit was in what is not used of it."""
    if path.suffix != ".duckdb":
        return False
    try:
        return apart(lambda: contents_of(path), log.with_suffix(".rows")) in (homes.first, homes.second)
    except Ended:
        return False


def _is_given(name: Path, text: str) -> bool:
    return bool(re.search(f"有改动：.*{GIVEN.get(name.parts[0], '-')}", text))


def _flip(path: Path, chance: random.Random) -> str:
    data = bytearray(path.read_bytes())
    place, bit = chance.randrange(len(data)), chance.randrange(8)
    data[place] ^= 1 << bit
    mode = path.stat().st_mode
    path.chmod(0o600)
    with path.open("r+b") as file:  # in place: a version is one file by two names, and both are damaged
        file.write(data)
    path.chmod(mode)
    return f"bit {bit} of byte {place} flipped"


def _names(text: str, name: Path) -> bool:
    """Whether a text names a file: by its name, its folder, or the arrival that a receipt is of."""
    arrival = name.name.split("-")[1:2] if name.parts[0] == "receipts" else []
    return any(part in text for part in (name.name, name.stem, *name.parts[1:-1], *arrival))


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    trials = 1 if short else IN_A_ROW
    return [
        Trial(f"row{number:02}", partial(_damaged, f"{seed} {number}", trials), trials)
        for number in range(1 if short else TRIALS // IN_A_ROW)
    ]


DAMAGE = Line("damage", "a bit flipped in a stored file of a home, or the file deleted", _plan)
