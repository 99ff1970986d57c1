"""The day as of which deliveries are due."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.assets.due import due_as_of
from sources.home.folders import Home
from tests.sources.holding.receipts import receipt

NOW = datetime(2026, 11, 26, tzinfo=UTC)
OF_SAMPLE = receipt("sample", received_at=datetime(2023, 2, 3, tzinfo=UTC))
ADDED = receipt("added", received_at=NOW)


@pytest.mark.parametrize(
    ("label", "day"),
    [
        (None, date(2026, 11, 26)),
        ('{"ends_on": "2023-02-03"}', date(2023, 2, 3)),
        ("{}", date(2026, 11, 26)),  # a label that does not say it: the last delivery does
    ],
    ids=["real", "sample", "sample without a day"],
)
def test_a_file_added_to_a_sample_does_not_move_its_clock(
    tmp_path: Path, label: str | None, day: date
) -> None:
    if label:
        (tmp_path / "synthetic.json").write_text(label)

    assert due_as_of(Home(tmp_path), [OF_SAMPLE, ADDED], NOW) == day


def test_a_real_home_goes_by_the_cut_off_and_a_sample_by_its_last_delivery(tmp_path: Path) -> None:
    assert due_as_of(Home(tmp_path), [OF_SAMPLE], NOW) == date(2026, 11, 26)
    (tmp_path / "synthetic.json").write_text("{}")
    assert due_as_of(Home(tmp_path), [OF_SAMPLE], NOW) == date(2023, 2, 3)
