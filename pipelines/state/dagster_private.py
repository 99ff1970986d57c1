"""Every private name of Dagster that this project leans on, and why.

Put here: imports from `dagster._core` and `dagster._serdes`. Keep out: what is done with them. Each has a test that
fails when another release of Dagster changes it: tests/pipelines/state/test_dagster_private.py.
"""

from dagster._core.events.log import EventLogEntry
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log.schema import (
    AssetCheckExecutionsTable,
    AssetKeyTable,
    SqlEventLogStorageTable,
)
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData, serialize_value

__all__ = [
    "INDEX_SHARD_NAME",  # the file that events of all runs are indexed in
    "SQLITE_BUSY_TIMEOUT_SECONDS",  # how long a writer waits for another
    "AssetCheckExecutionRecordStatus",  # what the index says of a check
    "AssetCheckExecutionsTable",  # the table of that
    "AssetKeyTable",  # the table of assets, with the last materialization of each
    "ConfigurableClassData",  # how dagster.yaml hands over settings
    "EventLogEntry",  # an event as it is stored
    "SqlEventLogStorageTable",  # the table of events
    "SqliteEventLogStorage",  # what our event log extends, see STORAGE_METHODS
    "serialize_value",  # an event as its row holds it
]

STORAGE_METHODS = {
    "_connect": ("shard",),
    "_event_to_row": ("event",),
    "_has_asset_key_col_on_connection": ("conn", "column_name"),
    "_initdb": ("engine", "for_index_shard"),
    "conn_string_for_shard": ("shard_name",),
    "has_asset_key_col": ("column_name",),
    "has_secondary_index": ("name",),
    "has_table": ("table_name",),
    "path_for_shard": ("run_id",),
    "store_event": ("event",),
}
"""Methods of SqliteEventLogStorage that are overridden or called, with their parameters."""

STORAGE_ATTRIBUTES = ("_db_lock", "_initialized_dbs")
"""Attributes of SqliteEventLogStorage that are set or read."""
