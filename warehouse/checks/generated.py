"""Table checks generated from the schemas: keys, references, and conservation of staged rows and sums."""

from pathlib import Path

from schemas.catalogue import Catalogue, is_view
from schemas.field import Column, columns
from schemas.lineage import Staged
from warehouse.checks.findings import PLACE
from warehouse.checks.table_check import TableCheck
from warehouse.database.describe import table_title
from warehouse.database.templates import render

RECORDS_OF_THE_BUILD = (
    "dq_check_result",
    "dq_finding",
    "dq_quality_score",
    "dq_build_step",
    "warehouse_info",
)
"""Tables about the build and its checks: built last or written to when published, so not checked."""

_TEMPLATES = Path(__file__).parent
_LINEAGE = {column.name for column in columns(Staged)}


def generated_checks(catalogue: Catalogue) -> list[TableCheck]:
    """Write a check for every key and reference of a built table, and for each fact of a staged table."""
    checks = []
    for table, model in catalogue.built.items():
        if table in RECORDS_OF_THE_BUILD or is_view(model):
            continue
        key = [column for column in columns(model) if column.key]
        if key:
            checks.append(_key_check(catalogue, table, key))
        checks += [
            _reference_check(catalogue, table, key, c, c.references) for c in columns(model) if c.references
        ]
        staged = table.removeprefix("fact_")
        if staged in catalogue.staged:
            checks.append(_conservation_check(catalogue, table, staged))
    return checks


def _key_check(catalogue: Catalogue, table: str, key: list[Column]) -> TableCheck:
    names = [column.name for column in key]
    return TableCheck(
        name=f"{table}__key",
        table=table,
        kind="key",
        title=f"{table_title(catalogue.built[table])}的{'、'.join(c.title for c in key)}应唯一",
        importance="high",
        blocking=_feeds_figures(table),
        sql=render(_TEMPLATES / "key.sql.j2", table=table, key=names, place=_place(catalogue, table)),
    )


def _reference_check(
    catalogue: Catalogue, table: str, key: list[Column], column: Column, references: str
) -> TableCheck:
    to_table, to_column = references.split(".")
    return TableCheck(
        name=f"{table}__{column.name}__reference",
        table=table,
        kind="reference",
        title=f"{table_title(catalogue.built[table])}的{column.title}应见于{table_title(catalogue.built[to_table])}",
        importance="high",
        blocking=_feeds_figures(table),
        sql=render(
            _TEMPLATES / "reference.sql.j2",
            table=table,
            column=column.name,
            to_table=to_table,
            to_column=to_column,
            shown=[*dict.fromkeys([*(c.name for c in key), column.name])],
            place=_place(catalogue, table),
        ),
        merged_into="references",
        broken=render(
            _TEMPLATES / "broken_reference.sql.j2",
            column=column.name,
            to_table=to_table,
            to_column=to_column,
        ),
    )


def _conservation_check(catalogue: Catalogue, table: str, staged: str) -> TableCheck:
    """Write the check that a fact keeps each delivery's number of rows and the sum of every number column."""
    built = {column.name for column in columns(catalogue.built[table])}
    numbers = [
        c.name
        for c in columns(catalogue.staged[staged])
        if c.dtype.is_numeric() and c.name in built and c.name not in _LINEAGE
    ]
    return TableCheck(
        name=f"{table}_conserved",
        table=table,
        kind="reconciliation",
        title=f"{table_title(catalogue.built[table])}的各次报送行数与各项合计应等于已接收的填报",
        importance="high",
        blocking=True,
        sql=render(_TEMPLATES / "conserved.sql.j2", table=table, staged=f"staged_{staged}", numbers=numbers),
    )


def _place(catalogue: Catalogue, table: str) -> tuple[str, ...]:
    """Give the columns of a row's place; none where rows do not come from cells."""
    return PLACE if {*PLACE} <= {column.name for column in columns(catalogue.built[table])} else ()


def _feeds_figures(table: str) -> bool:
    return not table.startswith("dq_")
