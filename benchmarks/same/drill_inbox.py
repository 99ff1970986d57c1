"""The faulty district of the quality drill, written as an unloaded home.

Put here what writes files of the drill; the only module of this package that knows the project's code.
"""

from pathlib import Path

from benchmarks.quality_drill.__main__ import plant
from benchmarks.quality_drill.district import sound_files
from benchmarks.quality_drill.planted import District
from sample.district.targets import Targets
from sample.write import put, render, write_county, write_label


def write_drill_inbox(home: Path, seed: int) -> None:
    """Write the files of a district of this seed, with every kind of fault, into the inbox of a new home."""
    home.mkdir(parents=True, mode=0o700)
    district = District(sound_files(seed))
    list(plant(district, seed))
    files = list(district.sent())
    write_label(home, seed, Targets(), 1, ends_on=max(file.arrival for file in files).date())
    write_county(home / "county")
    for file in files:
        put(home / file.path, render(file)[0], file)
