"""However a run is started, it has the home to itself from its first step to its last."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.assets.resources import HeldHome
from pipelines.state.lock import Locked, hold, is_held


@dg.op
def first(held: HeldHome) -> bool:
    return is_held(held.home.root)


@dg.op
def second(held: HeldHome, before: bool) -> bool:
    return before and is_held(held.home.root)


@dg.job(executor_def=dg.in_process_executor)
def two_steps() -> None:
    second(first())


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def run(home: Path, instance: dg.DagsterInstance, run_id: str | None = None) -> dg.ExecuteInProcessResult:
    held = HeldHome(root=str(home), wait_seconds=0)
    return two_steps.execute_in_process(instance=instance, run_id=run_id, resources={"held": held})


def test_every_step_runs_under_the_lock_and_the_end_lets_go(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    assert run(tmp_path, instance).output_for_node("second") is True
    assert not is_held(tmp_path)


def test_a_run_beside_another_load_fails_before_its_first_step(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    with hold(tmp_path, "another", wait_seconds=0), pytest.raises(dg.DagsterResourceFunctionError) as refused:
        run(tmp_path, instance)
    assert isinstance(refused.value.__cause__, Locked)


def test_a_run_whose_command_holds_the_home_already_goes_on(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    run_id = "5b8d3a52-0e0b-4d0e-9d0a-000000000001"
    with hold(tmp_path, run_id, wait_seconds=0):
        assert run(tmp_path, instance, run_id).success
        assert is_held(tmp_path)


def test_a_run_marks_the_killed_run_before_it_as_failed(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    killed = instance.create_run_for_job(two_steps, status=dg.DagsterRunStatus.STARTED)
    with pytest.raises(SystemExit), hold(tmp_path, killed.run_id, wait_seconds=0):
        raise SystemExit  # ends as a killed process does: the lock goes, the name stays
    assert run(tmp_path, instance).success
    marked = instance.get_run_by_id(killed.run_id)
    assert marked is not None
    assert marked.status == dg.DagsterRunStatus.FAILURE
