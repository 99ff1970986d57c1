"""Homes that journeys may change."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.worker import Reader
from tests import small_district
from tests.district import prepare
from tests.journeys.clock import Clock


@pytest.fixture
def loaded_home(small_home: Path, tmp_path: Path) -> Path:
    """A copy of the small district as one load has left it."""
    home = tmp_path / "home"
    shutil.copytree(small_home, home)
    return home


@pytest.fixture(scope="session")
def small_inbox(written_sample: Path) -> Callable[[Path], list[Path]]:
    """Fills a home with the files of the small district; returns them, in the order of arrival."""
    return lambda home: small_district.fill(home, written_sample)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    home = Home(tmp_path / "home")
    prepare(home)
    return home


@pytest.fixture
def arrive(home: Home, reader: Reader) -> Callable[..., list[Receipt]]:
    """Drops a workbook into a folder of the home and receives it, or only receives; gives the new receipts."""
    clock = Clock()

    def send(
        data: bytes | None = None,
        name: str = "报表.xlsx",
        references: References | None = None,
        folder: str = "口泉乡",
        on_reread: Callable[[int, int], None] | None = None,
    ) -> list[Receipt]:
        if data is not None:
            path = home.inbox / folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        return receive(home, reader, now=clock, settle_seconds=0, references=references, on_reread=on_reread)

    return send
