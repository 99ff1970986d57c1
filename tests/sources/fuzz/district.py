"""Sound deliveries of every contract, a few of each and of a few rows, that mutations begin with."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sample.district.people import People
from sample.district.sent import SentFile
from sample.district.targets import Targets
from sample.plan import clean_files

ROWS = 6
FILES = 3
"""Of each contract, of different reporters and layouts where there are."""


@cache
def sound_files(seed: int = 2022) -> dict[str, list[SentFile]]:
    """Make the sound files by contract."""
    files: dict[str, list[SentFile]] = {}
    for file in clean_files(seed, Targets(), 1, People(seed)):
        files.setdefault(file.deliveries[0].contract, []).append(file)
    return {name: [_cut(file) for file in _choose(of)] for name, of in sorted(files.items())}


def _choose(files: list[SentFile]) -> Iterator[SentFile]:
    several = [file for file in files if len(file.deliveries[0].records) > 1]
    by_reporter = list({file.folder: file for file in several}.values())
    if len(by_reporter) >= FILES:
        yield from by_reporter[:: len(by_reporter) // FILES][:FILES]
    else:
        yield from several[:: max(len(several) // FILES, 1)][:FILES]


def _cut(file: SentFile) -> SentFile:
    delivery = file.deliveries[0]
    return replace(file, deliveries=[replace(delivery, records=delivery.records[:ROWS])])
