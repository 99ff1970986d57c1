"""The inbox sensor: two equal looks, one request, never beside a running load."""

import os
from pathlib import Path

import dagster as dg
import pytest

from pipelines.sensors import inbox_sensor
from pipelines.state.lock import hold
from sources.home.folders import Home
from tests.district import prepare


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    prepare(home)
    return home


def drop(home: Home, name: str, text: str = "x") -> Path:
    path = home.inbox / "高山镇" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


class Watch:
    """A sensor with its cursor, as the daemon keeps it from look to look."""

    def __init__(self, home: Home, instance: dg.DagsterInstance) -> None:
        self.sensor = inbox_sensor(home)
        self.context = dg.build_sensor_context(instance=instance)

    def launches(self) -> bool:
        data = self.sensor.evaluate_tick(self.context)
        self.context.update_cursor(data.cursor)
        return bool(data.run_requests)


@pytest.fixture
def watch(home: Home) -> Watch:
    return Watch(home, dg.DagsterInstance.ephemeral())


def test_it_runs_by_default_and_only_receives(home: Home) -> None:
    sensor = inbox_sensor(home)
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    assert [target.job_name for target in sensor.targets] == ["receive"]


def test_a_file_is_asked_for_at_the_second_equal_look(home: Home, watch: Watch) -> None:
    drop(home, "表.xlsx")
    assert [watch.launches() for _ in range(2)] == [False, True]


def test_a_name_that_is_no_utf8_is_kept_in_the_cursor(home: Home, watch: Watch) -> None:
    folder = os.fsencode(home.inbox / "高山镇")
    os.mkdir(folder)
    with open(folder + "/表.xlsx".encode("gbk"), "wb") as file:
        file.write(b"x")

    assert [watch.launches() for _ in range(3)] == [False, True, False]
    assert watch.context.cursor is not None
    assert watch.context.cursor.isascii()


def test_a_file_that_is_still_being_written_is_waited_for(home: Home, watch: Watch) -> None:
    drop(home, "表.xlsx", "half")
    assert not watch.launches()
    drop(home, "表.xlsx", "half and half")
    assert not watch.launches()
    assert watch.launches()


def test_a_touched_file_has_not_settled(home: Home, watch: Watch) -> None:
    path = drop(home, "表.xlsx")
    assert not watch.launches()
    os.utime(path, (1, 1))
    assert not watch.launches()


def test_office_lock_files_are_no_deliveries(home: Home, watch: Watch) -> None:
    drop(home, "~$表.xlsx")
    assert [watch.launches() for _ in range(3)] == [False, False, False]


def test_a_file_that_stays_is_asked_for_once(home: Home, watch: Watch) -> None:
    drop(home, "表.xlsx")
    assert [watch.launches() for _ in range(4)] == [False, True, False, False]


def test_a_file_sent_again_is_asked_for_again(home: Home, watch: Watch) -> None:
    path = drop(home, "表.xlsx")
    assert [watch.launches() for _ in range(2)] == [False, True]
    path.unlink()
    assert not watch.launches()
    drop(home, "表.xlsx")
    assert [watch.launches() for _ in range(2)] == [False, True]


def test_nothing_is_launched_while_a_load_runs_and_nothing_forgotten(home: Home, watch: Watch) -> None:
    drop(home, "表.xlsx")
    with hold(home.root, "a load", wait_seconds=0):
        assert [watch.launches() for _ in range(3)] == [False, False, False]
    assert watch.launches()


def test_nothing_is_launched_while_a_run_waits_to_start(home: Home) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        watch = Watch(home, instance)
        drop(home, "表.xlsx")
        run = instance.create_run_for_job(_a_job(), status=dg.DagsterRunStatus.STARTING)
        assert [watch.launches() for _ in range(2)] == [False, False]
        instance.report_run_failed(run)
        assert watch.launches()


def _a_job() -> dg.JobDefinition:
    @dg.job
    def receive() -> None:
        pass

    return receive
