"""A county's folder that a test may change."""

import re
import shutil
from pathlib import Path

import pytest

from tests.district import COUNTY, STOCK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample's county."""
    return Path(shutil.copytree(COUNTY, tmp_path / "county"))


@pytest.fixture
def stock_folder(folder: Path) -> Path:
    """The same with the stock's contracts, each sent by whom the county names, as if there were no others."""
    for path in STOCK.glob("*.toml"):
        own = folder / "contracts" / path.name
        terms = own.read_text("utf-8") if own.exists() else ""
        sent_by = re.search(r"^reporters = .*$", terms, re.MULTILINE)
        text = path.read_text("utf-8")
        own.write_text(
            re.sub(r"^reporters = \[\].*$", sent_by[0] if sent_by else "", text, flags=re.MULTILINE), "utf-8"
        )
    return folder
