"""A layout that loses cells is caught: the assertion is not decoration."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import sources.layout.rows
from sample.volume import write_workbooks
from schemas.field import Column
from sources.home.folders import Home
from sources.intake import receive
from sources.layout.block_content import BlockContent
from sources.layout.header import Header
from sources.reading.cells import Workbook
from sources.reading.workbook import read_workbook
from sources.reading.worker import Reader
from tests.district import prepare


class InProcess(Reader):
    """Reads workbooks in this process."""

    def read(self, data: bytes) -> Workbook:
        return read_workbook(data)


def load(home: Home) -> list[str]:
    receipts = receive(
        home, InProcess(), now=lambda: datetime.now(ZoneInfo("Asia/Shanghai")), settle_seconds=0
    )
    return [reason.rule for receipt in receipts for reason in receipt.reasons]


def test_a_body_that_ends_early_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    prepare(home)
    write_workbooks(home.inbox, 1, 30)
    read_body = sources.layout.rows._read_body

    def ends_early(laid: BlockContent, header: Header, table: list[Column]) -> None:
        whole = laid.block
        laid.block = replace(whole, end_row=20)
        read_body(laid, header, table)
        laid.block = whole

    monkeypatch.setattr(sources.layout.rows, "_read_body", ends_early)

    assert load(home) == ["delivery__unconserved"]


def test_the_same_workbook_is_accepted_when_nothing_is_lost(tmp_path: Path) -> None:
    home = Home(tmp_path)
    prepare(home)
    write_workbooks(home.inbox, 1, 30)

    assert load(home) == []
