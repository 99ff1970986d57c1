"""Clocks that go wrong: loads around midnight, after missed nights, under a clock set back or ahead, of odd files."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path

from sources.home.clock import SHANGHAI
from tests.trust.forked import apart
from tests.trust.homes import Contents, Homes, contents_of, differences, load, lost
from tests.trust.lines import Line, Trial
from tests.trust.stops.kills import at, kill

PACKAGES = ("pipelines", "sources", "warehouse")

Prepare = Callable[[Path], None]


@dataclass(frozen=True)
class Night:
    """A load. at: what the clock shows. files: how many of the waiting files arrive before it. prepare: what is done before."""

    at: datetime
    files: int = 3
    prepare: Prepare = lambda home: None
    is_killed: bool = False


def show(moment: datetime) -> None:
    """Have this process take a moment for now, in whatever module of the program looks at the clock."""
    ahead = moment - datetime.now(SHANGHAI)

    class Shown(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in PACKAGES and getattr(module, "datetime", None) is datetime:
            module.datetime = Shown  # type: ignore[attr-defined]


def _nights(nights: Sequence[Night], folder: Path, homes: Homes) -> list[str]:
    """Load in these nights; whatever the clock shows, the facts are those of the undisturbed loads."""
    home, failures = homes.copy(folder / "home", waiting=False), []
    waiting = homes.batch
    for number, night in enumerate(nights):
        for path in waiting[: night.files]:
            arrived = home / "inbox" / path.relative_to(homes.folder / "batch")
            arrived.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, arrived)
        waiting = waiting[night.files :]
        night.prepare(home)
        log = folder / f"log{number}"
        loaded = load(home, log, partial(_begin, home, night))
        if loaded.code and not night.is_killed:
            failures.append(
                f"the load at {night.at:%F %R} ended with {loaded.code}: {loaded.answer or loaded.log[-400:]}"
            )
    read, undisturbed = apart(
        lambda: [_facts(root) for root in (home, homes.folder / "after")], folder / "log"
    )
    wrong = differences(read, undisturbed)
    return failures + ([f"facts differ: {wrong}"] if wrong else []) + lost(home, homes.batch)


def _begin(home: Path, night: Night) -> None:
    show(night.at)
    if night.is_killed:
        at(home, "write history/loads/.#.open.#.part", kill)()


def _facts(home: Path) -> Contents:
    """Read the facts, but for the ids of deliveries, which begin with a day; other tables tell what is due."""
    read = contents_of(home / "warehouse" / "warehouse.duckdb", left_out=["delivery_id"])
    return {name: rows for name, rows in read.items() if name.startswith("fact_")}


def _touched(moment: datetime, home: Path) -> None:
    for path in (home / "inbox").rglob("*.*"):
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    now = datetime.now(SHANGHAI)
    midnight = (now + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    before, after = midnight - timedelta(minutes=5), midnight + timedelta(minutes=10)
    new_year = datetime(now.year + 1, 1, 1, tzinfo=SHANGHAI)
    leap_day = datetime(2028, 2, 29, 1, 30, tzinfo=SHANGHAI)
    plans = {
        "23:55 and 00:10": [Night(before, 2), Night(after)],
        "at midnight": [Night(midnight)],
        "thirty missed nights": [Night(now + timedelta(days=30))],
        "an hour back": [Night(now, 1), Night(now - timedelta(hours=1))],
        "a year back": [Night(now - timedelta(days=365))],
        "a year ahead and right again": [
            Night(now + timedelta(days=365), 1),
            Night(now + timedelta(minutes=5)),
        ],
        "ahead, then years back": [Night(now + timedelta(days=1), 1), Night(now - timedelta(days=4000))],
        "the end of a year": [
            Night(new_year - timedelta(seconds=20), 2),
            Night(new_year + timedelta(seconds=20)),
        ],
        "a leap day": [Night(leap_day, 2), Night(leap_day + timedelta(days=1))],
        "a zombie, then an hour back": [Night(now, 2, is_killed=True), Night(now - timedelta(hours=1))],
        "files of next year": [Night(now, prepare=partial(_touched, now + timedelta(days=365)))],
        "files of 1980": [Night(now, prepare=partial(_touched, datetime(1980, 1, 1, tzinfo=SHANGHAI)))],
    }
    names = ["a year back"] if short else list(plans)
    return [Trial(name.replace(":", ""), partial(_nights, plans[name])) for name in names]


CLOCKS = Line(
    "clocks", "the clock: midnight, missed nights, back, ahead, leap day, zombie, times of files", _plan
)
