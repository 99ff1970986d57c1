"""What of the inbox is taken, and that a file is kept once it was."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import sources.home.inbox
from sources.home.archive import archive, read_arrivals
from sources.home.folders import Home
from sources.home.inbox import find_settled

NOW = datetime(2022, 4, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


def drop(home: Home, name: str, data: bytes = b"x", mtime: int = 1000) -> Path:
    path = home.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (mtime, mtime))
    return path


def test_the_oldest_comes_first_and_office_leftovers_stay(home: Home) -> None:
    later, earlier = drop(home, "口泉乡/b.xlsx", mtime=2000), drop(home, "口泉乡/a.xlsx", mtime=1000)
    for name in ("~$a.xlsx", ".a.xlsx.swp", "Thumbs.db"):
        drop(home, f"口泉乡/{name}")

    assert find_settled(home, 0) == [earlier, later]


def test_a_file_that_still_grows_is_left_for_the_next_load(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing, done = drop(home, "口泉乡/a.xlsx"), drop(home, "口泉乡/b.xlsx")
    monkeypatch.setattr(sources.home.inbox.time, "sleep", lambda _: growing.write_bytes(b"xx"))

    assert find_settled(home, 2) == [done]


def test_an_archived_file_is_kept_by_its_hash_and_gone_from_the_inbox(home: Home) -> None:
    path = drop(home, "口泉乡/a.xlsx", b"abc")

    arrival = archive(home, path, NOW)

    assert not path.exists()
    assert (home.archive / arrival.sha256).read_bytes() == b"abc"
    assert (arrival.folder, arrival.name, arrival.received_at) == ("口泉乡", "a.xlsx", NOW)
    assert read_arrivals(home) == [arrival]


def test_a_kill_before_the_removal_does_not_make_two_arrivals(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(home, "口泉乡/a.xlsx")

    def killed(self: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as at_the_end:
        at_the_end.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            archive(home, path, NOW)
    again = archive(home, path, NOW.replace(hour=10))

    assert read_arrivals(home) == [again]
    assert again.received_at == NOW


def test_the_same_bytes_under_another_name_arrive_again(home: Home) -> None:
    first = archive(home, drop(home, "口泉乡/a.xlsx"), NOW)
    second = archive(home, drop(home, "口泉乡/b.xlsx"), NOW.replace(hour=10))

    assert first.sha256 == second.sha256
    assert read_arrivals(home) == [first, second]


def test_what_is_kept_is_the_owners_alone(home: Home) -> None:
    archive(home, drop(home, "口泉乡/a.xlsx"), NOW)

    modes = {
        path.relative_to(home.root).parts[0]: path.stat().st_mode & 0o077 for path in home.root.rglob("*")
    }
    assert {name for name, mode in modes.items() if mode and name != "inbox"} == set()
