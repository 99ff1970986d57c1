"""Dagster's log of events, written many at a time and without what nobody needs: a load has thousands, most of checks.

Put here: which events are written, when, and into which file. Keep out: what is kept of a check, see `check_events`.
"""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import groupby
from typing import Any

from dagster import AssetKey, DagsterEventType
from sqlalchemy import create_engine, event, select
from sqlalchemy.engine import Connection, Engine

from pipelines.state import check_events
from pipelines.state.check_events import is_evaluation, is_output_of, is_planned
from pipelines.state.dagster_private import (
    INDEX_SHARD_NAME,
    SQLITE_BUSY_TIMEOUT_SECONDS,
    AssetKeyTable,
    ConfigurableClassData,
    EventLogEntry,
    SqliteEventLogStorage,
)

_BATCHED = {
    DagsterEventType.ASSET_CHECK_EVALUATION,
    DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    DagsterEventType.ASSET_MATERIALIZATION,
    DagsterEventType.ASSET_OBSERVATION,
    DagsterEventType.STEP_OUTPUT,
}
"""Events that come many at a time and wait to be written together; any other kind is written at once."""

UNCHANGED = "unchanged"
"""Metadata by which a step says that an asset is as it was: no materialization is kept, the last one stands."""


class EventLog(SqliteEventLogStorage):
    """Events in the files that Dagster keeps, a file for each run and an index of all.

    Dagster opens a file two or three times for each event, and waits for the disk when it closes it. Here files
    stay open, and such events wait until another kind of event comes, or until anything is read, to
    be written in one transaction. A process that is killed loses the events that wait; a power cut may lose
    the last that were written: they say nothing that receipts and history do not, and the files stay whole.

    Not kept are: checks that are planned, outputs of steps that are checks, evaluations that repeat what stands, and
    materializations of assets that are UNCHANGED. The UI shows the last that is kept.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._waiting: list[EventLogEntry] = []
        self._engines: dict[str, Engine] = {}
        self._begun: dict[str, Connection] = {}
        self._known_names: set[str] = set()
        self._standing: frozenset[str] | None = None
        super().__init__(base_dir, inst_data)
        self._db_lock = threading.RLock()  # type: ignore[assignment]  # an event goes into two files

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "EventLog":
        return cls(inst_data=inst_data, **config_value)

    def store_event(self, event: EventLogEntry) -> None:
        with self._db_lock:
            if is_evaluation(event) and self._waiting and is_output_of(self._waiting[-1], event):
                self._waiting.pop()
            if self._is_kept(event):
                self._waiting.append(event)
            if not event.run_id or event.dagster_event_type not in _BATCHED:
                self._write_waiting()

    def _is_kept(self, event: EventLogEntry) -> bool:
        if event.dagster_event_type != DagsterEventType.ASSET_MATERIALIZATION:
            return not is_planned(event)
        materialization = event.get_dagster_event().step_materialization_data.materialization
        return UNCHANGED not in materialization.metadata or not self._stands(materialization.asset_key)

    def _stands(self, asset_key: AssetKey) -> bool:
        """Whether a materialization of an asset is kept: a history that was lost begins anew."""
        if self._standing is None:
            asked = select(AssetKeyTable.c.asset_key).where(AssetKeyTable.c.last_materialization.isnot(None))
            with self.index_connection() as index:
                self._standing = frozenset(index.scalars(asked))
        return asset_key.to_string() in self._standing

    def dispose(self) -> None:
        with self._db_lock:
            self._write_waiting()
            for engine in self._engines.values():
                engine.dispose()
        super().dispose()

    def _event_to_row(self, event: EventLogEntry) -> dict[str, Any]:
        return super()._event_to_row(_slim(event) if event.dagster_event_type in _BATCHED else event)

    def has_table(self, table_name: str) -> bool:
        return self._is_there(table_name, super().has_table)

    def has_secondary_index(self, name: str) -> bool:
        return self._is_there(name, super().has_secondary_index)

    def has_asset_key_col(self, column_name: str) -> bool:
        return self._is_there(column_name, super().has_asset_key_col)

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        return self._is_there(column_name, partial(super()._has_asset_key_col_on_connection, conn))

    def _is_there(self, name: str, ask: Callable[[str], bool]) -> bool:
        """Dagster asks for each event; what is there stays."""
        if name not in self._known_names and ask(name):
            self._known_names.add(name)
        return name in self._known_names

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        events, self._waiting = self._waiting, []
        with ExitStack() as transactions:
            for shard in [*dict.fromkeys(event.run_id for event in events), INDEX_SHARD_NAME]:
                transactions.enter_context(self._begin(shard))
            for (run_id, are_evaluations), alike in groupby(
                events, lambda event: (event.run_id, is_evaluation(event))
            ):
                if are_evaluations:
                    self._write_evaluations(run_id, [*alike])
                else:
                    for event in alike:
                        super().store_event(event)
        for run_id in {event.run_id for event in events}:
            os.utime(self.path_for_shard(run_id))  # watched by the UI; SQLite has written beside it

    def _write_evaluations(self, run_id: str, events: list[EventLogEntry]) -> None:
        rows = [self._event_to_row(event) for event in events]
        check_events.write(events, rows, self._begun[run_id], self._begun[INDEX_SHARD_NAME])

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        """Open the transaction that anything is read or written in."""
        with self._db_lock:
            if shard in self._begun:
                yield self._begun[shard]
                return
            self._write_waiting()
            with self._begin(shard) as connection:
                yield connection

    @contextmanager
    def _begin(self, shard: str) -> Iterator[Connection]:
        with self._engine(shard).begin() as connection:
            self._begun[shard] = connection
            try:
                yield connection
            finally:
                del self._begun[shard]

    def _engine(self, shard: str) -> Engine:
        """Of the index, of the last run that was asked for, and of what is being written."""
        if shard not in self._engines:
            for other in self._engines.keys() - {INDEX_SHARD_NAME, *self._begun}:
                self._engines.pop(other).dispose()
            engine = create_engine(
                self.conn_string_for_shard(shard), connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
            )
            event.listen(engine, "connect", lambda opened, _: opened.execute("pragma synchronous = normal"))
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            self._engines[shard] = engine
        return self._engines[shard]


def _slim(event: EventLogEntry) -> EventLogEntry:
    """Leave out what is stored twice, a third of the bytes: a step's handles beside its key, messages, metadata of outputs."""
    in_short = event.get_dagster_event()._replace(logging_tags={}, node_handle=None, step_handle=None)
    if in_short.event_type == DagsterEventType.STEP_OUTPUT:
        in_short = in_short._replace(event_specific_data=in_short.step_output_data._replace(metadata={}))
    return event._replace(dagster_event=in_short, user_message="" if in_short.message else event.user_message)
