"""Homes that journeys may change."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.intake import receive
from sources.reading.worker import Reader
from tests.journeys.clock import Clock

FEW = ("高山镇", "西韩岭乡", "鸦儿崖乡", "区交通运输局", "大同农商行云冈支行", "邮政储蓄银行云冈区支行")
"""Folders whose files are of every kind: workbooks of both shapes, registers, a ledger, the PBOC pair."""


@pytest.fixture
def loaded_home(sample_home: Path, tmp_path: Path) -> Path:
    """A copy of the loaded sample district."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    return home


@pytest.fixture(scope="session")
def small_inbox(written_sample: Path) -> Callable[[Path], list[Path]]:
    """Fills a home with the end of 2022 of a few reporters; returns the files, in the order of arrival."""

    def fill(home: Path) -> list[Path]:
        found = []
        for path in sorted((written_sample / "inbox").rglob("*"), key=lambda path: path.stat().st_mtime_ns):
            is_late = any(part in path.name for part in ("2022年", "2022Q4", "202212"))
            if path.is_file() and path.parent.name in FEW and is_late:
                dropped = home / path.relative_to(written_sample)
                dropped.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, dropped)
                found.append(dropped)
        shutil.copy2(written_sample / "synthetic.json", home)
        return found

    return fill


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    found = Home(tmp_path / "home")
    found.prepare()
    return found


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
