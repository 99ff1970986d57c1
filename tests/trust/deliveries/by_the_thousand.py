"""Thousands of files in an inbox, some of them bad."""

import random
from functools import partial
from pathlib import Path

from tests.trust.deliveries.receiving import Desk, at_a_desk, is_accepted, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

FILES, PARTS = 10_000, 2
_DAMAGES = ("empty", "cut", "noise")


def _bad(kind: str, whole: bytes, chance: random.Random) -> bytes:
    if kind == "empty":
        return b""
    return whole[: chance.randrange(1, len(whole.rstrip()))] if kind == "cut" else chance.randbytes(999)


def _try(seed: str, count: int, desk: Desk) -> list[str]:
    from tests.sources.ledger import BANK, ledger, line

    chance = random.Random(seed)
    bad = set(chance.sample(range(count), max(count // 100, 1)))
    files = {}
    for number in range(count):
        whole = ledger(line(number, day="2023-01-31"))
        place = f"{BANK}/{number:05}.csv"
        files[place] = _bad(chance.choice(_DAMAGES), whole, chance) if number in bad else whole
    receipts = desk.send(files)
    failures = []
    for number, (place, of_file) in enumerate(receipts.items()):
        wrong = unanswered(of_file)
        if not wrong and is_accepted(of_file) == (number in bad):
            wrong = "a bad file is accepted" if number in bad else f"a good file is refused: {of_file}"
        if not wrong and number not in bad and len(desk.values(of_file)) != 1:
            wrong = "its row is not staged"
        failures += [f"{Path(place).name}: {wrong}"] * bool(wrong)
    return failures + [f"lost: {place}" for place in desk.unkept(files)]


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    count = 100 if short else FILES // PARTS
    return [
        at_a_desk(partial(_try, f"{seed} {part}", count), f"part{part}", count, load=False)
        for part in range(1 if short else PARTS)
    ]


BY_THE_THOUSAND = Line("thousands", "10,000 files in an inbox, one in a hundred bad", _plan)
