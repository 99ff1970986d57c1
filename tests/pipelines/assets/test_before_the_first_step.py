"""A run that does not come to its first step leaves a record of why."""

import errno
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.assets.resources import HeldHome
from pipelines.state.load_record import LoadRecord, read_records
from pipelines.state.lock import Locked, hold


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@dg.asset
def never(held: HeldHome) -> None:
    raise AssertionError("the home is not held")


def refused(home: Path, instance: dg.DagsterInstance, why: type[Exception]) -> LoadRecord:
    """Run a step that is not begun, and read what is kept of it."""
    held = HeldHome(root=str(home), wait_seconds=0)
    with pytest.raises(dg.DagsterResourceFunctionError) as refusal:
        dg.materialize([never], instance=instance, resources={"held": held})
    assert isinstance(refusal.value.__cause__, why)
    (record,) = read_records(home)
    return record


def test_a_run_that_did_not_get_the_home_says_who_holds_it(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    with hold(tmp_path, "another", wait_seconds=0):
        record = refused(tmp_path, instance, Locked)
    assert (record.state, record.deliveries) == ("failed", {})
    assert "另一次加载正在进行" in str(record.error)


def test_a_fault_of_the_program_before_the_first_step_is_recorded(
    tmp_path: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_root: Path) -> dict[str, str]:
        raise KeyError("part")

    monkeypatch.setattr("pipelines.state.last_good.hash_given", fail)
    record = refused(tmp_path, instance, KeyError)
    assert (record.state, record.error) == ("failed", "KeyError: 'part'")


def test_a_disk_that_fails_before_the_first_step_is_reported_in_words(
    tmp_path: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_root: Path) -> dict[str, str]:
        raise OSError(errno.EIO, "Input/output error", "county/county.toml")

    monkeypatch.setattr("pipelines.state.last_good.hash_given", refuse)
    record = refused(tmp_path, instance, OSError)
    assert (record.state, record.deliveries) == ("failed", {})
    assert record.error == "county/county.toml：磁盘读写出错；请检查硬件，并从备份恢复"
