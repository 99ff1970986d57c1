"""The home of three forms that faults are tried on: before some files arrive, those files, and after them, undisturbed."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from pipelines.cli import main
from tests.journeys.townships import enterprise_book, village_book
from tests.sources.ledger import BANK, ledger, line
from tests.trust.forked import apart, fork
from tests.trust.operations import READS, listen, name_of

COUNTY = Path(__file__).parents[2] / "sample" / "county"

Contents = dict[str, tuple[int, str]]
"""Of each table of a published file: its rows, and their hash in whatever order."""


@dataclass(frozen=True)
class Loaded:
    """How a load ended. answer: the object of `--json`, None where there is none."""

    code: int
    answer: dict[str, Any] | None
    log: str


@dataclass(frozen=True)
class Homes:
    """Folders that trials copy. first, second: what is published before and after the second batch."""

    folder: Path
    first: Contents
    second: Contents

    def copy(self, to: Path, *, waiting: bool = True) -> Path:
        """Copy the home as the first load left it, with the second batch in its inbox unless not waiting."""
        to.parent.mkdir(parents=True, exist_ok=True)
        copy_home(self.folder / "before", to)
        if waiting:
            shutil.copytree(self.folder / "batch", to / "inbox", dirs_exist_ok=True)
        return to

    def operations(self, *, reads: bool) -> list[str]:
        """List the file operations of the second load by name, in the order in which they are first met."""
        names = dict.fromkeys((self.folder / "operations").read_text("utf-8").splitlines())
        return [name for name in names if reads or name.split()[0] not in READS]

    @property
    def batch(self) -> list[Path]:
        """The files of the second batch."""
        return sorted(path for path in (self.folder / "batch").rglob("*") if path.is_file())


def copy_home(home: Path, to: Path) -> None:
    """Copy a home; what is one file by two names stays so."""
    subprocess.run(["cp", "-a", home, to], check=True)


def make_homes(folder: Path) -> Homes:
    """Load the home and its second batch undisturbed. folder: an empty folder."""
    home, after, log = folder / "before", folder / "after", folder / "log"
    apart(lambda: _write(home, folder / "batch"), log)
    _must_load(home, log)
    run(home, ["settle", "2020", "--why", "已齐", "--by", "甲"], log)
    copy_home(home, after)
    shutil.copytree(folder / "batch", after / "inbox", dirs_exist_ok=True)
    _must_load(after, log, partial(listen, after, partial(_note, after, folder / "operations")))
    return Homes(folder, contents_apart(home, log), contents_apart(after, log))


def _write(home: Path, batch: Path) -> None:
    shutil.copytree(COUNTY, home / "county")
    first = {
        "口泉乡/村表.xlsx": village_book("口泉乡", ["杨家窑村", "上窝寨村"], enterprise_book),
        f"{BANK}/台账.csv": ledger(*[line(number) for number in range(1, 6)]),
    }
    second = {
        "口泉乡/村表再报.xlsx": village_book("口泉乡", ["杨家窑村", "上窝寨村"], persons=270),
        "高山镇/村表.xlsx": village_book("高山镇", ["高山村"]),
        f"{BANK}/台账一月.csv": ledger(*[line(number, day="2023-01-31") for number in range(1, 9)]),
    }
    for root, files in ((batch.with_name("first"), first), (batch, second)):
        for name, data in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
    shutil.copytree(batch.with_name("first"), home / "inbox")


def _note(home: Path, met: Path, event: str, path: str) -> None:
    with met.open("a", encoding="utf-8") as file:
        file.write(f"{name_of(home, event, path)}\n")


def _must_load(home: Path, log: Path, prepare: Callable[[], None] = lambda: None) -> None:
    loaded = load(home, log, prepare)
    if loaded.code or not (loaded.answer and loaded.answer["published"]):
        raise AssertionError(loaded)


def load(home: Path, log: Path, prepare: Callable[[], None] = lambda: None) -> Loaded:
    """Load a home in a forked process. prepare: what is done in that process before."""
    code, answer = run(home, ["load", "--json", "--settle", "0"], log, prepare)
    text = log.read_text("utf-8", errors="replace") if log.exists() else ""
    return Loaded(code, json.loads(answer) if answer.strip() else None, text)


def run(
    home: Path, arguments: list[str], log: Path, prepare: Callable[[], None] = lambda: None
) -> tuple[int, str]:
    """Run a command in a forked process; give its exit code, negative for a signal, and what it printed."""
    printed = log.with_suffix(".out")
    printed.unlink(missing_ok=True)

    def command() -> None:
        as_user_of(home)
        prepare()
        with printed.open("w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
            try:
                code = main(arguments)
            except SystemExit as usage:
                code = int(usage.code or 0)
            out.flush()
        os._exit(code)

    return fork(command, log).wait(), printed.read_text("utf-8") if printed.exists() else ""


def as_user_of(home: Path) -> None:
    """Make this process that of a user whose home this is."""
    os.environ["XIANGCANG_HOME"] = str(home)
    os.environ.pop("DAGSTER_HOME", None)


def contents_apart(home: Path, log: Path) -> Contents:
    """Read what is published, in a forked process."""
    contents: Contents = apart(lambda: contents_of(home / "warehouse" / "warehouse.duckdb"), log)
    return contents


def contents_of(published: Path, left_out: Collection[str] = ()) -> Contents:
    """Read every table of a published file to its end; give dimensions, facts, marts and rejected rows.

    Others hold times and runs. left_out: columns. Raises duckdb.Error where the file is not whole.
    """
    with duckdb.connect(str(published), read_only=True, config={"threads": 1}) as warehouse:
        names = [name for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall()]
        read = {}
        for name in names:
            relation = warehouse.table(name)
            kept = [column for column in relation.columns if column not in left_out]
            rows = relation.select(*kept).fetchall()
            digest = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
            if name.split("_")[0] in ("dim", "fact", "mart") or name == "dq_rejected_row":
                read[name] = (len(rows), digest)
        return read


def differences(contents: Contents, expected: Contents) -> str:
    """Name the tables in which two published files differ; empty where they are equal."""
    names = sorted(contents.keys() | expected.keys())
    return ", ".join(name for name in names if contents.get(name) != expected.get(name))


def not_whole(home: Path, allowed: list[Contents], log: Path) -> list[str]:
    """Say why what is published is no whole version of those that are allowed; without any, only whether it is whole."""
    try:
        contents = contents_apart(home, log)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what did not hold
        return [f"what is published cannot be read: {error}"]
    if not allowed or contents in allowed:
        return []
    return [f"published is no version that was expected: {differences(contents, allowed[-1])}"]


def lost(home: Path, files: list[Path]) -> list[str]:
    """Name what arrived and lies, byte for byte, neither in the archive nor in the inbox."""
    kept = {
        hashlib.sha256(path.read_bytes()).digest()
        for folder in ("archive", "inbox")
        for path in (home / folder).rglob("*")
        if path.is_file()
    }
    return [f"lost: {path.name}" for path in files if hashlib.sha256(path.read_bytes()).digest() not in kept]


def recovers(home: Path, homes: Homes, log: Path) -> list[str]:
    """Load once more; say what is not as after the undisturbed load."""
    loaded = load(home, log)
    if loaded.code:
        return [f"the next load ended with {loaded.code}: {loaded.answer or loaded.log[-600:]}"]
    return not_whole(home, [homes.second], log) + lost(home, homes.batch)
