"""The command line as its users run it: another process, a home of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

XIANGCANG = Path(sys.executable).with_name("xiangcang")


def environment(home: Path) -> dict[str, str]:
    """The environment of a user whose home this is."""
    said = os.environ | {"XIANGCANG_HOME": str(home)}
    said.pop("DAGSTER_HOME", None)
    return said


def xiangcang(home: Path, *arguments: str, code: int = 0) -> str:
    """Run the command and return what it printed; it must end with this exit code."""
    done = subprocess.run(
        [XIANGCANG, *arguments], env=environment(home), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def load(home: Path) -> dict[str, Any]:
    """Load at once and return the summary."""
    return json.loads(xiangcang(home, "load", "--json", "--settle", "0"))


def start(home: Path) -> subprocess.Popen[str]:
    """A load in a process group of its own, not waited for."""
    return subprocess.Popen(
        [XIANGCANG, "load", "--json", "--settle", "0"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ask(home: Path, sql: str) -> list[dict[str, Any]]:
    """Query the published warehouse."""
    return json.loads(xiangcang(home, "sql", "--json", sql))
