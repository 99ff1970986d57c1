"""The order of arrival is that in which files come, whatever the clock says; the clock is its label."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sources.holding.home_states import home_states
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.intake import receive
from tests.district import REFERENCES, prepare
from tests.sources.ledger import BANK, ledger, line
from tests.sources.text_files import READER

NAME = "台账20221231.csv"
NOON = datetime(2025, 1, 5, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    prepare(home)
    return home


def send(home: Home, lines: int, at: datetime) -> Receipt:
    folder = home.inbox / BANK
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(ledger(*(line(number) for number in range(1, lines + 1))))
    [receipt] = receive(home, READER, now=lambda: at, settle_seconds=0)
    return receipt


@pytest.mark.parametrize("first_is_off_by", [timedelta(0), timedelta(days=366), -timedelta(days=366)])
@pytest.mark.parametrize(
    "second_is_off_by", [timedelta(minutes=5), timedelta(days=366), -timedelta(days=366)]
)
def test_the_later_file_counts_however_wrong_the_clock_was(
    home: Home, first_is_off_by: timedelta, second_is_off_by: timedelta
) -> None:
    first, second = send(home, 1, NOON + first_is_off_by), send(home, 2, NOON + second_is_off_by)
    assert second.received_at > first.received_at
    assert second.supersedes == first.delivery_id
    receipts = read_receipts(home)
    known_by = max(receipt.received_at for receipt in receipts)
    assert [r.delivery_id for r in home_states(home, REFERENCES, receipts, known_by).counting] == [
        second.delivery_id
    ]


def test_a_clock_that_goes_on_labels_each_file_with_its_own_time(home: Home) -> None:
    assert send(home, 1, NOON).received_at == NOON
    assert send(home, 2, NOON + timedelta(minutes=1)).received_at == NOON + timedelta(minutes=1)
