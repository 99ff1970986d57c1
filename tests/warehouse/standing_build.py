"""A build that stays: of what the next test gives, only the models that it changes are built anew."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.catalogue import is_view
from tests.district import BUILT, CATALOGUE, INPUTS, RECORDED
from warehouse.build.order import dependencies, model_sql
from warehouse.database.engine import DuckDB

Row = dict[str, Any]
RELATIONS = INPUTS | RECORDED | BUILT


@cache
def in_order(name: str) -> tuple[str, ...]:
    """A model and all that it is built from, sources too, each after those that it reads."""
    before = [
        earlier
        for relation in sorted(dependencies(CATALOGUE).get(name, ()))
        for earlier in in_order(relation)
    ]
    return tuple(dict.fromkeys([*before, name]))


class StandingBuild(DuckDB):
    """Models built up to those that a query reads, on the sources that the query is given.

    select: the SELECT of a model.
    """

    def __init__(self, folder: Path, select: Callable[[str], str] | None = None) -> None:
        super().__init__(folder / "standing.duckdb", folder, memory_limit="1GB")
        self._run("set enable_external_file_cache = false")  # of the sources: they change
        self._run("set threads = 1")  # the tables are small, and another worker wants the other core
        self._select = select or partial(model_sql, CATALOGUE)
        self._given: dict[str, pl.DataFrame] = {}
        self._standing: set[str] = set()
        self._in_shape: set[str] = set()

    def select(self, sql: str, sources: dict[str, pl.DataFrame]) -> list[Row]:
        for name in sorted(self._connection.get_table_names(sql)):
            for relation in in_order(name):
                if relation in BUILT:
                    self._build(relation)
                else:
                    self._give(relation, sources[relation])
        result = self._run(sql)
        names = [name for name, *_ in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def _give(self, source: str, frame: pl.DataFrame) -> None:
        known = self._given.get(source)
        if known is not None and known.equals(frame):
            return
        self._run(f"drop view if exists {source}")
        self.register(source, RELATIONS[source], frame)
        self._given[source] = frame
        self._standing -= {
            model for model in self._standing if source in in_order(model) and not is_view(BUILT[model])
        }

    def _build(self, model: str) -> None:
        if model in self._standing:
            return
        if is_view(BUILT[model]):
            self.create_view(model, BUILT[model], self._select(model))
        else:
            self._run(f"drop table if exists {model}")
            self.create(model, BUILT[model], self._select(model))
        self._standing.add(model)

    def _check_shape(self, name: str, model: type[pa.DataFrameModel], select: str) -> None:
        """Once: whatever rows there are, a SELECT has the same columns."""
        if name not in self._in_shape:
            super()._check_shape(name, model, select)
            self._in_shape.add(name)
