"""Loads that are killed: before each of their file operations in turn, and at random times."""

import os
import random
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.trust.homes import Homes, load, lost, not_whole, recovers
from tests.trust.lines import Line, Trial
from tests.trust.operations import listen, name_of

RANDOM_KILLS = 100
CHAIN = 4
"""Kills of one home, one after the other, before a load is let through."""

SECONDS = 6
"""Of a processor; a load takes about as long."""


def at(home: Path, name: str, act: Callable[[str], None]) -> Callable[[], None]:
    """Give what makes a process act when it first meets the operation of this name; act is given the path."""
    met = False

    def meet(event: str, path: str) -> None:
        nonlocal met
        if not met and name_of(home, event, path) == name:
            met = True
            act(path)

    return lambda: listen(home, meet)


def kill(path: str) -> None:
    """Kill this process."""
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_at(name: str, folder: Path, homes: Homes) -> list[str]:
    home, log = homes.copy(folder / "home"), folder / "log"
    loaded = load(home, log, at(home, name, kill))
    if loaded.code != -signal.SIGKILL:
        return [f"the operation was not met; the load ended with {loaded.code}"]
    return (
        not_whole(home, [homes.first, homes.second], log)
        + lost(home, homes.batch)
        + recovers(home, homes, log)
    )


def _end_after(seconds: float) -> None:
    """Have the kernel end this process when it has used the processor for so long."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _killed_at_random(seed: str, kills: int, folder: Path, homes: Homes) -> list[str]:
    home, log, chance = homes.copy(folder / "home"), folder / "log", random.Random(seed)
    failures = []
    for _ in range(kills):
        load(home, log, partial(_end_after, chance.uniform(0.05, SECONDS)))
        failures += not_whole(home, [homes.first, homes.second], log) + lost(home, homes.batch)
    return failures + recovers(home, homes, log)


def _plan_in_turn(seed: int, homes: Homes, short: bool) -> list[Trial]:
    names = homes.operations(reads=False)
    if short:
        names = random.Random(seed).sample(names, 1)
    return [Trial(f"{number:03}", partial(_killed_at, name)) for number, name in enumerate(names)]


def _plan_random(seed: int, homes: Homes, short: bool) -> list[Trial]:
    chains, kills = (1, 1) if short else (RANDOM_KILLS // CHAIN, CHAIN)
    return [
        Trial(f"chain{number}", partial(_killed_at_random, f"{seed} {number}", kills), kills)
        for number in range(chains)
    ]


IN_TURN = Line("kills", "killed before every file operation of a load in turn", _plan_in_turn)
AT_RANDOM = Line("random_kills", "killed at random times, four loads of a home in a row", _plan_random)
