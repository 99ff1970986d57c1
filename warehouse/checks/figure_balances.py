"""Table checks on `mart_figure`, one for each relation that figure_balances.toml declares between indicators."""

from collections.abc import Iterator

from schemas.balance import BalanceTerm
from schemas.figure_balances import figure_balances
from warehouse.checks.missing import missing_macros
from warehouse.checks.table_check import TableCheck
from warehouse.database.macros import expand

_BREAKS = {"=": "<>", "≤": ">", "≥": "<", "<": ">=", ">": "<="}


def figure_checks() -> Iterator[TableCheck]:
    """A check each. Its SELECT gives division, period and the figures that do not relate as they must."""
    for name, said in figure_balances().items():
        balance = said.relation
        columns = ", ".join(
            f"max(value) filter (where indicator_code = '{code}') as {code}" for code in balance.codes
        )
        codes = ", ".join(f"'{code}'" for code in balance.codes)
        breaks = f"{_sum(balance.left)} {_BREAKS[balance.relation]} {_sum(balance.right)}"
        sql = (
            f"select * from (select division_code, period, basis, {columns} from mart_figure "
            f"where indicator_code in ({codes}) group by division_code, period, basis) "
            f"where @compared({', '.join(balance.codes)}) and {breaks}"
        )
        yield TableCheck(
            name=name,
            table="mart_figure",
            kind="reconciliation",
            title=said.title,
            importance=said.importance,
            missing=said.missing,
            blocking=said.blocking,
            sql=expand(sql, missing_macros(said.missing)),
        )


def _sum(side: tuple[BalanceTerm, ...]) -> str:
    return "".join(f" {'+' if term.sign > 0 else '-'} @known({term.code})" for term in side).strip(" +")
