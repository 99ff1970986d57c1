"""Split candidate rows into accepted and rejected by the rules of their pandera model.

The model is the only place where a row rule lives. All of its rules are evaluated in one pass as a
bit mask per row. The expressions come from private attributes of pandera's checks, so
`tests/schemas/test_validate.py` compares the result with pandera's own `validate(lazy=True)` for every
table, and `tests/schemas/test_pandera_private_names.py` looks at the attributes themselves.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.backends.polars.register import register_polars_backends

from schemas.errors import XiangcangError
from schemas.field import Column, columns, polars_schema

register_polars_backends()

DUPLICATE_RULE = "key__duplicate"


class ValidationDisarmed(XiangcangError):
    """An environment variable that weakens pandera's checks."""


def assert_armed() -> None:
    """Refuse to run where an environment variable would switch row rules off.

    Raises ValidationDisarmed, naming the variable and what to do.
    """
    for name in ("PANDERA_VALIDATION_ENABLED", "PANDERA_VALIDATION_DEPTH"):
        if name in os.environ:
            raise ValidationDisarmed(
                f"环境变量 {name} 会削弱校验规则，本系统拒绝在其下运行；请执行 unset {name} 后重试"
            )


@dataclass(frozen=True)
class Rule:
    """A row rule: `holds` is true, or null, where a row keeps it.

    severity: `reject` keeps a row out that breaks it; `flag` lets it in, marked.
    """

    name: str
    fields: tuple[str, ...]
    severity: Literal["reject", "flag"]
    title: str
    holds: pl.Expr


@dataclass(frozen=True)
class Split:
    """Candidate rows by outcome.

    accepted: rows with `flags` filled. reasons: index (into the candidates), rule, severity; a row for each
    rule that a candidate row breaks.
    """

    accepted: pl.DataFrame
    reasons: pl.DataFrame


class _SelectOnly:
    """A stand-in for a LazyFrame whose `select` returns the expression that a check selects."""

    def select(self, expr: pl.Expr) -> pl.Expr:
        return expr


@cache
def rules(model: type[pa.DataFrameModel]) -> tuple[Rule, ...]:
    """Read the row rules of a table: by field `required` and its checks, then the checks of the row.

    Raises TypeError for a check without a title.
    """
    schema = model.to_schema()
    declared = []
    for column in columns(model):
        if not column.nullable or column.blank_only_if_absent:
            required = pl.col(column.name).is_not_null()
            title = f"“{column.title}”不应为空"
            declared.append(Rule(f"{column.name}__required", (column.name,), "reject", title, required))
        for check in schema.columns[column.name].checks:
            declared.append(_field_rule(check, column))
    for check in schema.checks:
        holds = _expression(check, "*")
        fields = tuple(dict.fromkeys(holds.meta.root_names()))
        declared.append(Rule(f"row__{check.name}", fields, _severity(check), check.title or "", holds))
    if any(not rule.title for rule in declared):
        raise TypeError(f"{model.__name__}: every check needs a title")
    return tuple(declared)


def split(
    candidates: pl.DataFrame,
    model: type[pa.DataFrameModel],
    *,
    absent: frozenset[str] = frozenset(),
    unparsed: pl.DataFrame | None = None,
    unique: bool = True,
) -> Split:
    """Evaluate every rule of the table on typed candidate rows.

    candidates: the columns of the model, right types. absent: fields that the layout does not have.
    unparsed: index, field of the cells that could not be parsed; their rows are rejected, without a reason
    here that the cell is blank. unique: also reject every member of a group that shares a key.
    Raises pandera's SchemaError when columns or types are not the table's.
    """
    _check_shape(candidates, model)
    masks = _masks(model, absent)
    broken = candidates.select(expr.alias(str(i)) for i, (_, expr) in enumerate(masks))
    parts = [_read_mask(broken[str(i)], group) for i, (group, _) in enumerate(masks)]
    if unique:
        parts.append(duplicates(candidates, model))
    reasons = pl.concat(parts)
    if not reasons.height and (unparsed is None or not unparsed.height):
        return Split(candidates, reasons)
    if unparsed is not None and unparsed.height:
        blank = unparsed.select("index", rule=pl.col("field") + "__required")
        reasons = reasons.join(blank, on=["index", "rule"], how="anti")
    reasons = reasons.sort("index", "rule")
    return Split(_select_accepted(candidates, reasons, unparsed), reasons)


def duplicates(candidates: pl.DataFrame, model: type[pa.DataFrameModel]) -> pl.DataFrame:
    """Find the rows that share the table's key with another, as reasons: index, rule, severity."""
    keys = [column.name for column in columns(model) if column.key]
    key = pl.col(keys[0]) if len(keys) == 1 else pl.struct(keys)
    complete = pl.all_horizontal(pl.col(name).is_not_null() for name in keys)
    is_duplicate = candidates.select(key.is_duplicated() & complete).to_series()
    return _build_reasons(is_duplicate.arg_true().cast(pl.UInt32), DUPLICATE_RULE, "reject")


