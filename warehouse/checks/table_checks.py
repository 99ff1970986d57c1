"""Rules on whole tables: those generated from the schemas, and one SQL file for every other rule.

A file has seven header lines: title, table, kind, importance (which thresholds.toml turns into warnings and
errors), the strategy for missing values, whether an error blocks publication, and what a broken rule puts in doubt; an
eighth, `among`, where the rule is about some rows of the table only, of which those that break it are a share; then a
SELECT of the rows that break the rule. A comparison of values that may be missing is written with `@compared(a, b)`,
which is true of the rows to compare, and `@known(a)`, a value in them: both follow from the strategy in the header.

To be led back to its cells, a row has delivery_id, sheet_name, sheet_block, sheet_row and `fields`, the names
of the staged fields compared, `;` between; or delivery_id alone. See findings.py.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby, zip_longest
from pathlib import Path
from typing import get_args

import polars as pl

from schemas.balance import Missing
from schemas.catalogue import BUILT
from schemas.check_result import CheckResult, Kind
from schemas.field import polars_schema
from schemas.tables.reference import RefPlausibleBand
from schemas.thresholds import Importance, thresholds
from warehouse.checks.figure_balances import figure_checks
from warehouse.checks.findings import find_failed_rows
from warehouse.checks.generated import generated_checks
from warehouse.checks.missing import missing_macros
from warehouse.checks.table_check import Doubts, TableCheck
from warehouse.checks.watched import band_checks, watched_checks
from warehouse.database.engines import Engine
from warehouse.database.macros import expand
from warehouse.database.templates import render

CHECKS = Path(__file__).parent
_MERGED_COUNTS = CHECKS / "merged_counts.sql.j2"

_HEADER = ("title", "table", "kind", "importance", "missing", "blocking", "doubts")
_ALLOWED_VALUES: dict[str, tuple[str, ...]] = {
    "table": tuple(BUILT),
    "kind": get_args(Kind),
    "importance": get_args(Importance),
    "missing": get_args(Missing),
    "blocking": ("true", "false"),
    "doubts": get_args(Doubts),
}
_AMONG = "-- among: "
_CHECKED_ROWS = CHECKS / "checked_rows.sql.j2"
_EXAMPLES = 3


def all_checks(bands: pl.DataFrame) -> tuple[TableCheck, ...]:
    """Collect every table check, in the order of tables. bands: the county's, as rows of `ref_plausible_band`."""
    return _in_order([*declared(), *band_checks(bands)])


def checks_of(engine: Engine) -> tuple[TableCheck, ...]:
    """Collect every table check of a build, which is given the bands of its county."""
    bands = pl.DataFrame(
        engine.rows("select * from ref_plausible_band"), schema=polars_schema(RefPlausibleBand)
    )
    return all_checks(bands)


@cache
def declared() -> tuple[TableCheck, ...]:
    """Collect the table checks that hold in every county; the names are stable and unique."""
    return _in_order(
        [
            *generated_checks(),
            *watched_checks(),
            *figure_checks(),
            *map(read_check, sorted(CHECKS.glob("*.sql"))),
        ]
    )


def doubting() -> list[TableCheck]:
    """List the checks whose broken rows put figures in doubt."""
    return [check for check in declared() if check.doubts != "none"]


def _in_order(checks: list[TableCheck]) -> tuple[TableCheck, ...]:
    position = {table: index for index, table in enumerate(BUILT)}
    return tuple(sorted(checks, key=lambda check: position[check.table]))


def run_all(
    engine: Engine,
    checks: Sequence[TableCheck],
    row_counts: Mapping[str, int],
    kept: Mapping[tuple[str, str], CheckResult],
) -> list[CheckResult]:
    """Run checks on the built tables, in their order. row_counts: rows by table. kept: results that stand, by table and check."""
    results = dict(kept)
    for table, of_table in groupby(checks, key=lambda check: check.table):
        due = [check for check in of_table if (table, check.name) not in kept]
        if due:
            results |= {(table, result.name): result for result in run(due, engine, row_counts[table])}
    return [results[check.table, check.name] for check in checks]


def run(checks: Sequence[TableCheck], engine: Engine, checked_rows: int) -> list[CheckResult]:
    """Run checks of one table: their results, each with the first rows that break it as findings.

    checked_rows: rows of the table, which a check is about unless it names some of them.
    """
    counts = _merged_counts(engine, [check for check in checks if check.merged_into])
    results = []
    for check in checks:
        holds = counts.get(check.name) == 0
        failed_rows, findings = (0, []) if holds else find_failed_rows(engine, check.sql)
        examples = "；".join(finding.evidence for finding in findings[:_EXAMPLES])
        result = CheckResult(
            name=check.name,
            table=check.table,
            kind=check.kind,
            title=check.title,
            importance=check.importance,
            missing=check.missing,
            blocking=check.blocking,
            failed_rows=failed_rows,
            checked_rows=_count_rows(engine, check) if check.among else checked_rows,
            message=f"{failed_rows} 行不符，例如 {examples}" if failed_rows else "",
            findings=tuple(findings),
            merged_into=check.merged_into,
            merged_failed_rows=counts.get(check.merged_into or "", 0),
        )
        results.append(result)
    return results


def _count_rows(engine: Engine, check: TableCheck) -> int:
    """Count the rows that a check is about."""
    (row,) = engine.rows(render(_CHECKED_ROWS, table=check.table, among=check.among))
    return int(row["checked_rows"])


def _merged_counts(engine: Engine, checks: list[TableCheck]) -> dict[str, int]:
    """Count in one pass the rows that break each of these checks of a table, and those that break any of them."""
    if not checks:
        return {}
    statement = render(_MERGED_COUNTS, table=checks[0].table, conditions=[check.broken for check in checks])
    (row,) = engine.rows(statement)
    return dict(
        zip([*(check.name for check in checks), checks[0].merged_into or ""], row.values(), strict=True)
    )


def read_check(path: Path) -> TableCheck:
    """Read a check from its SQL file. Raises ValueError for a wrong header, or a check that can never block."""
    lines = path.read_text("utf-8").splitlines()
    header: dict[str, str] = {}
    for name, line in zip_longest(_HEADER, lines[: len(_HEADER)], fillvalue=""):
        prefix = f"-- {name}: "
        if not line.startswith(prefix) or not line.removeprefix(prefix).strip():
            raise ValueError(f"{path.name}: line {len(header) + 1} must be “{prefix}…”, not {line!r}")
        header[name] = line.removeprefix(prefix).strip()
    for name, allowed in _ALLOWED_VALUES.items():
        if header[name] not in allowed:
            raise ValueError(f"{path.name}: {name} must be one of {', '.join(allowed)}, not {header[name]!r}")
    body = lines[len(_HEADER) :]
    among = body.pop(0).removeprefix(_AMONG) if body and body[0].startswith(_AMONG) else ""
    missing: Missing = header["missing"]  # type: ignore[assignment]  # allowed values are checked above
    check = TableCheck(
        name=path.stem,
        table=header["table"],
        kind=header["kind"],  # type: ignore[arg-type]
        title=header["title"],
        importance=header["importance"],  # type: ignore[arg-type]
        missing=missing,
        blocking=header["blocking"] == "true",
        doubts=header["doubts"],  # type: ignore[arg-type]
        sql=expand("\n".join(body), missing_macros(missing)),
        among=among,
    )
    if check.blocking and thresholds().threshold_of(check.name, check.importance).error is None:
        raise ValueError(f"{path.name}: what never is an error does not block; raise its importance")
    return check
