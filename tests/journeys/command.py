"""The command line as its users type it, with a home of its own: in this process."""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipelines.cli import main

XIANGCANG = Path(sys.executable).with_name("xiangcang")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote to each stream."""

    code: int
    out: str
    err: str


def environment(home: Path) -> dict[str, str]:
    """The environment of a user whose home this is."""
    variables = os.environ | {"XIANGCANG_HOME": str(home)}
    variables.pop("DAGSTER_HOME", None)
    return variables


def run_here(arguments: list[str], variables: Mapping[str, str], folder: Path = Path()) -> Ended:
    """Run the command in this process, as a user with this environment in this folder."""
    out, err = StringIO(), StringIO()
    with (
        patch.dict(os.environ, variables, clear=True),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            code = main(arguments)
        except SystemExit as usage:
            code = int(usage.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())


def xiangcang(home: Path, *arguments: str, code: int = 0) -> str:
    """Run the command in this process and return what it printed; it must end with this exit code."""
    ended = run_here(list(arguments), environment(home))
    assert ended.code == code, ended.out + ended.err
    return ended.out


def load(home: Path) -> dict[str, Any]:
    """Load at once and return the summary."""
    summary: dict[str, Any] = json.loads(xiangcang(home, "load", "--json", "--settle", "0"))
    return summary


def query_published(home: Path, sql: str) -> list[dict[str, Any]]:
    """Query the published warehouse."""
    rows: list[dict[str, Any]] = json.loads(xiangcang(home, "sql", "--json", sql))
    return rows
