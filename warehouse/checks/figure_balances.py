"""Table checks on `mart_figure`: a check for each relation between indicators in figure_balances.toml."""

from collections.abc import Iterator

from schemas.balance import BalanceTerm
from schemas.figure_balances import figure_balances
from warehouse.checks.missing import missing_macros
from warehouse.checks.table_check import TableCheck
from warehouse.database.macros import expand

_NEGATIONS = {"=": "<>", "≤": ">", "≥": "<", "<": ">=", ">": "<="}
"""By relation of a balance, the SQL operator between sides that break it."""


def figure_checks() -> Iterator[TableCheck]:
    """Write a check a balance, whose SELECT gives division, period, basis and the figures that break it."""
    for name, figure_balance in figure_balances().items():
        balance = figure_balance.relation
        columns = ", ".join(
            f"max(value) filter (where indicator_code = '{code}') as {code}" for code in balance.codes
        )
        codes = ", ".join(f"'{code}'" for code in balance.codes)
        broken = f"{_sum(balance.left)} {_NEGATIONS[balance.relation]} {_sum(balance.right)}"
        sql = (
            f"select * from (select division_code, period, basis, {columns} from mart_figure "
            f"where indicator_code in ({codes}) group by division_code, period, basis) "
            f"where @compared({', '.join(balance.codes)}) and {broken}"
        )
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


def _sum(side: tuple[BalanceTerm, ...]) -> str:
    return "".join(f" {'+' if term.sign > 0 else '-'} @known({term.code})" for term in side).strip(" +")
