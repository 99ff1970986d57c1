"""Printed totals of a drafted form: whether they are the sums of the rows, so that a contract may hold files to them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Literal

from sources.drafting.fields import DraftedField
from sources.drafting.rows import PrintedRows
from sources.drafting.tables import PrintedTable
from sources.text.squeeze import squeeze

_RATES = re.compile(r"单产|亩产|单价|均价|人均|户均|亩均|均$|率$|比重|占比|比例|价格")
Totals = Literal["must_agree", "report", "none"]


def check_totals(
    fields: list[DraftedField], table: PrintedTable, rows: PrintedRows, doubts: dict[str, str]
) -> tuple[Totals, list[str]]:
    """Compare printed totals with the sums of the records; also return the fields that no sum is of.

    Where totals are printed but disagree, they are only reported, and that is marked in `doubts`.
    """
    if not rows.totals:
        return "none", []
    if not rows.records:
        doubts["totals"] = "表未填，合计没有核过"
        return "must_agree", []
    numeric = [part for part in fields if part.is_read and part.type in ("count", "number", "yuan", "pct")]
    rates = [part.name for part in numeric if part.type != "pct" and _RATES.search(part.column.leaf)]
    wrong = [
        part.column.leaf
        for part in numeric
        if part.name not in rates and part.type != "pct" and not _adds_up(part, table, rows.totals)
    ]
    if wrong:
        doubts["totals"] = f"这份表里合计与各行之和不符的有 {len(wrong)} 栏，请核对"
    return ("report" if wrong else "must_agree"), rates


def _adds_up(part: DraftedField, table: PrintedTable, totals: list[int]) -> bool:
    """Tell whether any of a column's totals is the sum of its records, but for rounding; others add up some of them."""
    sheet, column = table.block.sheet, part.column
    numbers = [_number(squeeze(sheet.text[row][column.at])) for row in totals]
    printed = [number for number in numbers if number is not None]
    figures = [figure for text in column.texts if (figure := _number(text)) is not None]
    slack = Decimal("0.01") * max(len(figures), 1)
    return not printed or any(abs(sum(figures, Decimal(0)) - number) <= slack for number in printed)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
