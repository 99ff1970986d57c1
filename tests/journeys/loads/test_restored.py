"""Homes that were restored from a backup, or copied."""

import shutil
from pathlib import Path

import pytest

from tests.journeys.command import load, query_published
from tests.trust.homes import contents_of

BACKED_UP = ("archive", "receipts", "history", "county", "corrections", "keys")


def test_what_is_not_backed_up_is_made_again(small_home: Path, tmp_path: Path) -> None:
    for folder in BACKED_UP:
        shutil.copytree(small_home / folder, tmp_path / folder)
    shutil.copy(small_home / "synthetic.json", tmp_path)

    assert load(tmp_path)["published"] is True

    assert contents_of(tmp_path / "warehouse" / "warehouse.duckdb") == contents_of(
        small_home / "warehouse" / "warehouse.duckdb"
    )
    assert query_published(tmp_path, "select value from warehouse_info where name = 'version'") == [
        {"value": "v000002"}
    ]


@pytest.mark.long
def test_a_copied_home_knows_its_version_though_its_links_are_lost(small_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "copied"
    shutil.copytree(small_home, home)

    summary = load(home)

    assert (summary["published"], summary["version"]) == (False, "v000001")
