"""What a sheet prints of its own sums: rules, as balances of codes or fields, and totals, held against the rows."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from schemas.balance import Balance, evaluate
from sources.drafting.fields import DraftedField
from sources.drafting.rows import PrintedRows
from sources.drafting.tables import PrintedTable
from sources.layout.code_lines import Region
from sources.layout.printed.rule_texts import RuleText, find_rule_texts
from sources.text.squeeze import squeeze


@dataclass(frozen=True)
class DraftedRule:
    """A rule that a sheet prints.

    doubt: why it is not taken over as it stands, None where it is. broken: how many records of the sheet break it.
    """

    text: str
    doubt: str | None = None
    broken: int = 0


def read_rules(table: PrintedTable, fields: list[DraftedField]) -> list[DraftedRule]:
    """Read the rules printed around a table, each once."""
    region = Region(table.block.sheet, range(table.block.first_row, table.block.end_row), table.columns)
    codes = {part.column.code for part in fields if part.is_read and part.column.code}
    names = _names_by_heading(fields)
    printed = list(find_rule_texts(region))
    rules = [_draft(rule, codes, names) for rule in printed]
    rules = [
        replace(rule, broken=_count_broken(text.balance, fields)) if text.balance and not rule.doubt else rule
        for rule, text in zip(rules, printed, strict=True)
    ]
    return list(dict.fromkeys(rules))


def _count_broken(balance: Balance, fields: list[DraftedField]) -> int:
    """Count the records in which a balance does not hold, but for rounding."""
    texts: dict[str, list[str]] = {}
    for part in fields:
        if part.is_read:
            texts |= {key: part.column.texts for key in (part.column.code, part.column.leaf) if key}
    bare = {key.lstrip("0"): column for key, column in texts.items() if key.isdigit()}
    columns = [texts.get(code) or bare.get(code.lstrip("0")) or [] for code in balance.codes]
    broken = 0
    for record in zip(*columns, strict=False):
        figures = dict(zip(balance.codes, map(_number, record), strict=True))
        step = (
            Decimal("0.01") if any(figure is not None and figure % 1 for figure in figures.values()) else None
        )
        broken += evaluate(balance, figures, step=step).holds is False
    return broken


def _names_by_heading(fields: list[DraftedField]) -> dict[str, str]:
    """Map lowest headings that stand once to their field."""
    leaves = [part.column.leaf for part in fields if part.is_read]
    return {
        part.column.leaf: part.name for part in fields if part.is_read and leaves.count(part.column.leaf) == 1
    }


def _draft(rule: RuleText, codes: set[str], names: dict[str, str]) -> DraftedRule:
    balance = rule.balance
    if balance is None:
        return DraftedRule(rule.text, "印着像规则，读不懂")
    if all(code in codes or code == "0" for code in balance.codes):
        return DraftedRule(str(balance))
    bare = {code.lstrip("0"): code for code in codes}
    if all(code.lstrip("0") in bare for code in balance.codes):
        return DraftedRule(_write(balance, {code: bare[code.lstrip("0")] for code in balance.codes}))
    if all(code in names for code in balance.codes):
        return DraftedRule(_write(balance, names))
    lacking = [code for code in balance.codes if code not in codes and code not in names]
    return DraftedRule(str(balance), f"表中没有代码或栏目 {'、'.join(lacking)}，或不止一处")


def _write(balance: Balance, spelled: dict[str, str]) -> str:
    sides = []
    for side in (balance.left, balance.right):
        terms = [("-" if term.sign < 0 else "+") + spelled.get(term.code, term.code) for term in side]
        sides.append("".join(terms).removeprefix("+"))
    return f"{sides[0]}{balance.relation}{sides[1]}"


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
