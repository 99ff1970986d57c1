"""A database file under construction: each relation is made, or stands as the last version has it.

Put here: what is done with a step that is new, and with one that stands. Keep out: what makes them the same (`steps`).
"""

from collections.abc import Callable, Iterable

import pandera.polars as pa
import polars as pl

from schemas.catalogue import Catalogue, is_view
from schemas.check_result import CheckResult
from schemas.errors import XiangcangError
from warehouse.build.code_hash import code_hash
from warehouse.build.inputs import digest
from warehouse.build.order import model_sql
from warehouse.build.steps import (
    LastVersion,
    Step,
    check_step,
    kept_checks,
    model_definition,
    source_definition,
)
from warehouse.checks import table_checks
from warehouse.database import describe
from warehouse.database.engine import Source
from warehouse.database.engines import Engine

OnModel = Callable[[str, int | None], None]


class DamagedVersion(XiangcangError):
    """A last version that does not hold what it was built to hold."""


class Construction:
    """Relations in the order in which they are given and made, upon a copy of the last version.

    steps: what each was made of. contents, row_counts: hash of each relation, rows of each table. remade: the tables
    that do not stand as they were.
    """

    def __init__(
        self, catalogue: Catalogue, engine: Engine, last: LastVersion, on_model: OnModel | None
    ) -> None:
        self.steps: list[Step] = []
        self.contents: dict[str, str] = {}
        self.row_counts: dict[str, int] = {}
        self.remade: set[str] = set()
        self._catalogue, self._built = catalogue, catalogue.built
        self._engine, self._last, self._on_model = engine, last, on_model
        self._is_same_code = last.code_hash == code_hash(catalogue)
        for name in engine.table_names():
            if name not in self._built or is_view(self._built[name]):
                engine.drop(name)

    def register(self, name: str, model: type[pa.DataFrameModel], source: Source, source_digest: str) -> None:
        """Take a relation that the models read; its contents are hashed where its files are not those of before."""
        self._engine.register(name, model, source)
        made_of = source_definition(model, source_digest)
        step = self._last.step("source", name, made_of)
        if step is None:
            rows, contents = self._engine.contents(name)
            step = Step("source", name, made_of, contents, rows)
        self._record(step)

    def record(self, name: str, frame: pl.DataFrame) -> None:
        """Take a relation that the build records of itself."""
        self.register(name, self._catalogue.recorded[name], frame, digest(frame))

    def make(self, names: Iterable[str]) -> None:
        """Make views, and those tables that would be made of something else than they were."""
        for name in names:
            if is_view(self._built[name]):
                self._make_view(name)
            else:
                self._make_table(name)

    def run_checks(self) -> list[CheckResult]:
        """Run the checks that would be run on something else than they were; collect the results of all."""
        checks = table_checks.checks_of(self._catalogue, self._engine)
        kept = kept_checks(self._catalogue, self._last, checks, self.contents)
        results = table_checks.run_all(self._catalogue, self._engine, checks, self.row_counts, kept)
        self.steps += [
            check_step(self._catalogue, check, result, self.contents)
            for check, result in zip(checks, results, strict=True)
        ]
        return results

    def _make_view(self, name: str) -> None:
        made_of = model_definition(self._catalogue, name, self.contents)
        sql = model_sql(self._catalogue, name)
        self._engine.create_view(name, self._built[name], sql, has_known_shape=self._is_same_code)
        self._engine.run(describe.comments(name, self._built[name]))
        self._record(Step("view", name, made_of, contents=made_of))
        if self._on_model:
            self._on_model(name, None)

    def _make_table(self, name: str) -> None:
        made_of = model_definition(self._catalogue, name, self.contents)
        step = self._last.step("table", name, made_of)
        if step:
            self._verify(step)
        else:
            self._engine.drop(name)
            sql = model_sql(self._catalogue, name)
            self._engine.create(name, self._built[name], sql, has_known_shape=self._is_same_code)
            rows, contents = self._engine.contents(name)
            step = Step("table", name, made_of, contents, rows)
            self.remade.add(name)
            if self._on_model:
                self._on_model(name, rows)
        if name in self.remade or not self._is_same_code:
            self._engine.run(describe.comments(name, self._built[name]))
        self.row_counts[name] = step.row_count or 0
        self._record(step)

    def _verify(self, step: Step) -> None:
        """Read a table that stands. Raises DamagedVersion."""
        if self._engine.contents(step.name) != (step.row_count, step.contents):
            raise DamagedVersion(f"上一版的 {step.name} 不是建成时的内容")

    def _record(self, step: Step) -> None:
        self.steps.append(step)
        self.contents[step.name] = step.contents
