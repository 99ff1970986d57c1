"""Each private name of Dagster is still what this project takes it for: a new release that changes one fails here."""

import inspect
import json
import re
from pathlib import Path

import pytest
import yaml
from dagster import AssetKey, DagsterEvent, DagsterEventType

from pipelines.state import dagster_private as private

ROOT = Path(__file__).resolve().parents[3]


def test_no_other_module_imports_them() -> None:
    importing = re.compile(r"^\s*(?:from|import) dagster\._", re.MULTILINE)
    modules = [
        path for path in (ROOT / "pipelines").rglob("*.py") if importing.search(path.read_text("utf-8"))
    ]
    assert [path.name for path in modules] == ["dagster_private.py"]


@pytest.mark.parametrize(("name", "parameters"), private.STORAGE_METHODS.items())
def test_a_method_of_the_event_storage(name: str, parameters: tuple[str, ...]) -> None:
    method = getattr(private.SqliteEventLogStorage, name)
    assert tuple(inspect.signature(method).parameters) == ("self", *parameters)


@pytest.mark.parametrize("name", private.STORAGE_ATTRIBUTES)
def test_an_attribute_of_the_event_storage(name: str, tmp_path: Path) -> None:
    storage = private.SqliteEventLogStorage(str(tmp_path))
    kinds = {"_db_lock": "acquire", "_initialized_dbs": "add"}
    assert callable(getattr(getattr(storage, name), kinds[name]))


def test_the_table_of_events() -> None:
    assert private.SqlEventLogStorageTable.c.keys() == [
        "id", "run_id", "event", "dagster_event_type", "timestamp", "step_key", "asset_key", "partition",
    ]  # fmt: skip


def test_the_table_of_checks() -> None:
    assert private.AssetCheckExecutionsTable.c.keys() == [
        "id", "asset_key", "check_name", "partition", "run_id", "execution_status", "evaluation_event",
        "evaluation_event_timestamp", "evaluation_event_storage_id", "materialization_event_storage_id",
        "create_timestamp",
    ]  # fmt: skip


def test_the_states_of_a_check() -> None:
    assert {status.value for status in private.AssetCheckExecutionRecordStatus} == {
        "PLANNED", "SUCCEEDED", "FAILED",
    }  # fmt: skip


def test_the_file_of_the_index(tmp_path: Path) -> None:
    storage = private.SqliteEventLogStorage(str(tmp_path))
    assert Path(storage.path_for_shard(private.INDEX_SHARD_NAME)).name == "index.db"


def test_how_long_a_writer_waits() -> None:
    assert private.SQLITE_BUSY_TIMEOUT_SECONDS == 30


def test_an_event_as_it_is_stored() -> None:
    fields = {"run_id", "dagster_event", "step_key", "timestamp", "level", "user_message"}
    assert fields <= set(inspect.signature(private.EventLogEntry).parameters)
    assert isinstance(private.EventLogEntry.dagster_event_type, property)
    assert DagsterEventType("ASSET_CHECK_EVALUATION") is DagsterEventType.ASSET_CHECK_EVALUATION


def test_an_event_as_its_row_holds_it() -> None:
    assert json.loads(private.serialize_value(AssetKey("clerks")))["path"] == ["clerks"]
    shortened = {"logging_tags", "node_handle", "step_handle", "event_specific_data"}
    assert shortened <= set(inspect.signature(DagsterEvent).parameters)


def test_the_settings_that_dagster_hands_over() -> None:
    parameters = inspect.signature(private.ConfigurableClassData).parameters
    assert list(parameters) == ["module_name", "class_name", "config_yaml"]


def test_what_dagster_yaml_names_can_be_imported() -> None:
    settings = yaml.safe_load((ROOT / "pipelines" / "dagster.yaml").read_text("utf-8"))
    for section in ("compute_logs", "event_log_storage"):
        named = settings[section]
        module = __import__(named["module"], fromlist=[named["class"]])
        assert inspect.isclass(getattr(module, named["class"]))
