"""Printed rules of a drafted form: as balances of its printed codes or its fields, or as texts to look at."""

from dataclasses import dataclass

from schemas.balance import Balance
from sources.drafting.fields import DraftedField
from sources.drafting.tables import PrintedTable
from sources.layout.code_lines import Region
from sources.layout.printed.rule_texts import RuleText, find_rule_texts


@dataclass(frozen=True)
class DraftedRule:
    """A rule that a sheet prints. doubt: why it is not taken over as it stands, None where it is."""

    text: str
    doubt: str | None = None


def read_rules(table: PrintedTable, fields: list[DraftedField]) -> list[DraftedRule]:
    """Read the rules printed around a table, each once."""
    region = Region(table.block.sheet, range(table.block.first_row, table.block.end_row), table.columns)
    codes = {part.column.code for part in fields if part.is_read and part.column.code}
    names = _names_by_heading(fields)
    rules = [_draft(rule, codes, names) for rule in find_rule_texts(region)]
    return list(dict.fromkeys(rules))


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
