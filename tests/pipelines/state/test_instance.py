"""Dagster's home within the home of the data."""

import stat
from pathlib import Path

import dagster as dg
import yaml

from pipelines.state.instance import dagster_home, fail_abandoned, home_root, missing_history, run_history


def test_the_home_is_named_by_the_environment_or_is_data_in_the_current_folder(tmp_path: Path) -> None:
    assert home_root({"XIANGCANG_HOME": str(tmp_path)}) == tmp_path
    assert home_root({}) == Path.cwd() / "data"
    assert home_root({"XIANGCANG_HOME": ""}) == Path.cwd() / "data"


def test_dagster_home_is_made_private_with_the_projects_settings(tmp_path: Path) -> None:
    folder = dagster_home(tmp_path)
    assert folder == tmp_path / "dagster"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    settings = yaml.safe_load((folder / "dagster.yaml").read_text("utf-8"))
    assert settings["telemetry"] == {"enabled": False}
    assert settings["nux"] == {"enabled": False}


def test_older_settings_are_replaced(tmp_path: Path) -> None:
    placed = dagster_home(tmp_path) / "dagster.yaml"
    placed.write_text("telemetry: {enabled: true}\n")
    dagster_home(tmp_path)
    assert yaml.safe_load(placed.read_text("utf-8"))["telemetry"] == {"enabled": False}


def test_damaged_settings_are_written_anew(tmp_path: Path) -> None:
    placed = dagster_home(tmp_path) / "dagster.yaml"
    settings = placed.read_bytes()
    placed.write_bytes(b"\xe5" + settings)
    dagster_home(tmp_path)
    assert placed.read_bytes() == settings


def test_started_without_dagster_home_the_message_says_what_to_set(tmp_path: Path) -> None:
    expected = tmp_path / "dagster"
    message = missing_history(tmp_path, {})
    assert message is not None
    assert f"DAGSTER_HOME={expected}" in message
    assert f"XIANGCANG_HOME={tmp_path}" in message


def test_another_dagster_home_is_named(tmp_path: Path) -> None:
    message = missing_history(tmp_path, {"DAGSTER_HOME": "/elsewhere"})
    assert message is not None
    assert "/elsewhere" in message


def test_started_with_the_homes_own_dagster_home_nothing_is_missing(tmp_path: Path) -> None:
    assert missing_history(tmp_path, {"DAGSTER_HOME": str(tmp_path / "dagster")}) is None


def test_a_run_that_a_dead_process_left_started_is_marked_failed(tmp_path: Path) -> None:
    @dg.job
    def nightly() -> None:
        pass

    with run_history(tmp_path) as instance:
        run = instance.create_run_for_job(nightly, status=dg.DagsterRunStatus.STARTED)
        assert fail_abandoned(instance, run.run_id)
        marked = instance.get_run_by_id(run.run_id)
        assert marked is not None
        assert marked.status == dg.DagsterRunStatus.FAILURE
        assert not fail_abandoned(instance, run.run_id), "a finished run is left as it is"


def test_a_lock_taken_for_a_run_that_was_never_made_is_no_run(tmp_path: Path) -> None:
    with run_history(tmp_path) as instance:
        assert not fail_abandoned(instance, "no such run")
