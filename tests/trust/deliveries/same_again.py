"""The same file again: unchanged, renamed, older, in two folders."""

import shutil
from functools import partial
from pathlib import Path

from tests.trust.forked import apart
from tests.trust.homes import Homes, contents_apart, differences, load, lost
from tests.trust.lines import Line, Trial

TELLING = {"", "mart_reporting_rate"}
"""Tables that count what came, beside what counts."""

AGAIN: dict[str, dict[str, str]] = {
    "unchanged": {"": ""},
    "renamed": {"": "再"},
    "twice": {"": "一", "深/": "二"},
    "another_folder": {"西韩岭乡/": ""},
    "two_folders": {"西韩岭乡/": "", "高山镇/": ""},
    "unknown_folder": {"无此单位/": ""},
}
"""By kind of repetition, the folders that copies lie in, and what stands before their names."""


def _try(copies: dict[str, str], folder: Path, homes: Homes) -> list[str]:
    home, log = homes.copy(folder / "home"), folder / "log"
    first = load(home, log)
    for path in homes.batch:
        place = path.relative_to(homes.folder / "batch")
        for below, before in copies.items():
            other = home / "inbox" / (below if below.strip("深/") else f"{place.parts[0]}/{below}")
            other.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, other / f"{before}{path.name}")
    second = load(home, log)
    other_tables = set(differences(contents_apart(home, log), homes.second).split(", ")) - TELLING
    failures = [f"a load ended with {loaded.code}" for loaded in (first, second) if loaded.code]
    failures += [f"published is otherwise: {other_tables}"] * bool(other_tables)
    waiting: list[str] = apart(partial(_waiting, home), log)
    return failures + lost(home, homes.batch) + [f"not taken: {name}" for name in waiting]


def _waiting(home: Path) -> list[str]:
    return [path.name for path in (home / "inbox").rglob("*") if path.is_file()]


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    kinds = list(AGAIN)[seed % 6 :][:1] if short else list(AGAIN)
    return [Trial(kind, partial(_try, AGAIN[kind])) for kind in kinds]


SAME_AGAIN = Line("same_again", "the same files again: unchanged, renamed, in other folders", _plan)
