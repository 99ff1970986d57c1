"""What of the inbox is taken, and that a file is kept once it was."""

import os
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sources.home.archive import Unsettled, archive, read_arrivals
from sources.home.folders import Home
from sources.home.inbox import find_settled, irregular

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


@pytest.mark.parametrize(
    "name",
    [
        "a.xlsx.filepart", "a.xlsx.crdownload", "a.xlsx.part", "a.tmp", "~WRL0001.tmp", "a.xlsx.lnk", "THUMBS.DB",
        "@eaDir/a.xlsx", ".sync/a.xlsx", "#recycle/a.xlsx", "a/.~lock.b.xlsx#",
    ],
)  # fmt: skip
def test_what_is_no_delivery_by_its_name_stays(home: Home, name: str) -> None:
    path = home.inbox / "口泉乡" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")

    assert find_settled(home, 0) == []


def test_what_is_no_file_is_listed_and_not_taken(home: Home) -> None:
    drop(home, "口泉乡/a.xlsx")
    link, pipe = home.inbox / "口泉乡" / "链接.xlsx", home.inbox / "口泉乡" / "管道.xlsx"
    link.symlink_to(home.inbox)
    os.mkfifo(pipe)

    assert irregular(home) == [pipe, link]
    assert find_settled(home, 0) == [home.inbox / "口泉乡" / "a.xlsx"]


def test_a_file_that_goes_away_while_the_inbox_is_listed_stops_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = drop(home, "口泉乡/a.xlsx"), drop(home, "口泉乡/b.xlsx")
    stat = Path.lstat

    def vanish(path: Path) -> os.stat_result:
        gone.unlink(missing_ok=True)
        return stat(path)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "lstat", vanish)
        assert find_settled(home, 0) == [stays]


def test_a_file_that_still_grows_is_left_for_the_next_load(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing, done = drop(home, "口泉乡/a.xlsx"), drop(home, "口泉乡/b.xlsx")
    monkeypatch.setattr(time, "sleep", lambda _: growing.write_bytes(b"xx"))

    assert find_settled(home, 2) == [done]


def test_an_archived_file_is_kept_by_its_hash_and_gone_from_the_inbox(home: Home) -> None:
    path = drop(home, "口泉乡/a.xlsx", b"abc")

    arrival = archive(home, path, NOW)

    assert not path.exists()
    assert (home.archive / arrival.sha256).read_bytes() == b"abc"
    assert (arrival.folder, arrival.name, arrival.received_at) == ("口泉乡", "a.xlsx", NOW)
    assert read_arrivals(home) == [arrival]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.xlsx", "a␊b.xlsx"),
        ("\x1b[2Ja.xlsx", "␛[2Ja.xlsx"),
        ("a\u202exslx.exe", "a�xslx.exe"),
        ("a\u2028b.xlsx", "a�b.xlsx"),
        ("村　表 [1].xlsx", "村　表 [1].xlsx"),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown_in_one_line(home: Home, name: str, shown: str) -> None:
    assert archive(home, drop(home, f"口泉乡/{name}"), NOW).name == shown


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


def test_a_file_sent_again_with_its_old_time_arrives_again(home: Home) -> None:
    sent = [
        archive(home, drop(home, "口泉乡/a.xlsx", data, mtime), NOW.replace(hour=hour))
        for hour, (data, mtime) in enumerate(
            [(b"A", 1000), (b"B", 2000), (b"A", 1000), (b"A", 1000)], start=9
        )
    ]

    assert read_arrivals(home) == sent
    assert len({arrival.arrival_id for arrival in sent}) == 4
    assert sent[0].sha256 == sent[2].sha256


def replace_while(monkeypatch: pytest.MonkeyPatch, path: Path, name: str, call: int = 1) -> None:
    """Have other bytes of the same size and mtime take the place of a file just before a call of a function of os."""
    function, calls = getattr(os, name), iter(range(1, call + 1))

    def replacing(*arguments: object) -> object:
        if next(calls) < call:
            return function(*arguments)
        other = path.with_name(".other")
        other.write_bytes(b"B")
        os.utime(other, (1000, 1000))
        other.rename(path)
        monkeypatch.undo()
        return function(*arguments)

    monkeypatch.setattr(os, name, replacing)


def test_a_file_replaced_while_it_is_copied_is_taken_later(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(home, "口泉乡/a.xlsx", b"A")
    replace_while(monkeypatch, path, "fsync")

    with pytest.raises(Unsettled):
        archive(home, path, NOW)
    assert (read_arrivals(home), path.read_bytes()) == ([], b"B")

    (arrival,) = [archive(home, path, NOW)]
    assert (home.archive / arrival.sha256).read_bytes() == b"B"


def test_a_file_that_takes_the_place_of_one_just_archived_is_the_next_to_arrive(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(home, "口泉乡/a.xlsx", b"A")
    replace_while(monkeypatch, path, "open", call=2)  # of the record

    first = archive(home, path, NOW)
    second = archive(home, path, NOW.replace(hour=10))

    assert [(home.archive / sent.sha256).read_bytes() for sent in (first, second)] == [b"A", b"B"]
    assert read_arrivals(home) == [first, second]


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
