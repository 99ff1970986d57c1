"""Rules on whole tables: those generated from the schemas, and one SQL file for every other rule."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import polars as pl

from schemas.catalogue import Catalogue
from schemas.check_result import CheckResult
from schemas.field import polars_schema
from schemas.tables.reference import RefPlausibleBand
from warehouse.checks.drawn_figures import drawn_figures_check
from warehouse.checks.figure_balances import figure_checks
from warehouse.checks.findings import find_failed_rows
from warehouse.checks.generated import generated_checks
from warehouse.checks.table_check import TableCheck
from warehouse.checks.watched import band_checks, watched_checks
from warehouse.checks.written import read_check
from warehouse.database.engines import Engine
from warehouse.database.templates import render

CHECKS = Path(__file__).parent
_MERGED_COUNTS = CHECKS / "merged_counts.sql.j2"
_CHECKED_ROWS = CHECKS / "checked_rows.sql.j2"
_EXAMPLES = 3


def all_checks(
    catalogue: Catalogue, bands: pl.DataFrame, deliveries: int | None = None
) -> tuple[TableCheck, ...]:
    """Collect every table check, in the order of tables.

    bands: the county's, as rows of `ref_plausible_band`. deliveries: how many came, by which figures are drawn.
    """
    drawn = drawn_figures_check(catalogue, deliveries)
    return _in_order(catalogue, [*_standing(catalogue), drawn, *band_checks(catalogue, bands)])


def checks_of(catalogue: Catalogue, engine: Engine) -> tuple[TableCheck, ...]:
    """Collect every table check of a build, which is given the bands of its county and has deliveries."""
    bands = pl.DataFrame(
        engine.rows("select * from ref_plausible_band"), schema=polars_schema(RefPlausibleBand)
    )
    return all_checks(catalogue, bands, engine.count("select delivery_id from dq_delivery"))


@cache
def declared(catalogue: Catalogue) -> tuple[TableCheck, ...]:
    """Collect the table checks that hold in every county, all figures drawn; the names are stable and unique."""
    return _in_order(catalogue, [*_standing(catalogue), drawn_figures_check(catalogue)])


def doubting(catalogue: Catalogue) -> list[TableCheck]:
    """List the checks whose broken rows put figures in doubt."""
    return [check for check in _standing(catalogue) if check.doubts != "none"]


@cache
def _standing(catalogue: Catalogue) -> tuple[TableCheck, ...]:
    """Collect the checks that are the same in every county and every load."""
    return (
        *generated_checks(catalogue),
        *watched_checks(catalogue),
        *figure_checks(catalogue),
        *(read_check(catalogue, path.stem, path.read_text("utf-8")) for path in sorted(CHECKS.glob("*.sql"))),
    )


def _in_order(catalogue: Catalogue, checks: list[TableCheck]) -> tuple[TableCheck, ...]:
    position = {table: index for index, table in enumerate(catalogue.built)}
    return tuple(sorted(checks, key=lambda check: position[check.table]))


def run_all(
    catalogue: Catalogue,
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
            results |= {
                (table, result.name): result for result in run(catalogue, due, engine, row_counts[table])
            }
    return [results[check.table, check.name] for check in checks]


def run(
    catalogue: Catalogue, checks: Sequence[TableCheck], engine: Engine, table_rows: int
) -> list[CheckResult]:
    """Run checks of one table: their results, each with the first rows that break it as findings.

    table_rows: rows of the table, which a check is about unless it names some of them.
    """
    counts = _merged_counts(engine, [check for check in checks if check.merged_into])
    results = []
    for check in checks:
        holds = counts.get(check.name) == 0
        failed_rows, findings = (0, []) if holds else find_failed_rows(engine, check.sql)
        checked_rows = _count_rows(engine, check) if check.among else table_rows
        threshold = catalogue.thresholds.threshold_of(check.name, check.importance)
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
            checked_rows=checked_rows,
            severity=threshold.severity(failed_rows, checked_rows),
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
