"""Deliveries with control totals in which one bit is another."""

import random
from collections import Counter
from functools import partial
from pathlib import PurePosixPath

from sources.home.receipts import Receipt
from tests.trust.deliveries.receiving import Desk, Work, at_a_desk, is_accepted, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

FLIPS = 250
"""Of each format."""

SUMMED = {"xlsx": "registered_households", "csv": "amount_yuan"}
"""The field that the totals of each sum."""


def flipped(data: bytes, bit: int) -> bytes:
    """Turn one bit of a file."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _try(format: str, seed: str, count: int, desk: Desk) -> list[str]:
    from tests.trust.deliveries.formats import sound_file

    place, whole = sound_file(format)
    folder, name = PurePosixPath(place).parent, PurePosixPath(place).name
    bits = sorted(random.Random(f"{seed} {format}").sample(range(8 * len(whole)), count))
    files = {str(folder / str(bit) / name): flipped(whole, bit) for bit in bits}
    receipts = desk.send(files)
    last = desk.send({place: whole})[place]
    sound, summed = desk.rows(last), _summed(desk, format, last)
    failures = [f"{place} cannot be tried: {last}"] * (not is_accepted(last))
    accepted = other = 0
    for at, bit in zip(files, bits, strict=True):
        wrong = unanswered(receipts[at])
        if not wrong and is_accepted(receipts[at]):
            accepted += 1
            other += desk.rows(receipts[at]) != sound
            values = _summed(desk, format, receipts[at])
            rejected = sum(receipt.rows.rejected for receipt in receipts[at])
            if values - summed or (values.total() + rejected) != summed.total():
                wrong = f"accepted with {values} and {rejected} rejected rows for {summed}"
        if wrong:
            failures.append(f"{place} bit {bit}: {wrong}")
    print(f"{format}: {count} flips, {accepted} accepted, {other} of these with a value that no total covers")
    return failures + [f"lost: {at}" for at in desk.unkept(files | {place: whole})]


def _summed(desk: Desk, format: str, receipts: list[Receipt]) -> Counter[str]:
    """Count the values of the summed field among the rows that were accepted."""
    return Counter(str(row[SUMMED[format]]) for row in desk.values(receipts))


def _flipped(format: str, seed: str, count: int) -> Work:
    return partial(_try, format, seed, count)


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    count = 5 if short else FLIPS
    return [at_a_desk(_flipped(format, str(seed), count), format, count, load=not short) for format in SUMMED]


FLIPPED = Line("bit_flips", "one bit flipped in a delivery with control totals", _plan)
