"""A night after six years of deliveries, each sent twice, against a night after the first year."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.changes import NEW_FILES, measure_night
from benchmarks.lines import Line
from benchmarks.measuring import compare, measure_in_turn, measure_load
from sample.district.people import People
from sample.district.sent import SentFile
from sample.district.targets import Targets
from sample.plan import clean_files
from sample.write import put, render, write_county, write_label

YEARS = (2017, 2022)
_SAMPLE_YEARS = (2021, 2022)
SEEDS = (2022, 7)
"""Of another seed, every delivery comes again with other figures, and replaces the first."""

_YEAR = re.compile(r"(?<!\d)202[12](?=(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?(?!\d))")
"""A year of the sample, alone or before month and day, and not within a number."""


def measure_six_years() -> Iterator[Line]:
    """Measure a night of five new files after six years, and the same after one."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sides = {}
        for name, years in (("first_year", (YEARS[0], YEARS[0])), ("six_years", YEARS)):
            base, kept_back = folder / name / "base", folder / name / "kept_back"
            newest: list[str] = []
            for seed in SEEDS[: 1 if name == "first_year" else None]:
                files = sorted(files_of(years, seed), key=lambda file: file.arrival)
                write_files(base, files[:-NEW_FILES])
                write_files(kept_back, files[-NEW_FILES:])
                newest = [file.path for file in files[-NEW_FILES:]]
                write_label(base, seed, Targets(), 1, ends_on=files[-1].arrival.date())
                measure_load(base)
            measure_load(base)
            sides[name] = lambda base=base, kept=kept_back, newest=newest: measure_night(base, kept, newest)
        costs = measure_in_turn(sides)
        receipts = len(list((folder / "six_years" / "base" / "receipts").iterdir()))
    line = compare("six_years_night", costs, "six_years", "first_year")
    yield replace(line, costs=f"{receipts:,} receipts; {line.costs}")


def files_of(years: tuple[int, int], seed: int) -> Iterator[SentFile]:
    """Make the clean files of periods in some years: the sample's two, moved by as many years as needed."""
    for back in range(0, _SAMPLE_YEARS[1] - years[0] + 1, len(_SAMPLE_YEARS)):
        for file in clean_files(seed, Targets(), 1, People(seed)):
            moved: SentFile = move_years(file, -back)
            if years[0] <= int(moved.deliveries[0].period[:4]) <= years[1]:
                yield moved


def move_years(value: Any, by: int) -> Any:
    """Move dates, and years in texts, of a file and of all that it holds."""
    if isinstance(value, date):
        return value.replace(year=value.year + by)
    if isinstance(value, str):
        return type(value)(_YEAR.sub(lambda year: str(int(year[0]) + by), value))
    if isinstance(value, dict):
        return {move_years(key, by): move_years(part, by) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(move_years(part, by) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: move_years(getattr(value, f.name), by) for f in fields(value)})
    return value


def write_files(home: Path, files: Iterable[SentFile]) -> None:
    """Write files to the inbox of a home of the sample's county."""
    write_county(home / "county")
    for file in files:
        put(home / file.path, render(file)[0], file)
