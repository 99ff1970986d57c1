"""Nights of the sample district in which nothing or little is new: what they cost, and what Dagster's history grows by."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.lines import Line
from benchmarks.measuring import (
    IMPORTS_NAME,
    XIANGCANG,
    Cost,
    compare,
    measure,
    measure_imports,
    measure_in_turn,
    measure_load,
)
from sample.faults.corrections import PATH as CORRECTIONS
from sample.manifest import read_manifest

NEW_FILES = 5


def measure_changes() -> Iterator[Line]:
    """Measure an unchanged night, one of five new files, one of a corrected cell, and the bytes of history."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        base, kept_back = folder / "base", folder / "kept_back"
        measure([XIANGCANG, "sample", str(base)])
        files = newest_files(base)
        for path in [*files, CORRECTIONS]:
            move(base / path, kept_back / path)
        measure_load(base)
        measure_load(base)  # the first load of all is no usual night: what it left to do is done here
        costs = measure_in_turn(
            {
                IMPORTS_NAME: measure_imports,
                "unchanged": lambda: measure_load(base),
                "files": lambda: measure_night(base, kept_back, files),
                "cell": lambda: measure_night(base, kept_back, [CORRECTIONS]),
            }
        )
        before = bytes_below(base / "dagster")
        night = night_of(base, kept_back, files)
        measure_load(night)
        grown = bytes_below(night / "dagster") - before
    yield compare("unchanged_night", costs, "unchanged", IMPORTS_NAME)
    yield compare("new_files_night", costs, "files", IMPORTS_NAME)
    yield compare("corrected_cell_night", costs, "cell", IMPORTS_NAME)
    yield Line("history_megabytes", grown / 1e6)


def newest_files(home: Path) -> list[str]:
    """List the sample's last files, each of another table, that are sound and hold one delivery that counts."""
    newest: dict[str, str] = {}
    for delivery in reversed(read_manifest(home).deliveries):
        if delivery.is_in_force and delivery.fault is None:
            newest.setdefault(delivery.table, delivery.file)
    return list(dict.fromkeys(newest.values()))[:NEW_FILES]


def measure_night(base: Path, kept_back: Path, paths: Sequence[str]) -> Cost:
    """Load a copy of a home to which files were added."""
    home = night_of(base, kept_back, paths)
    cost = measure_load(home)
    shutil.rmtree(home)
    return cost


def night_of(base: Path, kept_back: Path, paths: Sequence[str]) -> Path:
    """Copy a home, and add files to it that were kept back."""
    home = base.with_name("night")
    shutil.copytree(base, home, symlinks=True)
    for path in paths:
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(kept_back / path, home / path)
    return home


def move(source: Path, target: Path) -> None:
    """Move a file, to a folder that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)


def bytes_below(folder: Path) -> int:
    """Add up the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
