"""A load whose process was killed is ended by the next one, from what it had learnt."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import dagster as dg
import pytest

from pipelines.assets.load import load
from pipelines.assets.resources import HeldHome
from pipelines.state.load_record import read_records
from pipelines.state.lock import hold
from pipelines.state.open_load import LoadProgress, OpenLoad
from schemas.check_result import CheckResult
from sources.home.clock import SHANGHAI

ODD = CheckResult("odd", "t", "plausibility", "户均人口应在 1 至 8 人之间", "low", False, 3, 5, "warn")


@dg.asset(key="intake")
def intake(context: dg.AssetExecutionContext, held: HeldHome) -> None:
    with held.step(context):
        pass


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@dg.job
def nightly() -> None:
    pass


def test_the_next_run_keeps_the_record_of_one_that_was_killed(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    killed = instance.create_run_for_job(nightly, status=dg.DagsterRunStatus.STARTED)
    with pytest.raises(SystemExit), hold(tmp_path, killed.run_id, wait_seconds=0):
        raise SystemExit  # ends as a killed process does: the lock goes, the name stays

    held = HeldHome(root=str(tmp_path), wait_seconds=0)
    dg.materialize([intake], instance=instance, resources={"held": held})
    states = {record.run_id == killed.run_id: record.state for record in read_records(tmp_path)}
    assert states == {True: "failed", False: "received"}


def test_a_killed_run_leaves_what_it_knew(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    killed = instance.create_run_for_job(nightly, status=dg.DagsterRunStatus.STARTED)
    progress = LoadProgress(run_id=killed.run_id, job="nightly", started_at=datetime.now(SHANGHAI))
    killed_load = OpenLoad(tmp_path, progress).begin()
    killed_load.receive({"accepted": 7}, {"accepted": 70}, open_rejected_deliveries=3)
    killed_load.check([("fact/t", ODD)])
    with pytest.raises(SystemExit), hold(tmp_path, killed.run_id, wait_seconds=0):
        raise SystemExit

    held = HeldHome(root=str(tmp_path), wait_seconds=0)
    dg.materialize([intake, load], instance=instance, resources={"held": held})

    (record,) = [record for record in read_records(tmp_path) if record.run_id == killed.run_id]
    assert (record.state, record.deliveries, record.rows) == ("failed", {"accepted": 7}, {"accepted": 70})
    assert (record.open_rejected_deliveries, [check.check for check in record.failing]) == (3, ["odd"])
    assert "再次执行 xiangcang load" in str(record.error)
    assert list((tmp_path / "history" / "loads").glob("*.open")) == []
