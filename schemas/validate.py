"""Split candidate rows into accepted and rejected by the rules of their table.

All rules are evaluated in one pass. pandera is handed the same rules, and `tests/schemas/test_validate.py`
compares the result with its own `validate(lazy=True)` for every table.
"""

import os
from dataclasses import dataclass
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.backends.polars.register import register_polars_backends

from schemas.errors import XiangcangError
from schemas.field import columns, polars_schema
from schemas.rule import Rule, declared_rules, limit_rules

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
class Split:
    """Candidate rows by outcome.

    accepted: rows with `flags` filled. reasons: index (into the candidates), rule, severity; a row for each
    rule that a candidate row breaks.
    """

    accepted: pl.DataFrame
    reasons: pl.DataFrame


@cache
def rules(model: type[pa.DataFrameModel]) -> tuple[Rule, ...]:
    """List the row rules of a table: by field `required`, its limits and its rules; then the rules of the row.

    Raises TypeError for a check that is handed to pandera in another way than by `field` and `rule`.
    """
    schema, declared = model.to_schema(), declared_rules(model)
    listed = []
    for column in columns(model):
        if not column.nullable or column.blank_only_if_absent:
            required = pl.col(column.name).is_not_null()
            title = f"“{column.title}”不应为空"
            listed.append(Rule(f"{column.name}__required", (column.name,), "reject", title, required))
        of_field = [rule for rule in declared if column.name in rule.of]
        names = {rule.name for rule in of_field}
        limits = [check for check in schema.columns[column.name].checks if check.name not in names]
        listed.extend(limit_rules(column.name, column.title, limits))
        for rule in of_field:
            name, holds = f"{column.name}__{rule.name}", rule.expression(column.name)
            listed.append(Rule(name, (column.name,), rule.severity, rule.title, holds))
    of_row = [rule for rule in declared if not rule.of]
    if unknown := {check.name for check in schema.checks} - {rule.name for rule in of_row}:
        raise TypeError(f"{model.__name__}: declare {', '.join(sorted(map(str, unknown)))} with rule()")
    for rule in of_row:
        holds = rule.expression(None)
        fields = tuple(dict.fromkeys(holds.meta.root_names()))
        listed.append(Rule(f"row__{rule.name}", fields, rule.severity, rule.title, holds))
    return tuple(listed)


def split(
    candidates: pl.DataFrame,
    model: type[pa.DataFrameModel],
    *,
    absent: frozenset[str] = frozenset(),
    unparsed: pl.DataFrame | None = None,
    doubts: pl.DataFrame | None = None,
    unique: bool = True,
) -> Split:
    """Evaluate every rule of the table on typed candidate rows.

    candidates: the columns of the model, right types. absent: fields that the layout does not have.
    unparsed: index, field of the cells that could not be parsed; their rows are rejected, without a reason
    here that the cell is blank. doubts: flags that no rule of the table
    sees. unique: also reject every member of a group that shares a key.
    Raises pandera's SchemaError when columns or types are not the table's.
    """
    _check_shape(candidates, model)
    parts = [_find_broken(candidates, model, absent)]
    if doubts is not None:
        parts.append(doubts)
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
    if candidates.select(keys).hash_rows().n_unique() == candidates.height:
        return _build_reasons(_NO_ROWS, DUPLICATE_RULE, "reject")  # as nearly always, and soon seen
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


def _find_broken(
    candidates: pl.DataFrame, model: type[pa.DataFrameModel], absent: frozenset[str]
) -> pl.DataFrame:
    """Find the rules that each row breaks, as reasons: index, rule, severity."""
    applicable, breaks = _breaks(model, absent)
    parts = [_build_reasons(_NO_ROWS, "", "reject")]
    for rule, is_broken in zip(applicable, candidates.select(breaks).iter_columns(), strict=True):
        if is_broken.any():
            index = is_broken.arg_true().cast(pl.UInt32)
            parts.append(_build_reasons(index, rule.name, rule.severity))
    return pl.concat(parts)


@cache
def _breaks(
    model: type[pa.DataFrameModel], absent: frozenset[str]
) -> tuple[tuple[Rule, ...], tuple[pl.Expr, ...]]:
    """List the rules that apply, and for each the expression of whether a row breaks it."""
    applicable = tuple(rule for rule in rules(model) if not _requires_absent(rule, absent))
    return applicable, tuple((~rule.holds.fill_null(True)).alias(rule.name) for rule in applicable)


def _requires_absent(rule: Rule, absent: frozenset[str]) -> bool:
    return rule.name.endswith("__required") and rule.fields[0] in absent


_NO_ROWS = pl.Series([], dtype=pl.UInt32)


def _build_reasons(index: pl.Series, rule: str, severity: str) -> pl.DataFrame:
    reasons = {"index": index, "rule": [rule] * index.len(), "severity": [severity] * index.len()}
    return pl.DataFrame(reasons, schema={"index": pl.UInt32, "rule": pl.String, "severity": pl.String})


def _select_accepted(
    candidates: pl.DataFrame, reasons: pl.DataFrame, unparsed: pl.DataFrame | None
) -> pl.DataFrame:
    rejected = reasons.filter(pl.col("severity") == "reject")["index"]
    if unparsed is not None and unparsed.height:
        rejected = pl.concat([rejected, unparsed["index"].cast(pl.UInt32)])
    flagged = reasons.filter(pl.col("severity") == "flag")
    if not rejected.len() and not flagged.height:
        return candidates
    flags = flagged.group_by("index").agg(pl.col("rule").sort().str.join(";"))
    no_flags = pl.Series("flags", [None], dtype=pl.String).new_from_index(0, candidates.height)
    is_accepted = pl.Series([True]).new_from_index(0, candidates.height).scatter(rejected, False)
    return candidates.with_columns(no_flags.scatter(flags["index"], flags["rule"])).filter(is_accepted)
