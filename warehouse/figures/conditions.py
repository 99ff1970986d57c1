"""Conditions of a county's own indicators, which are SQL that a steward wrote: tried on empty tables before a load."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from schemas.catalogue import Catalogue, Table, read_stock
from schemas.field import columns
from schemas.indicator import Term
from warehouse.database.templates import render

_CONDITION = Path(__file__).with_name("condition.sql.j2")


def wrong_conditions(catalogue: Catalogue) -> Iterator[str]:
    """Say, in Chinese, which of the indicators that are not the stock's no engine could compute."""
    stock = read_stock().indicators
    own = [indicator for code, indicator in catalogue.indicators.items() if code not in stock]
    with duckdb.connect() as connection:
        connection.execute("set enable_external_access = false")
        for indicator in own:
            for name, term in indicator.terms:
                table = catalogue.built[term.table]
                if not _is_understood(connection, table, term):
                    known = "、".join(column.name for column in columns(table))
                    yield f"指标 {indicator.code} 的 {name} 不能计算：“{term.where}”应为 SQL 条件，可用的字段有 {known}"


def _is_understood(connection: duckdb.DuckDBPyConnection, table: Table, term: Term) -> bool:
    """Try a term on a table without rows: it must be one condition, in one statement."""
    statement = render(
        _CONDITION, columns=columns(table), column=term.column, weight=term.weight, where=term.where
    )
    try:
        return len(duckdb.extract_statements(statement)) == 1 and bool(
            connection.execute(statement).fetchall()
        )
    except duckdb.Error:
        return False
