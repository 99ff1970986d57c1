"""A form as whoever maintains it reads it: all that follows from its contracts and its module, in one place."""

from collections.abc import Iterator

from schemas.catalogue import Catalogue
from schemas.field import Column
from schemas.validate import rules
from sources.county.contract import Contract
from sources.county.references import References
from sources.county.reporting_terms import reporting_terms
from warehouse.build.order import dependencies, model_text


def describe_form(table: str, references: References) -> Iterator[str]:
    """Yield lines: who sends it, headings and fields, rules, indicators, what is watched, the SQL of its facts.

    table: the staged table, as its contracts name it. Raises KeyError for one that there is not.
    """
    catalogue, model, columns = (
        references.catalogue,
        references.tables[table],
        references.columns_to_fill(table),
    )
    contracts = [contract for contract in references.contracts.values() if contract.table == table]
    facts = [
        name
        for name, read in dependencies(catalogue).items()
        if name.startswith("fact_") and f"staged_{table}" in read
    ]
    yield from _section("谁报", reporting_terms(contracts, references))
    yield from _section("字段", (_describe_field(column, contracts) for column in columns))
    yield from _section("行的规则", (_mark(rule.severity) + rule.title for rule in rules(model)))
    yield from _section("指标", _describe_indicators(catalogue, facts))
    yield from _section("看是否悬殊的数", _list_watched(catalogue, facts))
    for fact in facts:
        yield from _section(f"{fact} 的 SQL", model_text(catalogue, fact).splitlines())


def _section(title: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"【{title}】"
    yield from lines
    yield ""


def _describe_field(column: Column, contracts: list[Contract]) -> str:
    """Name a field, its type and unit, and the headings by which it is known."""
    headings = dict.fromkeys(
        heading for contract in contracts for heading in contract.columns.get(column.name, ())
    )
    marks = [
        column.sql_type,
        *filter(None, [column.unit, "主键" if column.key else "", "可空" if column.nullable else ""]),
    ]
    return f"{column.name}（{column.title}，{'，'.join(marks)}）← {'、'.join(filter(None, headings)) or '不在表头'}"


def _mark(severity: str) -> str:
    return "存疑 " if severity == "flag" else "退回 "


def _describe_indicators(catalogue: Catalogue, facts: list[str]) -> Iterator[str]:
    for indicator in catalogue.indicators.values():
        if any(term.table in facts for _, term in indicator.terms):
            yield f"{indicator.code}（{indicator.name}，{indicator.unit}）= {indicator.formula}"


def _list_watched(catalogue: Catalogue, facts: list[str]) -> Iterator[str]:
    for fact in facts:
        if fact in catalogue.watched.fact:
            for column, factors in catalogue.watched.fact[fact].columns.items():
                yield f"{fact}.{column}：疑为计量单位有误的倍数 {'、'.join(map(str, factors))}"
