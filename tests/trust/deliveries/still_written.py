"""Files that change while they are received: appended to, replaced, turned into links, finished after a pause."""

import os
import random
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.sources.ledger import BANK, ledger, line
from tests.trust.deliveries.receiving import Desk, Work, at_a_desk, digest, is_accepted, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

SETTLE_SECONDS, EACH = 0.3, 5
Write = Callable[[Path, bytes, random.Random], None]
"""Writes a file in some way while it is received; afterwards its contents lie there, or were taken."""


def _in_pieces(
    path: Path, whole: bytes, chance: random.Random, longest_seconds: float = SETTLE_SECONDS / 2
) -> None:
    """Append piece by piece to whatever stands at the name."""
    ends = sorted(chance.sample(range(1, len(whole)), 5))
    with path.open("wb") as file:
        for start, end in zip([0, *ends], [*ends, len(whole)], strict=True):
            file.write(whole[start:end])
            file.flush()
            time.sleep(chance.uniform(0, longest_seconds))


def _paused(path: Path, whole: bytes, chance: random.Random) -> None:
    """Stop for longer than a file must rest; who sends it then copies it anew."""
    path.write_bytes(whole[: chance.randrange(1, len(whole))])
    time.sleep(3 * SETTLE_SECONDS)
    _in_pieces(path, whole, chance)


def _swapped(path: Path, whole: bytes, chance: random.Random) -> None:
    """Put other files over it, the whole one last."""
    for number in range(6):
        aside = path.with_name(f".{path.name}")
        aside.write_bytes(whole if number == 5 else whole[: chance.randrange(1, len(whole))])
        os.replace(aside, path)
        time.sleep(chance.uniform(0, SETTLE_SECONDS / 2))


def _linked(path: Path, whole: bytes, chance: random.Random) -> None:
    """Put a link to a file elsewhere in its place, and the file itself after a while."""
    elsewhere = path.parents[2] / "别处.csv"
    elsewhere.write_bytes(whole.replace(b"2023-01-31", b"2023-02-28"))
    path.write_bytes(whole[: len(whole) // 2])
    time.sleep(chance.uniform(0, SETTLE_SECONDS))
    link = path.with_name(".link")
    link.symlink_to(elsewhere)
    os.replace(link, path)
    time.sleep(2 * SETTLE_SECONDS)
    _swapped(path, whole, chance)
    elsewhere.unlink()


WAYS: dict[str, Write] = {"pieces": _in_pieces, "paused": _paused, "swapped": _swapped, "linked": _linked}


def _try(write: Write, seeds: list[str], desk: Desk) -> list[str]:
    failures = []
    for number, seed in enumerate(seeds):
        if wrong := _one(write, random.Random(seed), number, desk):
            failures.append(f"seed {seed!r}: {wrong}")
    return failures


def _whole(number: int) -> bytes:
    """Make a ledger; each of a number of its own, with as many rows."""
    return ledger(*[line(note + 100 * number, day="2023-01-31") for note in range(1, 40)])


def _one(write: Write, chance: random.Random, number: int, desk: Desk) -> str:
    whole = _whole(number)
    path = desk.home.inbox / BANK / f"台账{number}.csv"
    path.parent.mkdir(exist_ok=True)
    writer = threading.Thread(target=write, args=(path, whole, chance))
    writer.start()
    received = []
    while writer.is_alive():
        received += desk.receive(SETTLE_SECONDS)
    received += desk.receive(SETTLE_SECONDS)
    accepted = [receipt for receipt in received if is_accepted([receipt])]
    if [receipt.file.sha256 for receipt in accepted] != [digest(whole)]:
        return f"accepted are {[(receipt.file, receipt.period) for receipt in accepted]}"
    if len(desk.values(accepted)) != 39:
        return f"{len(desk.values(accepted))} rows of 39"
    return "; ".join(filter(None, (unanswered([receipt]) for receipt in received)))


def _written(way: str, seeds: list[str]) -> Work:
    return partial(_try, WAYS[way], seeds)


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    each = 1 if short else EACH
    return [
        at_a_desk(_written(way, [f"{seed} {way} {n}" for n in range(each)]), way, each, load=False)
        for way in WAYS
    ]


STILL_WRITTEN = Line("still_written", "appended to, replaced, linked or paused while received", _plan)
