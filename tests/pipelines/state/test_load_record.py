"""The record of a load: kept once, found again, newest first."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipelines.state.load_record import LoadRecord, lost_load_records, read_records, record_of, write_record
from tests.pipelines.load_records import AT_NIGHT, CLEAN, OUTPUT_RATIO, clean, with_failing


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    record = with_failing(OUTPUT_RATIO, state="failed", error="磁盘已满")
    write_record(tmp_path, record)

    assert list(read_records(tmp_path)) == [record]


def test_it_is_named_by_its_end_and_its_run_and_is_the_owners_to_read(tmp_path: Path) -> None:
    path = write_record(tmp_path, CLEAN)

    assert path == tmp_path / "history/loads/20230120T013105-5b8d3a52.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_the_newest_comes_first(tmp_path: Path) -> None:
    days = [AT_NIGHT + timedelta(days=day) for day in (1, 0, 20)]
    for day in days:
        write_record(tmp_path, clean(ended_at=day))

    assert [record.ended_at for record in read_records(tmp_path)] == sorted(days, reverse=True)


def test_a_run_finds_its_own(tmp_path: Path) -> None:
    other = clean(run_id="5b8d3a52-another-run", ended_at=AT_NIGHT + timedelta(days=1))
    for record in (CLEAN, other):
        write_record(tmp_path, record)

    assert record_of(tmp_path, other.run_id) == other.model_copy(update={"previous": CLEAN.name})
    assert record_of(tmp_path, "unknown") is None


def test_only_a_whole_load_has_ended_well() -> None:
    states = ("published", "unchanged", "blocked", "failed", "received")

    assert [clean(state=state).ended_well for state in states] == [True, True, False, False, False]


def test_what_it_does_not_know_is_an_error() -> None:
    with pytest.raises(ValidationError):
        LoadRecord(**CLEAN.model_dump() | {"mood": "good"})


def test_one_that_is_gone_is_named_by_the_one_after_it(tmp_path: Path) -> None:
    paths = [write_record(tmp_path, clean(ended_at=AT_NIGHT + timedelta(days=day))) for day in range(3)]
    assert lost_load_records(tmp_path) == []
    paths[1].unlink()
    assert lost_load_records(tmp_path) == [paths[1].name]
