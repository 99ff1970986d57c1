"""The default sample as it is written, for all tests of it: only read, never changed."""

from pathlib import Path

import pytest

from sample import SampleManifest, read_manifest


@pytest.fixture(scope="module")
def home(written_sample: Path) -> Path:
    return written_sample


@pytest.fixture(scope="module")
def manifest(home: Path) -> SampleManifest:
    return read_manifest(home)
