"""What a home keeps is held against what was written: the key of persons, receipts, arrivals, staged rows, the archive."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sources.home.archive import Unsettled, archive, read_arrivals
from sources.home.folders import Home, KeyLost
from sources.home.inbox import look
from sources.home.receipts import Receipt, read_receipts
from sources.home.soundness import sweep_parts
from tests.sources.home.test_inbox import NOW, drop
from tests.sources.ledger import BANK, ledger, line
from tests.sources.text_files import receive_again, send, staged_lines

NAME = "台账20221231.csv"


@pytest.fixture
def received(tmp_path: Path) -> Receipt:
    """A ledger of two loans, accepted."""
    return send(tmp_path, ledger(line(1), line(2)), NAME, BANK)


def flip(path: Path) -> None:
    """Change a bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


@pytest.mark.parametrize("lost", ["removed", "emptied", "cut", "another"])
def test_a_home_with_receipts_refuses_to_run_without_its_own_key(
    tmp_path: Path, received: Receipt, lost: str
) -> None:
    assert received.outcome == "accepted"
    key = tmp_path / "keys" / "person.key"
    match lost:
        case "removed":
            key.unlink()
        case "emptied":
            key.write_bytes(b"")
        case "cut":
            key.write_bytes(key.read_bytes()[:31])
        case _:
            key.write_bytes(bytes(32))
    kept = key.read_bytes() if key.exists() else None
    with pytest.raises(KeyLost, match="请从备份恢复 keys/"):
        receive_again(tmp_path)
    assert (key.read_bytes() if key.exists() else None) == kept  # no new one is made


def test_a_home_from_before_the_check_takes_its_key_as_it_is(tmp_path: Path, received: Receipt) -> None:
    check = tmp_path / "receipts" / "person.key.sha256"
    before = check.read_text()
    check.unlink()
    assert receive_again(tmp_path) == []
    assert check.read_text() == before


def test_rows_that_a_disk_has_changed_are_read_again_from_the_archive(
    tmp_path: Path, received: Receipt, caplog: pytest.LogCaptureFixture
) -> None:
    [part] = received.staged_files
    flip(tmp_path / part.path)
    [again] = receive_again(tmp_path)
    assert (again.delivery_id, again.revision, again.outcome) == (received.delivery_id, 2, "accepted")
    assert [p.sha256 for p in again.staged_files] == [part.sha256]
    assert staged_lines(tmp_path, again) == [2, 3]
    assert part.path in caplog.text


def test_rows_that_are_gone_are_named_unless_all_are(
    tmp_path: Path, received: Receipt, caplog: pytest.LogCaptureFixture
) -> None:
    [gone] = received.staged_files
    (tmp_path / gone.path).unlink()
    [again] = receive_again(tmp_path)  # as in a restored home
    assert gone.path not in caplog.text

    send(tmp_path, ledger(line(1, day="2023-01-31")), "台账20230131.csv", BANK)
    [gone] = again.staged_files
    (tmp_path / gone.path).unlink()
    receive_again(tmp_path)
    assert f"{gone.path} is not as its receipt says" in caplog.text


def test_a_damaged_archive_is_named_and_blames_nobody(
    tmp_path: Path, received: Receipt, caplog: pytest.LogCaptureFixture
) -> None:
    """The staged rows stay, though the rules have changed since."""
    flip(tmp_path / "archive" / received.file.sha256)
    contract = tmp_path / "county" / "contracts" / "loan_note.rcb_ledger.toml"
    contract.write_text(contract.read_text("utf-8") + "due_days = 3\naccept = 'whole'\n", "utf-8")
    with caplog.at_level(logging.ERROR):
        assert receive_again(tmp_path) == []
    assert received.file.sha256 in caplog.text
    assert NAME in caplog.text
    [kept] = read_receipts(Home(tmp_path))
    assert (kept.outcome, kept.revision, staged_lines(tmp_path, kept)) == ("accepted", 1, [2, 3])


@pytest.mark.parametrize("damage", ["cut", "emptied", "no json"])
def test_a_damaged_receipt_is_set_aside_and_its_file_read_again(
    tmp_path: Path, received: Receipt, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "receipts" / f"{received.delivery_id}.r1.json"
    text = path.read_text("utf-8")
    path.write_text({"cut": text[:100], "emptied": "", "no json": text.replace("{", "(", 1)}[damage], "utf-8")
    [again] = receive_again(tmp_path)
    assert again.content == received.content
    assert str(path) in caplog.text
    assert (tmp_path / "receipts" / "damaged" / path.name).exists()


@pytest.mark.parametrize("damage", ["cut", "removed"])
def test_a_damaged_or_lost_arrival_is_written_anew_by_its_receipt(
    tmp_path: Path, received: Receipt, damage: str
) -> None:
    home = Home(tmp_path)
    before = read_arrivals(home)
    path = home.arrivals / f"{received.arrival_id}.json"
    path.write_text("{", "utf-8") if damage == "cut" else path.unlink()
    assert receive_again(tmp_path) == []
    [again], [known] = read_arrivals(home), before
    assert (again.arrival_id, again.sha256, again.name, again.received_at) == (
        known.arrival_id, known.sha256, known.name, known.received_at
    )  # fmt: skip


def test_invented_figures_stay_so_when_their_label_is_lost(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    (tmp_path / "synthetic.json").write_text("{}")
    archive(home, drop(home, "口泉乡/a.xlsx"), NOW)
    (tmp_path / "synthetic.json").unlink()
    assert home.synthetic
    assert home.sample_ends_on is None
    assert archive(home, drop(home, "口泉乡/b.xlsx", b"y"), NOW).synthetic


def test_a_link_in_the_inbox_is_no_delivery(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    drop(home, "口泉乡/a.xlsx")
    (home.inbox / "口泉乡" / "key.xlsx").symlink_to(tmp_path / "keys" / "person.key")
    (home.inbox / "外").symlink_to(tmp_path / "receipts")
    os.mkfifo(home.inbox / "口泉乡" / "pipe.xlsx")
    assert list(look(home)) == ["口泉乡/a.xlsx"]


def test_a_file_that_became_a_link_since_it_was_seen_is_not_followed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    path = home.inbox / "口泉乡" / "a.xlsx"
    path.parent.mkdir()
    path.symlink_to(tmp_path / "keys" / "person.key")
    with pytest.raises(Unsettled):
        archive(home, path, NOW)
    assert [p for p in home.archive.iterdir() if p.is_file()] == []


def test_what_killed_processes_were_writing_is_swept_and_what_living_ones_write_is_not(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.prepare()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = [home.archive / f".{ended.pid}.part", home.receipts / f".d.json.{ended.pid}.part"]
    living = home.outbox / f".回执.html.{os.getppid()}.part"
    in_inbox = home.inbox / f".a.{ended.pid}.part"
    for path in (*left, living, in_inbox):
        path.write_bytes(b"half")
    assert sorted(sweep_parts(home)) == sorted(left)
    assert living.exists()
    assert in_inbox.exists()


def test_a_home_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Home(tmp_path).prepare()
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_the_check_of_the_key_does_not_tell_the_key(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    check = (home.receipts / "person.key.sha256").read_text()
    assert len(check) == 64
    assert home.person_key().hex() not in json.dumps(check)
