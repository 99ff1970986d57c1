"""Files of persons whose time is over: removed with a record, missed by nothing, and their rows stay."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipelines.tracing import StoredValues
from schemas.files.sealed import unseal
from sources.county.references import read_references
from sources.holding.stale import stale_receipts
from sources.home.backup import back_up, faults, restore
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.home.removal import Removal, read_removals, remove_raw_files
from tests.journeys.command import xiangcang
from tests.sources.ledger import BANK, ledger, line
from tests.sources.text_files import receive_again, send, staged_lines

NAME = "台账20221231.csv"
NOW = datetime(2031, 3, 1, 9, tzinfo=SHANGHAI)


@pytest.fixture
def received(tmp_path: Path) -> Receipt:
    """A ledger of two loans, which is of persons."""
    return send(tmp_path / "home", ledger(line(1), line(2)), NAME, BANK)


@pytest.fixture
def home(tmp_path: Path, received: Receipt) -> Home:
    return Home(tmp_path / "home")


def remove(home: Home, tables: tuple[str, ...] = ("loan_note",), days: int = 0) -> list[Removal]:
    arrived = read_receipts(home)[-1].received_at
    return remove_raw_files(
        home,
        tables,
        before=arrived + timedelta(seconds=1) - timedelta(days=days),
        now=NOW,
        by="档案室",
        why="满三年",
    )


def change_rules(home: Home) -> None:
    contract = home.county / "contracts" / "loan_note.rcb_ledger.toml"
    contract.write_text(contract.read_text("utf-8") + "accept = 'whole'\n", "utf-8")


def test_a_removed_file_is_written_down_with_who_when_why_and_hash(home: Home, received: Receipt) -> None:
    digest = received.file.sha256
    size = (home.archive / digest).stat().st_size
    [removal] = remove(home)
    assert not (home.archive / digest).exists()
    assert json.loads(unseal((home.removed / f"{digest}.1.json").read_bytes())) == {
        "sha256": digest,
        "size_bytes": size,
        "names": [f"{BANK}/{NAME}"],
        "received_at": received.received_at.isoformat(),
        "removed_at": "2031-03-01T09:00:00+08:00",
        "by": "档案室",
        "why": "满三年",
    }
    assert read_removals(home) == [removal]
    assert remove(home) == []


@pytest.mark.parametrize(("tables", "days"), [(("grid_person",), 0), (("loan_note",), 1)])
def test_other_forms_and_younger_files_stay(
    home: Home, received: Receipt, tables: tuple[str, ...], days: int
) -> None:
    assert remove(home, tables, days) == []
    assert (home.archive / received.file.sha256).exists()


def test_what_is_removed_is_not_missing(home: Home) -> None:
    remove(home)
    assert list(faults(home)) == []
    assert "2031-03-01 按保留期移除的原件 1 份（档案室：满三年），不算缺失" in xiangcang(home.root, "verify")


def test_when_rules_change_the_rows_stay_and_nothing_is_blamed(
    home: Home, received: Receipt, caplog: pytest.LogCaptureFixture
) -> None:
    change_rules(home)
    assert stale_receipts(home, read_references(home.county)) == [received]
    remove(home)
    assert stale_receipts(home, read_references(home.county)) == []
    with caplog.at_level(logging.INFO):
        assert receive_again(home.root) == []
    assert "台账20221231.csv 已于 2031-03-01 按保留期移除（档案室：满三年），不再重读" in caplog.text
    assert "请从备份恢复" not in caplog.text
    [kept] = read_receipts(home)
    assert (kept.outcome, kept.revision, staged_lines(home.root, kept)) == ("accepted", 1, [2, 3])


def test_rows_that_nothing_else_gives_are_in_the_backup(
    home: Home, received: Receipt, tmp_path: Path
) -> None:
    remove(home)
    assert back_up(home, tmp_path / "kept") == []
    restored = Home(tmp_path / "restored")
    assert restore(tmp_path / "kept", restored) == []
    assert receive_again(restored.root) == []
    assert staged_lines(restored.root, received) == [2, 3]


def test_a_damaged_record_is_named_and_the_rows_stay(home: Home, received: Receipt, tmp_path: Path) -> None:
    remove(home)
    record = home.removed / f"{received.file.sha256}.1.json"
    record.write_text("{", "utf-8")
    assert list(faults(home)) == [f"移除记录 {record.name} 损坏，不知何时由谁移除；请从备份恢复"]
    change_rules(home)
    assert receive_again(home.root) == []
    back_up(home, tmp_path / "kept")
    assert staged_lines(tmp_path / "kept", received) == [2, 3]


def test_such_rows_damaged_are_for_the_backup_to_mend(home: Home, received: Receipt) -> None:
    remove(home)
    (home.root / received.staged_files[0].path).unlink()
    [fault] = faults(home)
    assert fault.endswith("而原件已按保留期移除；请从备份恢复")


def test_a_trace_says_that_the_file_was_removed(home: Home, received: Receipt) -> None:
    import polars as pl

    remove(home)
    rows = pl.DataFrame(
        {
            "file_name": [NAME], "file_sha256": [received.file.sha256], "sheet_name": [""], "sheet_row": [2],
            "cell": ["H2"], "field": ["amount"], "parsed_value": ["100"], "value": [100], "counted_key": [""],
            "corrected": [""], "reporter_code": [""], "received_at": [NOW], "contract": [received.contract],
            "staged_table": ["loan_note"],
        }
    )  # fmt: skip
    with StoredValues(home) as stored:
        assert stored.add_to(rows)["stored_value"].to_list() == [
            "（原件已于 2031-03-01 按保留期移除（档案室：满三年））"
        ]


def test_a_file_that_comes_again_is_kept_again(home: Home, received: Receipt) -> None:
    remove(home)
    again = send(home.root, ledger(line(1), line(2)), NAME, BANK)
    assert again.outcome == "duplicate"
    assert read_removals(home) == []
    assert list(faults(home)) == []


def test_the_command_asks_for_days_who_and_why(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    xiangcang(home.root, "remove-raw", "--days", "0", "--by", "档案室", "--why", "满期", code=1)
    printed = xiangcang(home.root, "remove-raw", "--days", "1000", "--by", "档案室", "--why", "满期")
    assert printed.startswith(f"移除了 0 份原件，记在 {home.removed}")
