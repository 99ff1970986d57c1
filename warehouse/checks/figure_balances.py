"""Table checks on `mart_figure`: a check for each relation between indicators in figure_balances.toml."""

from collections.abc import Iterator
from pathlib import Path

from schemas.catalogue import Catalogue
from warehouse.checks.missing import missing_macros
from warehouse.checks.table_check import TableCheck
from warehouse.database.macros import expand
from warehouse.database.templates import render

_FIGURE_BALANCE = Path(__file__).with_name("figure_balance.sql.j2")
_NEGATIONS = {"=": "<>", "≤": ">", "≥": "<", "<": ">=", ">": "<="}
"""By relation of a balance, the SQL operator between sides that break it."""


def figure_checks(catalogue: Catalogue) -> Iterator[TableCheck]:
    """Write a check a balance, whose SELECT gives division, period, basis and the figures that break it."""
    for name, figure_balance in catalogue.figure_balances.items():
        balance = figure_balance.relation
        sql = render(_FIGURE_BALANCE, balance=balance, broken_by=_NEGATIONS[balance.relation])
        yield TableCheck(
            name=name,
            table="mart_figure",
            kind="reconciliation",
            title=figure_balance.title,
            importance=figure_balance.importance,
            missing=figure_balance.missing,
            blocking=figure_balance.blocking,
            sql=expand(sql, missing_macros(figure_balance.missing)),
        )
