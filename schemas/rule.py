"""Row rules: what every row of a staged table must keep, declared beside the fields; pandera is handed them.

Put here: how a rule is declared, and the rules that follow from a field's own limits. Keep out: evaluating
rules on rows, see `schemas.validate`; expressions that several tables share, see `schemas.rules`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

RuleSeverity = Literal["reject", "flag"]
"""`reject`: a row that breaks the rule is kept out; `flag`: it is let in, marked."""


@dataclass(frozen=True)
class Rule:
    """A row rule: `holds` is true, or null, where a row keeps it.

    limits: of a rule that follows from a field's own limits, what these are; None of one that is declared.
    """

    name: str
    fields: tuple[str, ...]
    severity: RuleSeverity
    title: str
    holds: pl.Expr
    limits: tuple[tuple[str, Any], ...] | None = None


@dataclass(frozen=True)
class DeclaredRule:
    """A rule as a table declares it; see `rule`."""

    title: str
    holds: pl.Expr | Callable[[pl.Expr], pl.Expr]
    of: tuple[str, ...]
    severity: RuleSeverity
    name: str

    def expression(self, field: str | None) -> pl.Expr:
        """Give the expression, of one field where the rule is of fields."""
        if isinstance(self.holds, pl.Expr):
            return self.holds
        if field is None:
            raise TypeError(f"“{self.title}”: a function of a column needs of=")
        return self.holds(pl.col(field))


def rule(
    title: str,
    holds: pl.Expr | Callable[[pl.Expr], pl.Expr],
    *,
    of: str | tuple[str, ...] = (),
    flag: bool = False,
    name: str = "",
) -> Any:
    """Declare a row rule in the body of a table; it is called as the attribute is.

    title: what a row must keep, as a clerk reads it. holds: true, or null, where it does; of several fields that
    must each keep it, a function of the column. of: the fields; a rule of none is one of the row. flag: the row is
    let in, marked. name: what it is called where a field's rule is not called as the attribute is.
    """
    fields = (of,) if isinstance(of, str) else of
    return DeclaredRule(title, holds, fields, "flag" if flag else "reject", name)


_DECLARED: dict[type, tuple[DeclaredRule, ...]] = {}


def hand_rules_to_pandera(table: type[pa.DataFrameModel]) -> None:
    """Turn the rules that a table's body declares into checks of pandera, before it reads the body."""
    declared = []
    for attribute, value in list(vars(table).items()):
        if isinstance(value, DeclaredRule):
            named = replace(value, name=value.name or attribute)
            declared.append(named)
            for number, field in enumerate(named.of or (None,)):
                setattr(table, attribute if number == 0 else f"{attribute}_{number}", _check(named, field))
    _DECLARED[table] = tuple(declared)


def declared_rules(table: type[pa.DataFrameModel]) -> tuple[DeclaredRule, ...]:
    """List the rules that a table declares: inherited ones first, each by its last declaration."""
    by_name: dict[tuple[str, tuple[str, ...]], DeclaredRule] = {}
    for ancestor in reversed(table.__mro__):
        for declared in _DECLARED.get(ancestor, ()):
            by_name[declared.name, declared.of] = declared
    return tuple(by_name.values())


def _check(declared: DeclaredRule, field: str | None) -> Any:
    holds = declared.expression(field)
    terms: dict[str, Any] = {
        "name": declared.name,
        "title": declared.title,
        "raise_warning": declared.severity == "flag",
    }

    def select(_cls: type, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds)

    select.__name__ = declared.name  # a table that inherits the check calls it so
    return (pa.dataframe_check(**terms) if field is None else pa.check(field, **terms))(select)


def limit_rules(field: str, title: str, checks: list[pa.Check]) -> Iterator[Rule]:
    """Give the rules that follow from a field's own limits (`ge`, `isin`, `str_matches`, …).

    Raises TypeError for a check that is neither a limit nor declared with `rule`.
    """
    for check in checks:
        limits: Mapping[str, Any] = check.statistics or {}
        expected, holds = _limit(str(check.name), limits, pl.col(field))
        yield Rule(
            f"{field}__{check.name}", (field,), "reject", f"“{title}”{expected}", holds, tuple(limits.items())
        )


def _limit(kind: str, limits: Mapping[str, Any], column: pl.Expr) -> tuple[str, pl.Expr]:
    """Say in Chinese what a limit asks, and as an expression; the latter as pandera itself has it."""
    match kind:
        case "isin":
            allowed = list(limits["allowed_values"])
            return "取值应为：" + "、".join(map(str, allowed)), column.is_in(allowed)
        case "greater_than_or_equal_to":
            return f"不应小于 {limits['min_value']}", column >= limits["min_value"]
        case "greater_than":
            return f"应大于 {limits['min_value']}", column > limits["min_value"]
        case "less_than_or_equal_to":
            return f"不应大于 {limits['max_value']}", column <= limits["max_value"]
        case "less_than":
            return f"应小于 {limits['max_value']}", column < limits["max_value"]
        case "str_matches":
            pattern = str(limits["pattern"])
            anchored = pattern if pattern.startswith("^") else f"^{pattern}"
            return "应合规定的格式", column.str.contains(anchored)
        case "str_length":
            shortest, longest = limits["min_value"], limits["max_value"]
            expected = f"长度应在 {shortest} 至 {longest} 个字之间"
            return expected, column.str.len_chars().is_between(shortest, longest)
        case _:
            raise TypeError(f"{kind}: declare it with rule(), or say in schemas/rule.py what it asks")
