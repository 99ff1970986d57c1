"""Two loads at once, a reader during a load, and loads killed on the way."""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.journeys.command import XIANGCANG, ask, environment, load
from tests.journeys.townships import village_book

Fill = Callable[[Path], list[Path]]
KILLS = 20


def start(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [XIANGCANG, "load", "--json", "--settle", "0"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_of_two_loads_at_once_one_waits_or_refuses(tmp_path: Path, small_inbox: Fill) -> None:
    files = small_inbox(tmp_path)

    loads = [start(tmp_path), start(tmp_path)]
    said = [(one.communicate(timeout=200), one.returncode) for one in loads]

    assert {code for _, code in said} <= {0, 3}
    assert 0 in {code for _, code in said}
    assert all("正在" in err for (_, err), code in said if code == 3)
    assert ask(tmp_path, "select count(distinct file_name) as files from dq_delivery") == [
        {"files": len(files)}
    ]


def test_a_reader_keeps_its_version_and_blocks_nobody(loaded_home: Path) -> None:
    published = loaded_home / "warehouse" / "warehouse.duckdb"
    count = "select count(*) from dq_delivery"
    with duckdb.connect(str(published), read_only=True) as reader:
        before = reader.sql(count).fetchall()
        path = loaded_home / "inbox" / "口泉乡" / "再报.xlsx"
        path.write_bytes(village_book("口泉乡", ["杨家窑村", "上窝寨村"]))

        assert load(loaded_home)["published"] is True

        assert reader.sql(count).fetchall() == before
    assert ask(loaded_home, f"{count.replace('count(*)', 'count(*) as deliveries')}") == [
        {"deliveries": before[0][0] + 1}
    ]


@pytest.fixture
def undisturbed(tmp_path: Path, small_inbox: Fill) -> Path:
    home = tmp_path / "undisturbed"
    home.mkdir()
    small_inbox(home)
    load(home)
    return home


def test_a_load_killed_at_any_point_leaves_no_trace(
    undisturbed: Path, tmp_path: Path, small_inbox: Fill
) -> None:
    home, seed = tmp_path / "killed", random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    home.mkdir()
    shutil.copytree(undisturbed / "keys", home / "keys")
    apart = tmp_path / "waiting"
    apart.mkdir()
    waiting = small_inbox(apart)
    share = -(-len(waiting) // KILLS)
    shutil.copy2(apart / "synthetic.json", home)

    for _ in range(KILLS):
        for path in waiting[:share]:
            dropped = home / path.relative_to(apart)
            dropped.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, dropped)
        del waiting[:share]
        killed = start(home)
        time.sleep(chance.uniform(0.5, 8))
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert_whole(home / "warehouse" / "warehouse.duckdb")

    load(home)
    assert contents(home) == contents(undisturbed)


def assert_whole(published: Path) -> None:
    """Every table of a published file can be read to its end."""
    if not published.exists():
        return
    with duckdb.connect(str(published), read_only=True) as warehouse:
        for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall():
            warehouse.sql(f"select * from {name}").fetchall()


def contents(home: Path) -> dict[str, list]:
    """The rows of every dimension, fact and mart, and of what was rejected."""
    with duckdb.connect(str(home / "warehouse" / "warehouse.duckdb"), read_only=True) as warehouse:
        names = [name for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall()]
        kept = [
            name
            for name in names
            if name.split("_")[0] in ("dim", "fact", "mart") or name == "dq_rejected_row"
        ]
        return {name: sorted(map(str, warehouse.sql(f"select * from {name}").fetchall())) for name in kept}
