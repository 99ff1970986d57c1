"""One file that the program fails on: its receipt says so, and all others are received."""

import logging
import os
import pkgutil
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from polars.exceptions import PanicException

import sources.county.references
from sources.check import check_file, find_folder
from sources.county.references import read_references
from sources.home.backup import faults
from sources.home.folders import Home
from sources.home.inbox import look
from sources.home.receipts import Receipt, read_receipts
from sources.intake import receive
from sources.reading.worker import Reader
from tests.district import COUNTY, prepare
from tests.sources.ledger import BANK, ledger, line

SECRET = "甄隐士11010519491231002X"
STAGES = (
    "sources.intake.archive",
    "sources.delivery.sniff",
    "sources.delivery.text_draft",
    "sources.delivery.stage_rows",
    "sources.staging.stage.parse",
    "sources.staging.stage.write_accepted",
    "sources.staging.stage.reconcile",
    "sources.replies.outbox.compose_reply",
    "sources.replies.outbox.write_whole",
    "sources.intake.write_receipt",
)
"""Functions on the way of one file, each as the module that calls it names it."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    prepare(home)
    shutil.copytree(COUNTY, home.county, dirs_exist_ok=True)
    drop(home, "贷款台账20221130.csv", day="2022-11-30")
    drop(home, "贷款台账20221231.csv", day="2022-12-31")
    return home


def drop(home: Home, name: str, day: str = "2022-12-31") -> None:
    folder = home.inbox / BANK
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(ledger(line(1, day=day)))


def load(home: Home, reader: Reader) -> list[Receipt]:
    start = datetime(2023, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    ticks = count()
    return receive(home, reader, now=lambda: start + timedelta(seconds=next(ticks)), settle_seconds=0)


def failing_once(function: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    calls = count()

    def fail_at_first(*arguments: Any, **named: Any) -> Any:
        if next(calls) == 0:
            raise error
        return function(*arguments, **named)

    return fail_at_first


def inject(monkeypatch: pytest.MonkeyPatch, stage: str, error: BaseException) -> None:
    monkeypatch.setattr(stage, failing_once(pkgutil.resolve_name(stage), error))


@pytest.mark.parametrize("stage", STAGES)
def test_a_failure_at_any_stage_is_one_receipt_and_stops_nobody(
    home: Home, reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stage: str
) -> None:
    with monkeypatch.context() as patch:
        inject(patch, stage, ValueError(f"could not read {SECRET}"))
        receipts = load(home, reader)
    (failed,) = [receipt for receipt in receipts if receipt.is_internal_error]
    (sound,) = [receipt for receipt in receipts if receipt is not failed]
    number = failed.arrival_id
    (page,) = (home.outbox / BANK).glob(f"*{number}*.html")
    reply = page.read_text("utf-8")

    assert (sound.outcome, failed.outcome, failed.staged_files) == ("accepted", "rejected", [])
    assert failed.file.name.startswith("贷款台账2022")
    assert f"错误编号 {number}" in failed.reasons[0].message
    assert failed.reasons[0].message in reply
    assert f"internal error {number}" in caplog.text
    assert "in fail_at_first" in caplog.text
    assert SECRET not in caplog.text + reply
    assert sorted(r.delivery_id for r in read_receipts(home)) == sorted(r.delivery_id for r in receipts)


@pytest.mark.parametrize(
    "stage", ["sources.delivery.workbook_drafts", "sources.reading.worker.marshal.dumps"]
)
def test_so_is_one_in_a_workbook(
    home: Home, reader: Reader, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    load(home, reader)
    with xlsxwriter.Workbook(home.inbox / BANK / "表.xlsx") as book:
        book.add_worksheet().write("A1", "甲")
    with monkeypatch.context() as patch:
        inject(patch, stage, ValueError())
        (failed,) = load(home, reader)

    assert failed.is_internal_error
    assert failed.file.name == "表.xlsx"


def test_it_is_no_news_again_and_tried_again_when_the_code_changes(
    home: Home, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        inject(patch, "sources.delivery.text_draft", ValueError())
        load(home, reader)

    assert load(home, reader) == []

    monkeypatch.setattr(sources.county.references, "hash_of_readers", lambda: "other code")
    (receipt,) = load(home, reader)
    assert (receipt.outcome, receipt.revision) == ("accepted", 2)


def test_what_is_no_fault_of_the_code_is_tried_again_at_every_load(
    home: Home, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        inject(patch, "sources.staging.stage.write_accepted", OSError(28, "No space left on device"))
        (failed,) = [receipt for receipt in load(home, reader) if receipt.is_internal_error]
        inject(patch, "sources.staging.stage.write_accepted", OSError(28, "No space left on device"))
        assert load(home, reader) == []

    (receipt,) = load(home, reader)
    assert (receipt.outcome, receipt.arrival_id) == ("accepted", failed.arrival_id)


def test_an_accepted_file_that_new_code_fails_on_is_named_as_the_delivery_that_it_was(
    home: Home, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(home, reader)
    monkeypatch.setattr(sources.county.references, "hash_of_readers", lambda: "other code")
    inject(monkeypatch, "sources.delivery.text_draft", PanicException("polars"))

    (failed,) = load(home, reader)

    assert (failed.table, failed.reporter_code, failed.revision) == ("loan_note", "rcb_yungang", 2)
    assert failed.rows.candidate == 0


def test_rows_of_before_a_file_was_read_again_are_swept_and_not_held_against_it(
    home: Home, reader: Reader
) -> None:
    rows = home.root / load(home, reader)[0].staged_files[0].path
    rows.write_bytes(rows.read_bytes()[:-1])
    (read_again,) = load(home, reader)
    assert (read_again.revision, list(faults(home))) == (2, [])
    assert load(home, reader) == []
    assert not rows.exists()
    assert list(faults(home)) == []


def test_a_file_that_cannot_be_archived_stays_and_is_archived_once_it_can(
    home: Home, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        inject(patch, "sources.intake.archive", PermissionError(13, "Permission denied"))
        (failed,) = [receipt for receipt in load(home, reader) if receipt.is_internal_error]
        assert list(look(home)) == [f"{BANK}/{failed.file.name}"]
        inject(patch, "sources.intake.archive", PermissionError(13, "Permission denied"))
        assert load(home, reader) == []

    (received,) = load(home, reader)
    assert (received.outcome, received.file.name, look(home)) == ("accepted", failed.file.name, {})
    assert not any(receipt.is_internal_error for receipt in read_receipts(home))


def test_a_name_in_gbk_bytes_is_shown_as_it_was_meant(home: Home, reader: Reader) -> None:
    folder = os.fsencode(home.inbox / BANK)
    for name, day in (
        ("贷款台账20220930.csv".encode("gbk"), "2022-09-30"),
        (b"\xff\xff20221031.csv", "2022-10-31"),
    ):
        with open(folder + b"/" + name, "wb") as file:
            file.write(ledger(line(1, day=day)))

    receipts = load(home, reader)

    names = {receipt.period: receipt.file.name for receipt in receipts if receipt.outcome == "accepted"}
    assert names["2022-09-30"] == "贷款台账20220930.csv"
    assert names["2022-10-31"] == "��20221031.csv"
    assert look(home) == {}


def test_check_answers_with_the_receipt(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "贷款台账20221231.csv"
    path.write_bytes(ledger(line(1)))
    inject(monkeypatch, "sources.delivery.text_draft", KeyError(SECRET))
    logging.getLogger("sources").addHandler(logging.NullHandler())

    (checked,) = check_file(
        path,
        reader,
        read_references(COUNTY),
        reporter="rcb_yungang",
        now=lambda: datetime.now(ZoneInfo("UTC")),
    )

    assert [problem["rule"] for problem in checked.problems] == ["delivery__internal_error"]
    assert SECRET not in checked.words


@pytest.mark.parametrize("given", ["rcb_yungang", "大同农商行云冈支行"])
def test_who_would_send_a_file_is_given_by_code_or_name(given: str) -> None:
    reporters = read_references(COUNTY).reporters

    assert find_folder(reporters, given, given) == "大同农商行云冈支行"


def test_a_reporter_that_there_is_not_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(LookupError, match="没有填报单位“云岗镇”，最接近的规定写法是“云冈镇”"):
        find_folder(read_references(COUNTY).reporters, "云岗镇", "云岗镇")
