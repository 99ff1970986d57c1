"""Homes to compare: `python -m benchmarks.same.homes DIR --prepared PREPARED --by XIANGCANG`.

Put here what makes homes from the same input with the command of any checkout. The unloaded homes (files as
they arrive, the key of persons) are made once, in PREPARED, and copied with their times, which are the order of
arrival.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.same.case_answers import write_case_answers

DRILL_SEED = 91_001
_PERSON_KEY = hashlib.sha256(b"benchmarks.same").digest()
"""Fixed, so that hashes of persons are the same in all homes; the numbers hashed are synthetic."""

_FIRST_LOAD_ENDS = datetime(2022, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()
_RESUBMITTED = "（定稿）"
"""Part of the names of files that only the third load receives: they replace a preliminary figure."""


def prepare(prepared: Path, xiangcang: Path) -> None:
    """Make the unloaded homes that are not there yet: the sample, and the faulty district of the drill."""
    sample, drill = prepared / "sample", prepared / "drill"
    prepared.mkdir(parents=True, exist_ok=True)
    if not sample.exists():
        subprocess.run([xiangcang, "sample", sample], check=True)
        _write_person_key(sample)
    if not drill.exists():
        from benchmarks.same.drill_inbox import write_drill_inbox  # imports the project of this checkout

        write_drill_inbox(drill, DRILL_SEED)
        _write_person_key(drill)


def _write_person_key(home: Path) -> None:
    keys = home / "keys"
    keys.mkdir(mode=0o700)
    (keys / "person.key").write_bytes(_PERSON_KEY)
    (keys / "person.key").chmod(0o600)


def copy_home(source: Path, home: Path) -> None:
    """Copy a home with its times and hard links, which shutil would break."""
    home.parent.mkdir(parents=True, exist_ok=True)
    if home.exists():
        raise FileExistsError(f"{home} is there already; delete it to make it again")
    subprocess.run(["cp", "-a", source, home], check=True)


def load(home: Path, xiangcang: Path) -> None:
    """Load what lies in the inbox. Raises CalledProcessError where the load fails."""
    environment = os.environ | {"XIANGCANG_HOME": str(home)}
    command = [str(xiangcang), "load", "--json", "--settle", "0"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def make_sample(home: Path, prepared: Path, xiangcang: Path) -> None:
    """Load the whole sample."""
    copy_home(prepared / "sample", home)
    load(home, xiangcang)


def make_drill(home: Path, prepared: Path, xiangcang: Path) -> None:
    """Load the faulty district."""
    copy_home(prepared / "drill", home)
    load(home, xiangcang)


def make_three_versions(home: Path, prepared: Path, xiangcang: Path) -> None:
    """Load the sample in three parts.

    First the files up to September 2022; then the rest, and the home's corrections, for which a file is staged
    anew; then files that replace earlier ones.
    """
    copy_home(prepared / "sample", home)
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        later = Path(scratch)
        _move_files(home / "inbox", later / "inbox", lambda path: path.stat().st_mtime >= _FIRST_LOAD_ENDS)
        _move_files(home / "corrections", later / "corrections", lambda _path: True)
        load(home, xiangcang)
        _move_files(later, home, lambda path: _RESUBMITTED not in path.name)
        load(home, xiangcang)
        _move_files(later, home, lambda _path: True)
        load(home, xiangcang)


def _move_files(source: Path, target: Path, is_moved: Callable[[Path], bool]) -> None:
    """Move files to the same place under another folder; their times stay."""
    for path in sorted(path for path in source.rglob("*") if path.is_file() and is_moved(path)):
        moved = target / path.relative_to(source)
        moved.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.rename(moved)


def make_cases(home: Path, _prepared: Path, xiangcang: Path) -> None:
    """Write the answers of `check` about every file of the folder that XIANGCANG_CASES names."""
    cases = os.environ.get("XIANGCANG_CASES")
    if not cases:
        print("cases: XIANGCANG_CASES names no folder; left out", file=sys.stderr)
        return
    write_case_answers(home, Path(cases), xiangcang)


MAKERS = {
    "sample": make_sample,
    "drill": make_drill,
    "cases": make_cases,
    "three_versions": make_three_versions,
}
"""By name, what makes a home from the prepared folder with a command; make_cases needs no prepared home."""


def main() -> int:
    """Make the homes that the arguments name; one that is there already is left as it is."""
    parser = argparse.ArgumentParser(prog="benchmarks.same.homes", description="Make homes to compare.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the homes are made")
    parser.add_argument("--prepared", type=Path, required=True, help="unloaded homes; made where missing")
    parser.add_argument("--by", type=Path, default=Path(sys.executable).with_name("xiangcang"))
    parser.add_argument("--only", nargs="+", choices=MAKERS, default=[*MAKERS])
    arguments = parser.parse_args()
    xiangcang = arguments.by.absolute()
    prepare(arguments.prepared, xiangcang)
    for name in arguments.only:
        home = (arguments.folder / name).absolute()
        if home.exists():
            print(f"{home} is there already", file=sys.stderr)
        else:
            MAKERS[name](home, arguments.prepared.absolute(), xiangcang)
    return 0


if __name__ == "__main__":
    sys.exit(main())
