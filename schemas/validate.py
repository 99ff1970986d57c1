"""Split candidate rows into accepted and rejected by the rules of their pandera model.

The model is the only place where a row rule lives. All of its rules are evaluated in one pass as a
bit mask per row; `tests/schemas/test_validate.py` holds the result against pandera's own
`validate(lazy=True)` for every table, because the expressions come from semi-internal attributes.
"""

import os
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
    """The environment weakens pandera's checks."""


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
    """One row rule: `holds` is true, or null, where a row keeps it.

    severity `reject` keeps the row out; `flag` lets it in, marked.
    """

    name: str
    fields: tuple[str, ...]
    severity: Literal["reject", "flag"]
    title: str
    holds: pl.Expr


@dataclass(frozen=True)
class Split:
    """accepted: rows with `flags` filled; reasons: index (into the candidates), rule, severity."""

    accepted: pl.DataFrame
    reasons: pl.DataFrame


class _Recorder:
    """Stands in for a LazyFrame and hands back the expression that a check selects."""

    def select(self, expr: pl.Expr) -> pl.Expr:
        return expr


@cache
def rules(model: type[pa.DataFrameModel]) -> tuple[Rule, ...]:
    """The row rules of a table: required, each check of a field, each check of the row, in this order."""
    schema = model.to_schema()
    found = []
    for column in columns(model):
        if not column.nullable or column.blank_only_if_absent:
            required = pl.col(column.name).is_not_null()
            title = f"“{column.title}”不应为空"
            found.append(Rule(f"{column.name}__required", (column.name,), "reject", title, required))
        for check in schema.columns[column.name].checks:
            found.append(_field_rule(check, column))
    for check in schema.checks:
        holds = _expression(check, "*")
        fields = tuple(dict.fromkeys(holds.meta.root_names()))
        found.append(Rule(f"row__{check.name}", fields, _severity(check), check.title or "", holds))
    if any(not rule.title for rule in found):
        raise TypeError(f"{model.__name__}: every check needs a title")
    return tuple(found)


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
    unparsed: index, field of the cells that could not be parsed; they are rejected already and are
    not said to be blank as well. unique: also reject every member of a group that shares a key.
    Raises pandera's SchemaError when columns or types are not the table's.
    """
    _check_shape(candidates, model)
    masks = _masks(model, absent)
    broken = candidates.select(expr.alias(str(i)) for i, (_, expr) in enumerate(masks))
    reasons = [_reasons(broken[str(i)], group) for i, (group, _) in enumerate(masks)]
    if unique:
        reasons.append(duplicates(candidates, model))
    said = pl.concat(reasons)
    if not said.height and (unparsed is None or not unparsed.height):
        return Split(candidates, said)
    if unparsed is not None and unparsed.height:
        blank = unparsed.select("index", rule=pl.col("field") + "__required")
        said = said.join(blank, on=["index", "rule"], how="anti")
    said = said.sort("index", "rule")
    return Split(_accepted(candidates, said, unparsed), said)


def duplicates(candidates: pl.DataFrame, model: type[pa.DataFrameModel]) -> pl.DataFrame:
    """Every member of a group of rows that share the table's key, as reasons."""
    keys = [column.name for column in columns(model) if column.key]
    key = pl.col(keys[0]) if len(keys) == 1 else pl.struct(keys)
    complete = pl.all_horizontal(pl.col(name).is_not_null() for name in keys)
    found = candidates.select(key.is_duplicated() & complete).to_series()
    if not found.any():
        return _said(pl.Series([], dtype=pl.UInt32), DUPLICATE_RULE, "reject")
    return _said(found.arg_true().cast(pl.UInt32), DUPLICATE_RULE, "reject")


def _check_shape(candidates: pl.DataFrame, model: type[pa.DataFrameModel]) -> None:
    if candidates.schema != _schema(model):
        model.to_schema().validate(candidates.clear())


@cache
def _schema(model: type[pa.DataFrameModel]) -> dict[str, pl.DataType]:
    return polars_schema(model)


