"""Homes that tests may load again."""

import shutil
import subprocess
from pathlib import Path

import pytest

from sample import COUNTY


@pytest.fixture
def new_home(tmp_path: Path) -> Path:
    """A home in which nothing is but its county."""
    shutil.copytree(COUNTY, tmp_path / "county")
    return tmp_path


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample district as one load has left it; the published file stays a link to its version."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    subprocess.run(["cp", "-a", sample_home, home], check=True)
    return home
