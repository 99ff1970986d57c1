"""Loads killed on the way: the published file is whole, and the next load ends as if undisturbed."""

import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.journeys.command import load, start

Fill = Callable[[Path], list[Path]]


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_a_load_killed_at_any_point_leaves_no_trace(
    small_home: Path, tmp_path: Path, small_inbox: Fill, kills: int
) -> None:
    home, seed = tmp_path / "killed", random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    home.mkdir()
    shutil.copytree(small_home / "keys", home / "keys")
    shutil.copytree(small_home / "county", home / "county")
    apart = tmp_path / "waiting"
    apart.mkdir()
    waiting = small_inbox(apart)
    share = -(-len(waiting) // kills)
    shutil.copy2(apart / "synthetic.json", home)

    for _ in range(kills):
        for path in waiting[:share]:
            dropped = home / path.relative_to(apart)
            dropped.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, dropped)
        del waiting[:share]
        killed = start(home)
        time.sleep(chance.uniform(0.3, 5.5))
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert_whole(home / "warehouse" / "warehouse.duckdb")

    load(home)
    assert contents(home) == contents(small_home)


def assert_whole(published: Path) -> None:
    """Every table of a published file can be read to its end."""
    if not published.exists():
        return
    with duckdb.connect(str(published), read_only=True) as warehouse:
        for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall():
            warehouse.sql(f"select * from {name}").fetchall()


def contents(home: Path) -> dict[str, list[str]]:
    """The rows of every dimension, fact and mart, and of what was rejected."""
    with duckdb.connect(str(home / "warehouse" / "warehouse.duckdb"), read_only=True) as warehouse:
        names = [name for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall()]
        kept = [
            name
            for name in names
            if name.split("_")[0] in ("dim", "fact", "mart") or name == "dq_rejected_row"
        ]
        return {name: sorted(map(str, warehouse.sql(f"select * from {name}").fetchall())) for name in kept}
