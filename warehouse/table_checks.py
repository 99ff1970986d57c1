"""Rules about whole tables: keys and references from the schemas, and one SQL file for every other rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import get_args

from schemas.check_result import CheckResult, Kind, Severity
from schemas.field import Column, columns
from schemas.tables import BUILT, STAGED, is_view
from schemas.tables.lineage import Lineage
from warehouse.describe import table_title
from warehouse.engine import DuckDB
from warehouse.macros import expand

CHECKS = Path(__file__).parent / "checks"
RECORDS_OF_THE_BUILD = ("dq_check_result", "warehouse_info")
"""Built last, from the results of the checks and about the build, so not checked themselves."""

_LINEAGE = {column.name for column in columns(Lineage)}
_HEADER = ("title", "table", "kind", "severity", "blocking")
_EXAMPLES = 3


@dataclass(frozen=True)
class TableCheck:
    """A rule about a built table. sql: a SELECT of the rows that break it."""

    name: str
    table: str
    kind: Kind
    title: str
    severity: Severity
    blocking: bool
    sql: str


@cache
def declared() -> tuple[TableCheck, ...]:
    """Every table check, in the order of tables; the names are stable and unique."""
    checks = [*_generated(), *map(read_check, sorted(CHECKS.glob("*.sql")))]
    position = {table: index for index, table in enumerate(BUILT)}
    return tuple(sorted(checks, key=lambda check: position[check.table]))


def run(check: TableCheck, engine: DuckDB, row_counts: Mapping[str, int]) -> CheckResult:
    """The outcome of one check on the built tables, with the first few rows that break it."""
    failed_rows, examples = engine.violations(check.sql, _EXAMPLES)
    shown = "；".join("，".join(f"{name}={value}" for name, value in row.items()) for row in examples)
    return CheckResult(
        name=check.name,
        table=check.table,
        kind=check.kind,
        title=check.title,
        severity=check.severity,
        blocking=check.blocking,
        passed=failed_rows == 0,
        failed_rows=failed_rows,
        checked_rows=row_counts[check.table],
        message=f"{failed_rows} 行不符，例如 {shown}" if failed_rows else "",
    )


def _generated() -> list[TableCheck]:
    checks = []
    for table, model in BUILT.items():
        if table in RECORDS_OF_THE_BUILD or is_view(model):
            continue
        key = [column for column in columns(model) if column.key]
        if key:
            checks.append(_key_check(table, key))
        checks += [_reference_check(table, key, c, c.references) for c in columns(model) if c.references]
        staged = table.removeprefix("fact_")
        if staged in STAGED:
            checks.append(_conservation_check(table, staged))
    return checks


def _key_check(table: str, key: list[Column]) -> TableCheck:
    names = ", ".join(column.name for column in key)
    return TableCheck(
        name=f"{table}__key",
        table=table,
        kind="key",
        title=f"{table_title(BUILT[table])}的{'、'.join(c.title for c in key)}应唯一",
        severity="error",
        blocking=_feeds_figures(table),
        sql=f"select {names} from {table} semi join "
        f"(select {names} from {table} group by {names} having count(*) > 1) using ({names})",
    )


def _reference_check(table: str, key: list[Column], column: Column, references: str) -> TableCheck:
    to_table, to_column = references.split(".")
    shown = ", ".join(f"f.{name}" for name in dict.fromkeys([*(c.name for c in key), column.name]))
    return TableCheck(
        name=f"{table}__{column.name}__reference",
        table=table,
        kind="reference",
        title=f"{table_title(BUILT[table])}的{column.title}应见于{table_title(BUILT[to_table])}",
        severity="error",
        blocking=_feeds_figures(table),
        sql=f"select {shown} from {table} as f "
        f"anti join {to_table} as t on t.{to_column} = f.{column.name} where f.{column.name} is not null",
    )


def _conservation_check(table: str, staged: str) -> TableCheck:
    """Each delivery's rows, and their sums in every column of numbers, are in the fact what they were staged as."""
    built = {column.name for column in columns(BUILT[table])}
    numbers = [
        c.name
        for c in columns(STAGED[staged])
        if c.dtype.is_numeric() and c.name in built and c.name not in _LINEAGE
    ]
    sums = "".join(f", sum({name}) as {name}" for name in numbers)
    counted = f"select delivery_id, count(*) as delivered_rows{sums} from {{}} group by delivery_id"
    differs = " or ".join(f"s.{name} is distinct from b.{name}" for name in ["delivered_rows", *numbers])
    return TableCheck(
        name=f"{table}_conserved",
        table=table,
        kind="reconciliation",
        title=f"{table_title(BUILT[table])}的各次报送行数与各项合计应等于已接收的填报",
        severity="error",
        blocking=True,
        sql="select coalesce(s.delivery_id, b.delivery_id) as delivery_id, "
        "s.delivered_rows as staged_rows, b.delivered_rows as built_rows "
        f"from ({counted.format(f'staged_{staged}')}) as s "
        f"full join ({counted.format(table)}) as b on b.delivery_id = s.delivery_id where {differs}",
    )


def _feeds_figures(table: str) -> bool:
    return not table.startswith("dq_")


def read_check(path: Path) -> TableCheck:
    """A check from its file: five header lines in a fixed order, then the SELECT. Raises ValueError."""
    lines = path.read_text("utf-8").splitlines()
    header: dict[str, str] = {}
    for name, line in zip_longest(_HEADER, lines[: len(_HEADER)], fillvalue=""):
        prefix = f"-- {name}: "
        if not line.startswith(prefix) or not line.removeprefix(prefix).strip():
            raise ValueError(f"{path.name}: line {len(header) + 1} must be “{prefix}…”, not {line!r}")
        header[name] = line.removeprefix(prefix).strip()
    for name, allowed in {
        "table": tuple(BUILT),
        "kind": get_args(Kind),
        "severity": get_args(Severity),
        "blocking": ("true", "false"),
    }.items():
        if header[name] not in allowed:
            raise ValueError(f"{path.name}: {name} must be one of {', '.join(allowed)}, not {header[name]!r}")
    if header["blocking"] == "true" and header["severity"] == "warn":
        raise ValueError(f"{path.name}: a warning does not block; make it an error, or not blocking")
    return TableCheck(
        name=path.stem,
        table=header["table"],
        kind=header["kind"],  # type: ignore[arg-type]  # allowed values are checked above
        title=header["title"],
        severity=header["severity"],  # type: ignore[arg-type]
        blocking=header["blocking"] == "true",
        sql=expand("\n".join(lines[len(_HEADER) :])),
    )
