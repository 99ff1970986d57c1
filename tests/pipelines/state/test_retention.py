"""The run history is kept for 90 days, and what the UI knows the tables by for longer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.state.instance import run_history
from pipelines.state.retention import prune
from sources.home.clock import SHANGHAI


@dg.asset
def table() -> None:
    pass


@dg.asset_check(asset=table)
def holds() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


@dg.asset
def other() -> None:
    pass


HOLDS = dg.AssetCheckKey(table.key, "holds")


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with run_history(tmp_path) as instance:
        yield instance


def ran(instance: dg.DagsterInstance) -> str:
    return dg.materialize([table, holds], instance=instance).run_id


def in_days(days: int) -> datetime:
    return datetime.now(SHANGHAI) + timedelta(days=days)


def test_a_run_is_kept_for_90_days_and_then_goes_with_its_file(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    run_id, later = ran(instance), ran(instance)
    file = tmp_path / f"dagster/history/runs/{run_id}.db"

    assert prune(instance, in_days(89)) == []
    assert file.exists()
    assert prune(instance, in_days(91)) == [run_id]
    assert not file.exists()
    assert [run.run_id for run in instance.get_runs()] == [later]
    executions = instance.event_log_storage.get_asset_check_execution_history(HOLDS, limit=5)
    assert [execution.run_id for execution in executions] == [later]


def test_the_runs_by_which_tables_and_checks_are_known_stay(instance: dg.DagsterInstance) -> None:
    ran(instance)
    made = dg.materialize([table], instance=instance).run_id
    evaluated = dg.materialize(
        [table, holds], instance=instance, selection=dg.AssetSelection.checks(holds)
    ).run_id
    seen = dg.materialize([other], instance=instance).run_id

    assert len(prune(instance, in_days(91))) == 1
    assert {run.run_id for run in instance.get_runs()} == {made, evaluated, seen}


def test_a_run_that_is_not_over_stays(instance: dg.DagsterInstance) -> None:
    job = dg.define_asset_job("receive").resolve(asset_graph=dg.Definitions([table]).resolve_asset_graph())
    instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)

    assert prune(instance, in_days(91)) == []
