"""What follows from a county's own form: its table, fact and indicators, as a stock form's module declares them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, eq, ge, gt, le, lt
from typing import Annotated, Any

import polars as pl

from schemas.balance import Balance, BalanceTerm, NotABalance, parse_balances
from schemas.county.own_form import (
    NUMBERS,
    FieldLimits,
    FieldTerms,
    FieldType,
    FormTerms,
    IndicatorTerms,
    OwnForm,
    RuleTerms,
    ValueTerms,
)
from schemas.fact import ORG, REPORTER, Fact, Period
from schemas.field import Pct, Yuan
from schemas.field import field as declare
from schemas.indicator import Grain, Indicator, OverTime, Term
from schemas.lineage import Staged, StagedByRow
from schemas.rule import rule as declare_rule
from schemas.rules import no_long_number

_TYPES: dict[FieldType, Any] = {
    "text": str,
    "code": str,
    "count": pl.Int64,
    "number": Annotated[pl.Decimal, 18, 4],
    "yuan": Yuan,
    "pct": Pct,
    "yes_no": pl.Boolean,
    "date": pl.Date,
}
_UNITS: dict[FieldType, str] = {"yuan": "元", "pct": "%"}
_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "≤": le, "≥": ge, "<": lt, ">": gt}
_GRAINS: dict[Period, tuple[Grain, ...]] = {
    "year": ("year",),
    "quarter": ("year", "quarter"),
    "month": ("year", "quarter", "month"),
    "half": ("year",),
    "ten_days": ("year", "quarter", "month"),
}


@dataclass(frozen=True)
class Declared:
    """A table of accepted rows, its fact, and its indicators."""

    staged: type[Staged]
    fact: Fact
    indicators: tuple[Indicator, ...]


def declare_form(
    table: str, own: OwnForm, *, title: str, period: Period, cumulative: bool, codes: Mapping[str, str]
) -> Declared:
    """Make the tables and indicators of a county's own form.

    title: the first of its contract's. codes: the field of each printed code. Raises ValueError for a rule that is none,
    or names no number of the form.
    """
    title = own.form.title or title
    _check_names(own)
    staged = _staged(table, own, title, codes)
    place = tuple(own.form.place) or tuple(name for name, terms in own.fields.items() if terms.place)[:1]
    place = tuple({"reporter": REPORTER, "org": ORG}.get(name, name) for name in place) or (REPORTER,)
    keys = [name for name, terms in own.fields.items() if terms.key]
    places = {name for name in keys if own.fields[name].place}
    fact = Fact(
        staged,
        title=title,
        grain=own.form.grain or _grain([own.fields[name].title for name in keys]),
        period=period,
        place=place,
        keyed_by_reporter=not places,
        series=tuple(keys) if places else (),
    )
    indicators = tuple(_indicator(fact, terms, own.form, title, cumulative) for terms in own.indicators)
    return Declared(staged, fact, indicators)


def _check_names(own: OwnForm) -> None:
    """Raise ValueError for a place or an indicator of a field that there is not."""
    for name in own.form.place:
        if name not in ("reporter", "org") and name not in own.fields:
            raise ValueError(f"place 的 {name} 不是表中的字段；应为 {'、'.join(own.fields)}，或 reporter")
    for terms in own.indicators:
        for value in filter(None, (terms.value, terms.denominator)):
            if value.field not in own.fields:
                raise ValueError(
                    f"指标 {terms.code} 的 {value.field} 不是表中的字段；应为 {'、'.join(own.fields)}"
                )
            if value.aggregate == "sum" and own.fields[value.field].type not in NUMBERS:
                raise ValueError(f"指标 {terms.code}：{value.field} 不是数，不能相加")


def _grain(keys: Sequence[str]) -> str:
    return f"一行为所报的一条，按{'、'.join(keys)}" if keys else "一行为所报的一条"


def _staged(table: str, own: OwnForm, title: str, codes: Mapping[str, str]) -> type[Staged]:
    body: dict[str, Any] = {
        "__doc__": f"Accepted rows of {title}.",
        "__module__": __name__,
        "__annotations__": {name: _TYPES[terms.type] for name, terms in own.fields.items()},
    }
    body |= {name: _declare(terms) for name, terms in own.fields.items()}
    body |= {
        f"{name}_impersonal": _impersonal(name, terms)
        for name, terms in own.fields.items()
        if _is_free(terms)
    }
    for number, terms in enumerate(own.rules, start=1):
        body[f"rule_{number}"] = _row_rule(terms, own, codes)
    base = Staged if any(terms.key for terms in own.fields.values()) else StagedByRow
    return type("Staged" + "".join(word.capitalize() for word in table.split("_")), (base,), body)


def _declare(terms: FieldTerms) -> Any:
    limits = terms.checks
    if terms.type == "pct":
        limits = {"ge": 0, "le": 100} | limits
    is_number = terms.type in NUMBERS
    return declare(
        terms.title,
        description=terms.description or terms.title,
        unit=terms.unit or _UNITS.get(terms.type),
        key=terms.key,
        place=terms.place,
        references="dim_division.division_code" if terms.place else None,
        pii=terms.pii,
        blank=terms.blank,
        watch=tuple(terms.watch),
        unwatched="honestly_wide" if is_number and not terms.watch else None,
        **limits,
    )


def _is_free(terms: FieldTerms) -> bool:
    return terms.type == "text" and not (terms.place or terms.pii or terms.allowed)


def _impersonal(name: str, terms: FieldTerms) -> Any:
    """Declare that a text holds no number of a person; a code may look like such a number."""
    title = f"{terms.title}中不应有电话或证件号码"
    return declare_rule(title, no_long_number(pl.col(name)), of=name, name="no_personal_number")


def _row_rule(terms: RuleTerms, own: OwnForm, codes: Mapping[str, str]) -> Any:
    """Declare the rule that a printed relation is."""
    try:
        (balance,) = parse_balances(terms.rule)
    except (NotABalance, ValueError):
        raise ValueError(f"“{terms.rule}”应写作一个关系，如 12=13+14") from None
    names = {code: codes.get(code, code) for code in balance.codes}
    for code, name in names.items():
        if name not in own.fields or own.fields[name].type not in NUMBERS:
            raise ValueError(f"“{terms.rule}”中的 {code} 不是表中的数；应为表头里的编号，或数字字段的名称")
    title = (
        terms.title or f"应有 {_in_words(balance, {code: own.fields[n].title for code, n in names.items()})}"
    )
    left, right = (_sum(side, names) for side in (balance.left, balance.right))
    holds: pl.Expr = _RELATIONS[balance.relation](left, right)
    return declare_rule(title, holds, flag=terms.severity == "flag")


def _sum(side: Sequence[BalanceTerm], names: Mapping[str, str]) -> pl.Expr:
    columns = [pl.col(names[term.code]).cast(pl.Decimal(38, 4)) * term.sign for term in side]
    return reduce(add, columns)


def _in_words(balance: Balance, titles: Mapping[str, str]) -> str:
    return re.sub(
        "|".join(sorted(map(re.escape, titles), key=len, reverse=True)),
        lambda code: titles[code[0]],
        str(balance),
    )


def _indicator(fact: Fact, terms: IndicatorTerms, form: FormTerms, title: str, cumulative: bool) -> Indicator:
    by_kind: OverTime = "sum" if terms.kind == "flow" and not cumulative else "latest"

    def term(value: ValueTerms) -> Term:
        return Term(
            fact.name,
            value.aggregate,
            value.field,
            where=value.where,
            weight=value.weight,
            over_time=terms.over_time or by_kind,
        )

    return Indicator(
        terms.code,
        terms.name,
        terms.name_en,
        terms.unit,
        terms.kind,
        terms.definition,
        term(terms.value),
        term(terms.denominator) if terms.denominator else None,
        chapter=form.chapter,
        source=f"{title}表式说明",
        form=title,
        periods=tuple(terms.periods) or _GRAINS[fact.period],
    )


def limited(staged: type[Staged], limits: Mapping[str, FieldLimits]) -> type[Staged]:
    """Make of a stock table one whose fields have further limits. Raises KeyError for a field that it has not."""
    body: dict[str, Any] = {"__doc__": staged.__doc__, "__module__": staged.__module__}
    for name, own in limits.items():
        title, column = staged.to_schema().columns[name].title, pl.col(name)
        if own.least is not None:
            holds = column >= own.least
            body[f"{name}_least"] = declare_rule(
                f"“{title}”不应小于 {own.least}", holds, of=name, name="least"
            )
        if own.most is not None:
            holds = column <= own.most
            body[f"{name}_most"] = declare_rule(f"“{title}”不应大于 {own.most}", holds, of=name, name="most")
        if own.allowed:
            words = "、".join(own.allowed)
            holds = column.is_in(own.allowed)
            body[f"{name}_allowed"] = declare_rule(f"“{title}”应为 {words}", holds, of=name, name="allowed")
    return type(staged.__name__, (staged,), body)
