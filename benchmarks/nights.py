"""Benchmark of nights on the sample district, every other one quiet: CPU, and bytes that each night leaves behind.

`python -m benchmarks.nights`; BENCH_NIGHTS says how many (60). A night with news brings five files.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.changes import bytes_below
from benchmarks.measuring import measure_load
from sample import write_sample

NIGHTS = int(os.environ.get("BENCH_NIGHTS", 60))
FILES_A_NIGHT = 5


@dataclass(frozen=True)
class Night:
    """files: that came. history, versions: bytes in `dagster/` and `warehouse/versions/` that the night added."""

    files: int
    cpu_seconds: float
    history: int
    versions: int


def measure_nights() -> None:
    """Print a line a night, and what the nights of either kind take on average, in their first and second half."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        write_sample(home)
        print("night  files  CPU s  history kB  versions kB")
        nights = list(_live_through(home, _hold_back(home, Path(scratch) / "later")))
    for kind, count in (("with news", FILES_A_NIGHT), ("quiet", 0)):
        of_kind = [night for night in nights[1:] if night.files == count]
        half = len(of_kind) // 2
        for name, some in (("first half", of_kind[:half]), ("second half", of_kind[half:])):
            if some:
                cpu, history, versions = (
                    sum(values) / len(some)
                    for values in zip(*((n.cpu_seconds, n.history, n.versions) for n in some), strict=True)
                )
                print(
                    f"{kind}, {name}: {cpu:.2f} CPU s, {history / 1000:,.0f} and {versions / 1000:,.0f} kB a night"
                )


def _hold_back(home: Path, aside: Path) -> list[tuple[Path, Path]]:
    """Move aside the newest files of the inbox, as many as come in the nights; return from where to where they come."""
    files = sorted(
        (path for path in (home / "inbox").rglob("*") if path.is_file()),
        key=lambda path: (path.stat().st_mtime_ns, path.name),
    )
    aside.mkdir()
    later = []
    for number, path in enumerate(files[-FILES_A_NIGHT * (NIGHTS // 2) :]):
        later.append((aside / str(number), path))
        path.rename(later[-1][0])
    return later


def _live_through(home: Path, later: list[tuple[Path, Path]]) -> Iterator[Night]:
    """Load, then bring the rest of the files, five every other night, and load each night."""
    for number in range(NIGHTS + 1):
        coming = later[FILES_A_NIGHT * (number // 2) :][:FILES_A_NIGHT] if number % 2 else []
        for source, target in coming:
            source.rename(target)
        before = bytes_below(home / "dagster"), bytes_below(home / "warehouse" / "versions")
        night = Night(
            len(coming),
            measure_load(home).cpu_seconds,
            bytes_below(home / "dagster") - before[0],
            bytes_below(home / "warehouse" / "versions") - before[1],
        )
        print(
            f"{number:5}  {night.files:5}  {night.cpu_seconds:5.2f}  {night.history / 1000:10,.0f}"
            f"  {night.versions / 1000:11,.0f}",
            flush=True,
        )
        yield night


if __name__ == "__main__":
    measure_nights()
