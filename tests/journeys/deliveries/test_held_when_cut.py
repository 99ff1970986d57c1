"""What is held in a district that no rule was written after: nothing that is sound, and what is cut short."""

from pathlib import Path

import pytest

from benchmarks.frames import CUTS, count_held
from sources.county.references import read_references
from tests.district import COUNTY

UNKNOWN = ("none", "printed")
"""Frames by which nobody knows what a first delivery lacks."""

SPARSE = ("grid.register", "grid_issue.ledger")
"""Forms of which half of the rows have all that their frame asks: places have several grids, open issues stand first."""

pytestmark = pytest.mark.long


def test_nothing_sound_is_held_and_what_is_cut_is(tmp_path: Path) -> None:
    counts = count_held(tmp_path, 7)

    for name, contract in read_references(COUNTY).contracts.items():
        assert (counts[name, "sound"] > 0, counts[name, "sound held"]) == (True, 0), name
        for cut in CUTS:
            again, first = (counts[name, f"{cut} {way}"] for way in ("again", "first"))
            assert counts[name, f"{cut} again held"] == again, name
            if contract.frame in UNKNOWN:
                assert counts[name, f"{cut} first held"] == 0, name
            elif name not in SPARSE:
                assert counts[name, f"{cut} first held"] == first, name
