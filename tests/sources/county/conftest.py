"""A county's folder that a test may change."""

import shutil
from pathlib import Path

import pytest

from sources.county.references import HERE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's county."""
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    return Path(shutil.copytree(HERE, tmp_path / "county", ignore=ignored))
