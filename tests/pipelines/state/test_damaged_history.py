"""A run history that is none any more: set aside, and a new one begun."""

import sqlite3
from pathlib import Path

import pytest

from pipelines.state.instance import set_aside_damaged_history

DATABASES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")


@pytest.fixture
def dagster(tmp_path: Path) -> Path:
    for name in DATABASES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        with sqlite3.connect(tmp_path / name) as database:
            database.execute("create table events (id integer)")
    return tmp_path


@pytest.mark.parametrize("damage", [b"\x07" * 3000, b"SQLite"])
@pytest.mark.parametrize("name", DATABASES)
def test_it_is_set_aside_with_its_folder(dagster: Path, name: str, damage: bytes) -> None:
    (dagster / name).write_bytes(damage)
    folder = name.partition("/")[0]

    assert set_aside_damaged_history(dagster) == [dagster / f"{folder}.damaged"]

    assert not (dagster / folder).exists()
    assert set_aside_damaged_history(dagster) == []


def test_a_sound_one_and_one_that_is_not_there_yet_stay(dagster: Path) -> None:
    (dagster / "schedules" / "schedules.db").unlink()

    assert set_aside_damaged_history(dagster) == []

    assert (dagster / "history" / "runs.db").exists()