@cache
def _masks(model: type[pa.DataFrameModel], absent: frozenset[str]) -> list[tuple[list[Rule], pl.Expr]]:
    """The rules that apply, in groups of as many as a mask has bits, each with the mask's expression."""
    applicable = [rule for rule in rules(model) if not _only_absent(rule, absent)]
    groups = [applicable[i : i + 63] for i in range(0, len(applicable), 63)]
    return [(group, _mask(group)) for group in groups]


def _only_absent(rule: Rule, absent: frozenset[str]) -> bool:
    return rule.name.endswith("__required") and rule.fields[0] in absent


def _mask(group: list[Rule]) -> pl.Expr:
    broken = (~rule.holds.fill_null(True) for rule in group)
    return pl.sum_horizontal(flag.cast(pl.UInt64) * (1 << bit) for bit, flag in enumerate(broken))


def _reasons(mask: pl.Series, group: list[Rule]) -> pl.DataFrame:
    if not mask.max():
        return _said(pl.Series([], dtype=pl.UInt32), "", "reject")
    at = (mask != 0).arg_true().cast(pl.UInt32)
    bad = pl.DataFrame({"index": at, "mask": mask.gather(at)})
    parts = [_said(bad.clear()["index"], "", "reject")]
    for bit, rule in enumerate(group):
        hit = bad.filter((pl.col("mask") & (1 << bit)) != 0)["index"]
        if hit.len():
            parts.append(_said(hit, rule.name, rule.severity))
    return pl.concat(parts)


def _said(index: pl.Series, rule: str, severity: str) -> pl.DataFrame:
    said = {"index": index, "rule": [rule] * index.len(), "severity": [severity] * index.len()}
    return pl.DataFrame(said, schema={"index": pl.UInt32, "rule": pl.String, "severity": pl.String})


def _accepted(candidates: pl.DataFrame, said: pl.DataFrame, unparsed: pl.DataFrame | None) -> pl.DataFrame:
    rejected = said.filter(pl.col("severity") == "reject").select("index")
    if unparsed is not None and unparsed.height:
        rejected = pl.concat([rejected, unparsed.select(pl.col("index").cast(pl.UInt32))])
    flagged = said.filter(pl.col("severity") == "flag")
    if not rejected.height and not flagged.height:
        return candidates
    flags = flagged.group_by("index").agg(pl.col("rule").sort().str.join(";").alias("flags"))
    numbered = candidates.drop("flags").with_row_index("index")
    kept = numbered.join(rejected, on="index", how="anti").join(flags, on="index", how="left")
    return kept.sort("index").select(candidates.columns)


def _field_rule(check: Any, column: Column) -> Rule:
    title = check.title or _builtin_title(check, column)
    name = f"{column.name}__{check.name}"
    return Rule(name, (column.name,), _severity(check), title, _expression(check, column.name))


def _severity(check: Any) -> Literal["reject", "flag"]:
    return "flag" if check.raise_warning else "reject"


def _expression(check: Any, key: str) -> pl.Expr:
    fn = check._check_fn
    if check.name and pa.Check.is_builtin_check(check.name):
        fn = pa.Check.get_builtin_check_fn(check.name)
    return fn(PolarsData(_Recorder(), key), **check._check_kwargs)  # type: ignore[arg-type]


def _builtin_title(check: Any, column: Column) -> str:
    said = check.statistics or {}
    match check.name:
        case "isin":
            expected = "取值应为：" + "、".join(map(str, said["allowed_values"]))
        case "greater_than_or_equal_to":
            expected = f"不应小于 {said['min_value']}"
        case "greater_than":
            expected = f"应大于 {said['min_value']}"
        case "less_than_or_equal_to":
            expected = f"不应大于 {said['max_value']}"
        case "less_than":
            expected = f"应小于 {said['max_value']}"
        case "str_matches":
            expected = "应合规定的格式"
        case "str_length":
            expected = f"长度应在 {said.get('min_value')} 至 {said.get('max_value')} 个字之间"
        case _:
            return ""
    return f"“{column.title}”{expected}"