def _check_shape(candidates: pl.DataFrame, model: type[pa.DataFrameModel]) -> None:
    if candidates.schema != _schema(model):
        model.to_schema().validate(candidates.clear())


@cache
def _schema(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    return polars_schema(model)


@cache
def _masks(model: type[pa.DataFrameModel], absent: frozenset[str]) -> list[tuple[list[Rule], pl.Expr]]:
    """Group the rules that apply, as many as a mask has bits, each group with the mask's expression."""
    applicable = [rule for rule in rules(model) if not _requires_absent(rule, absent)]
    groups = [applicable[i : i + 63] for i in range(0, len(applicable), 63)]
    return [(group, _mask(group)) for group in groups]


def _requires_absent(rule: Rule, absent: frozenset[str]) -> bool:
    return rule.name.endswith("__required") and rule.fields[0] in absent


def _mask(group: list[Rule]) -> pl.Expr:
    broken = (~rule.holds.fill_null(True) for rule in group)
    return pl.sum_horizontal(flag.cast(pl.UInt64) * (1 << bit) for bit, flag in enumerate(broken))


def _read_mask(mask: pl.Series, group: list[Rule]) -> pl.DataFrame:
    """Read a mask per row as reasons: index, rule, severity; bit i is set where the group's rule i is broken."""
    if not mask.max():
        return _build_reasons(pl.Series([], dtype=pl.UInt32), "", "reject")
    index = (mask != 0).arg_true().cast(pl.UInt32)
    breaking = pl.DataFrame({"index": index, "mask": mask.gather(index)})
    parts = [_build_reasons(breaking.clear()["index"], "", "reject")]
    for bit, rule in enumerate(group):
        rows = breaking.filter((pl.col("mask") & (1 << bit)) != 0)["index"]
        if rows.len():
            parts.append(_build_reasons(rows, rule.name, rule.severity))
    return pl.concat(parts)


def _build_reasons(index: pl.Series, rule: str, severity: str) -> pl.DataFrame:
    reasons = {"index": index, "rule": [rule] * index.len(), "severity": [severity] * index.len()}
    return pl.DataFrame(reasons, schema={"index": pl.UInt32, "rule": pl.String, "severity": pl.String})


def _select_accepted(
    candidates: pl.DataFrame, reasons: pl.DataFrame, unparsed: pl.DataFrame | None
) -> pl.DataFrame:
    rejected = reasons.filter(pl.col("severity") == "reject").select("index")
    if unparsed is not None and unparsed.height:
        rejected = pl.concat([rejected, unparsed.select(pl.col("index").cast(pl.UInt32))])
    flagged = reasons.filter(pl.col("severity") == "flag")
    if not rejected.height and not flagged.height:
        return candidates
    flags = flagged.group_by("index").agg(pl.col("rule").sort().str.join(";").alias("flags"))
    numbered = candidates.drop("flags").with_row_index("index")
    kept = numbered.join(rejected, on="index", how="anti").join(flags, on="index", how="left")
    return kept.sort("index").select(candidates.columns)


def _field_rule(check: pa.Check, column: Column) -> Rule:
    title = check.title or _title_of_builtin(check, column)
    name = f"{column.name}__{check.name}"
    return Rule(name, (column.name,), _severity(check), title, _expression(check, column.name))


def _severity(check: pa.Check) -> Literal["reject", "flag"]:
    return "flag" if check.raise_warning else "reject"


def _expression(check: pa.Check, key: str) -> pl.Expr:
    """Read the expression of a check. key: the field that it looks at, `*` for a check of the row."""
    function, arguments = _read_private(check)
    if check.name and pa.Check.is_builtin_check(check.name):
        function = pa.Check.get_builtin_check_fn(check.name)
    holds: pl.Expr = function(PolarsData(_SelectOnly(), key), **arguments)  # type: ignore[arg-type]
    return holds


def _read_private(check: pa.Check) -> tuple[Callable[..., Any], dict[str, Any]]:
    """Read the function of a check and its arguments, of which pandera keeps no public record."""
    return check._check_fn, check._check_kwargs  # noqa: SLF001 - the only record of either


def _title_of_builtin(check: pa.Check, column: Column) -> str:
    statistics = check.statistics or {}
    match check.name:
        case "isin":
            expected = "取值应为：" + "、".join(map(str, statistics["allowed_values"]))
        case "greater_than_or_equal_to":
            expected = f"不应小于 {statistics['min_value']}"
        case "greater_than":
            expected = f"应大于 {statistics['min_value']}"
        case "less_than_or_equal_to":
            expected = f"不应大于 {statistics['max_value']}"
        case "less_than":
            expected = f"应小于 {statistics['max_value']}"
        case "str_matches":
            expected = "应合规定的格式"
        case "str_length":
            expected = f"长度应在 {statistics.get('min_value')} 至 {statistics.get('max_value')} 个字之间"
        case _:
            return ""
    return f"“{column.title}”{expected}"
