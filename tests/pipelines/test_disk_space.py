"""A load that a disk has no room for is refused before the step, in JSON too, and what was published stays."""

import json
import subprocess
from collections import namedtuple
from pathlib import Path

import pytest

from pipelines.disk_space import (
    BUILT_PER_STAGED_BYTE,
    RECEIVED_PER_BYTE,
    RESERVE_BYTES,
    bytes_to_build,
    bytes_to_receive,
)
from sources.county.references import read_references
from sources.holding.stale import stale_receipts
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from tests.district import COUNTY
from tests.journeys.command import environment, run_here
from tests.pipelines.homes import digest
from warehouse.database.store import Store

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def home(small_home: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", small_home, tmp_path / "home"], check=True)
    return tmp_path / "home"


def test_receiving_needs_three_times_the_inbox(tmp_path: Path) -> None:
    references, home = read_references(COUNTY), Home(tmp_path)
    home.prepare()
    (home.inbox / "口泉乡").mkdir()
    (home.inbox / "口泉乡" / "a.xlsx").write_bytes(bytes(1000))
    assert (
        bytes_to_receive(home, stale_receipts(home, references)) == RESERVE_BYTES + 1000 * RECEIVED_PER_BYTE
    )


def test_a_build_needs_a_copy_of_what_is_published_and_eight_times_the_rows(small_home: Path) -> None:
    receipts, store = read_receipts(Home(small_home)), Store(small_home)
    staged = sum((small_home / part.path).stat().st_size for r in receipts for part in r.staged_files)
    assert bytes_to_build(store, receipts) == (
        RESERVE_BYTES + store.current.stat().st_size + staged * BUILT_PER_STAGED_BYTE
    )


def test_the_estimates_hold_for_the_small_home(small_home: Path) -> None:
    """What a load has left is less than was asked for: the estimates are of peaks."""
    home, store = Home(small_home), Store(small_home)
    receipts = read_receipts(home)
    arrived = sum({r.arrival_id: r.file.size_bytes for r in receipts}.values())
    kept = sum(
        path.stat().st_size
        for folder in (home.archive, home.staging, home.rejected, home.receipts, home.outbox)
        for path in folder.rglob("*")
        if path.is_file()
    )
    assert kept < RECEIVED_PER_BYTE * arrived
    assert 2 * store.current.stat().st_size < bytes_to_build(store, receipts)


@pytest.mark.parametrize(
    ("estimate", "step"),
    [("receiving.bytes_to_receive", "收件"), ("warehouse.bytes_to_build", "建库")],
)
def test_a_load_without_room_for_a_step_fails_and_says_so(
    estimate: str, step: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = digest(Store(home).current)
    monkeypatch.setattr(f"pipelines.assets.{estimate}", lambda *_: 1 << 60)
    ended = run_here(["load", "--json", "--rebuild", "--settle", "0"], environment(home))
    record = json.loads(ended.out)
    assert (ended.code, record["state"], record["published"]) == (1, "failed", False)
    assert record["error"].startswith(f"{step}：{home} 所在的磁盘可用 ")
    assert "估计需要 1,099,511,627,776 MB" in record["error"]
    assert digest(Store(home).current) == published


def test_a_load_that_could_not_even_be_recorded_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.home.space.shutil.disk_usage", lambda _: Usage(1, 1, 0))
    ended = run_here(["load", "--json"], environment(tmp_path))
    assert ended.code == 1
    assert json.loads(ended.out)["error"].startswith(
        f"加载：{tmp_path} 所在的磁盘可用 0 MB，估计需要 64 MB；"
    )
    assert [path.name for path in tmp_path.iterdir()] == []
