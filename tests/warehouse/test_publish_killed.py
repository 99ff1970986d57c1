"""SIGKILL before any step of a publish that touches the disk leaves the published file whole."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from warehouse.build import Built
from warehouse.publish import current, publish, versions
from warehouse.store import Store

NIGHT = datetime(2023, 2, 1, 1, 40, tzinfo=ZoneInfo("Asia/Shanghai"))

KILLED_AT_A_STEP = """
import os, pickle, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from warehouse.publish import publish
from warehouse.store import Store

home, left = Path(sys.argv[1]), [int(sys.argv[2])]

def before(step):
    def counted(*arguments, **options):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*arguments, **options)
    return counted

for name in ("link", "rename", "replace", "unlink", "mkdir", "chmod", "fsync"):
    setattr(os, name, before(getattr(os, name)))
built = pickle.loads((home / "built.pickle").read_bytes())
publish(Store(home), built, fingerprint="second", now=datetime.now(timezone.utc))
"""


def killed(home: Path, step: int) -> int:
    done = subprocess.run([sys.executable, "-c", KILLED_AT_A_STEP, str(home), str(step)], capture_output=True)
    return done.returncode


def names_in(file: Path) -> list[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute("select reporter_name from dim_reporter").fetchall()
        return [name for (name,) in found]


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory,
    build_at: Callable[..., Built],
    given_sources: Callable[..., dict[str, Any]],
) -> Path:
    """A home where 甲 is published and 乙 is built."""
    store = Store(tmp_path_factory.mktemp("prepared"))
    store.prepare()
    for name in ("甲", "乙"):
        reporter = {"reporter_code": name, "name": name, "division_code": "140214000000"}
        built = build_at(store.building, given_sources(ref_reporter=[reporter]))
        if name == "甲":
            publish(store, built, fingerprint="first", now=NIGHT)
    store.building.rename(store.history.parent / "built.duckdb")
    return store.history.parent


def test_a_publish_killed_at_any_step(prepared: Path, tmp_path: Path) -> None:
    def outcome(step: int) -> tuple[int, list[str], str, list[str]]:
        """Exit of the killed publish; what is published then; after a next publish its version and all files."""
        home = tmp_path / str(step)
        subprocess.run(["cp", "-a", prepared, home], check=True)  # keeps hard links
        ...
