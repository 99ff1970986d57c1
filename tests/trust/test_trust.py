"""Some trials of every line of `make trust`."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests import ROOT
from tests.trust.all_lines import LINES

SEED = "20261126"
"""The same trials each time; `make trust` tries others."""


@pytest.fixture(scope="module")
def tallies() -> dict[str, dict[str, Any]]:
    """What came of each line, by name."""
    short = [sys.executable, "-m", "tests.trust", "--short", "--json", "--seed", SEED]
    done = subprocess.run(short, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return {tally["name"]: tally for tally in json.loads(done.stdout)}


@pytest.mark.parametrize("name", [line.name for line in LINES])
def test_every_trial_passes(name: str, tallies: dict[str, dict[str, Any]]) -> None:
    tally = tallies[name]
    assert tally["failures"] == [], f"seed {tally['seed']}"
    assert tally["passed"] == tally["trials"] > 0
