"""The steps of a build: what each relation and each check was made of, and what came of it, as hashes.

They lie in the published file. The next build makes only those again that would be made of something else; a step
whose contents come out as before ends the matter there. Put here: what makes a step be done again. Keep out: doing it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import duckdb
import pandera.polars as pa
import polars as pl

from schemas.catalogue import Catalogue
from schemas.check_result import CheckResult
from schemas.field import columns, polars_schema
from schemas.syntax import hash_modules, imported_modules, module_file
from schemas.tables.source import SourceBuildStep
from warehouse.build.order import dependencies, model_sql, relations_in
from warehouse.checks.frames import read_checks
from warehouse.checks.table_check import TableCheck
from warehouse.database.engine import SETTINGS, STORAGE_VERSION, connect_to_published, contents_of

Kind = Literal["source", "table", "view", "check"]

ENGINE = f"duckdb {duckdb.__version__}, storage {STORAGE_VERSION}"
"""What wrote a file; a file of another engine is not built upon."""

_LEADS_TO_CELLS = "dq_field_place"
"""What findings find their cells by."""

_CHECKS_RUN_IN = "warehouse.checks.table_checks"


@dataclass(frozen=True)
class Step:
    """What a relation or a check was made of. name: of a check, `table.check`.

    made_of: hash of its definition and of the contents of all that it reads. contents: hash of its rows, whatever
    their order; of a view, what it is made of; of a check, empty. row_count: of a table or source.
    """

    kind: Kind
    name: str
    made_of: str
    contents: str = ""
    row_count: int | None = None


@dataclass(frozen=True)
class LastVersion:
    """The version that the next one is built upon. file: None where nothing of it is kept.

    code_hash: of the code that built it.
    """

    file: Path | None = None
    code_hash: str = ""
    steps: Mapping[tuple[Kind, str], Step] = field(default_factory=dict)
    checks: Mapping[tuple[str, str], CheckResult] = field(default_factory=dict)

    def step(self, kind: Kind, name: str, made_of: str) -> Step | None:
        """Return a step as it was done; None where it would be made of something else now."""
        step = self.steps.get((kind, name))
        return step if step and step.made_of == made_of else None


NOTHING = LastVersion()
"""What is built upon where all is made anew."""


def read_last_version(file: Path, record: Path) -> LastVersion:
    """Read what a published file was made of; NOTHING where it does not know, or another engine wrote it.

    record: the folder of its check results.
    """
    with connect_to_published(file) as connection:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        if ("dq_build_step",) not in names:
            return NOTHING
        info = dict(connection.execute("select name, value from warehouse_info").fetchall())
        rows = connection.execute("select kind, name, made_of, contents, row_count from dq_build_step")
        steps = [Step(*row) for row in rows.fetchall()]
    if info["engine"] != ENGINE:
        return NOTHING
    return LastVersion(
        file=file,
        code_hash=info["code_hash"],
        steps={(step.kind, step.name): step for step in steps},
        checks={(check.table, check.name): check for check in read_checks(record)},
    )


def changed_tables(file: Path) -> list[str]:
    """Name the tables of a built file that do not hold what they were built to hold; every value is read.

    What the file says of itself is added to when it is published.
    """
    with connect_to_published(file) as connection:
        built = connection.execute(
            "select name, row_count, contents from dq_build_step where kind = 'table' and name <> 'warehouse_info'"
            " order by name"
        ).fetchall()
        return [name for name, rows, contents in built if contents_of(connection, name) != (rows, contents)]


def source_definition(model: type[pa.DataFrameModel], digest: str) -> str:
    """Hash what a relation that the build is given is made of: its files or frame, in the types of its table."""
    return _hash(_ddl(model), digest)


def model_definition(catalogue: Catalogue, name: str, contents: Mapping[str, str]) -> str:
    """Hash what a built table or view is made of. contents: of the relations before it, by name."""
    read = [contents[relation] for relation in sorted(dependencies(catalogue)[name])]
    return _hash(_ddl(catalogue.built[name]), *SETTINGS, model_sql(catalogue, name), *read)


def check_definition(
    catalogue: Catalogue, check: TableCheck, contents: Mapping[str, str], *, has_failed: bool
) -> str:
    """Hash what a check is made of: its definition, the code of checks, all that it reads.

    has_failed: whether rows broke it; only then has it findings, which are led to their cells.
    """
    reads = relations_in(catalogue, f"{check.sql} {check.broken} {check.among}") | {check.table}
    threshold = catalogue.thresholds.threshold_of(check.name, check.importance)
    reads |= {_LEADS_TO_CELLS} if has_failed else set()
    return _hash(
        _code_of_checks(), repr(check), repr(threshold), *(contents[relation] for relation in sorted(reads))
    )


def kept_checks(
    catalogue: Catalogue, last: LastVersion, checks: Iterable[TableCheck], contents: Mapping[str, str]
) -> dict[tuple[str, str], CheckResult]:
    """Collect the results that stand, by table and check. Those that a table merges are counted together, so kept together."""
    kept, again = {}, set()
    for check in checks:
        before = last.checks.get((check.table, check.name))
        made_of = check_definition(catalogue, check, contents, has_failed=bool(before and before.failed_rows))
        if before and last.step("check", f"{check.table}.{check.name}", made_of):
            kept[check.table, check.name] = before
        else:
            again.add((check.table, check.merged_into))
    return {
        key: result
        for key, result in kept.items()
        if not result.merged_into or (result.table, result.merged_into) not in again
    }


def check_step(
    catalogue: Catalogue, check: TableCheck, result: CheckResult, contents: Mapping[str, str]
) -> Step:
    """Record a check that has a result."""
    made_of = check_definition(catalogue, check, contents, has_failed=bool(result.failed_rows))
    return Step("check", f"{check.table}.{check.name}", made_of)


def step_frame(steps: Sequence[Step]) -> pl.DataFrame:
    """Lay out steps as rows of `source_build_step`."""
    return pl.DataFrame([asdict(step) for step in steps], schema=polars_schema(SourceBuildStep))


def _ddl(model: type[pa.DataFrameModel]) -> str:
    return repr([(column.name, column.sql_type, column.nullable) for column in columns(model)])


@cache
def _code_of_checks() -> str:
    return hash_modules(map(module_file, imported_modules([_CHECKS_RUN_IN])))


def _hash(*parts: str) -> str:
    digest = sha256()
    for part in parts:
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()
