"""Faults against row rules: a sound record is changed in one field until it breaks just that rule."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl

from benchmarks.county import STAGED
from benchmarks.quality_drill.planted import District, Key, Planted, spot_of
from sample.district.sent import Record, SentDelivery
from schemas.field import Column, columns
from schemas.rule import Rule
from schemas.validate import rules

_TRIES = 12


def rule_faults(district: District, rng: Random, tables: list[str]) -> Iterator[Planted]:
    """Break one of the row rules of each form that can be broken in one field."""
    for table in tables:
        of_rows = [rule for rule in rules(STAGED[table]) if rule.name.startswith("row__")]
        rng.shuffle(of_rows)
        for rule in of_rows:
            if planted := _plant(district, rng, table, rule):
                yield planted
                break


def _plant(district: District, rng: Random, table: str, rule: Rule) -> Planted | None:
    keys = district.untouched(table)
    for _ in range(_TRIES if keys else 0):
        key = rng.choice(keys)
        delivery = district.files[key].deliveries[0]
        record = rng.randrange(len(delivery.records))
        change = _find_breaking_change(rng, delivery, record, rule)
        if change is not None:
            return _plant_value(district, key, record, rule, *change)
    return None


def _plant_value(district: District, key: Key, record: int, rule: Rule, field: str, value: Any) -> Planted:
    def change(delivery: SentDelivery) -> None:
        delivery.records[record][field] = value

    sound = district.files[key].deliveries[0].records[record]
    shown = next(name for name in rule.fields if name in sound)
    file = (district.spoil if rule.severity == "reject" else district.alter)(key, change)
    kind = "row rule, rejects" if rule.severity == "reject" else "row rule, flags"
    path, sheet, cells = spot_of(file, record, shown)
    _, _, changed = spot_of(file, record, field)
    return Planted(kind, frozenset({rule.name}), ((path, sheet, cells | changed),))


def _find_breaking_change(
    rng: Random, delivery: SentDelivery, record: int, rule: Rule
) -> tuple[str, Any] | None:
    """Find a field and a value for it with which the record breaks this rule and no other."""
    by_name = {column.name: column for column in columns(STAGED[delivery.table])}
    sound = delivery.records[record]
    before = broken_rules(delivery, sound)
    fields = [name for name in rule.fields if name in sound and by_name[name].place is None]
    rng.shuffle(fields)
    for field in fields:
        others = [sound[name] for name in rule.fields if name in sound and name != field]
        for value in _other_values(rng, by_name[field], sound[field], others):
            if broken_rules(delivery, sound | {field: value}) - before == {rule.name}:
                return field, value
    return None


def _other_values(rng: Random, column: Column, now: Any, others: list[Any]) -> list[Any]:
    """List values that the field could have instead, near its own and those of other fields, in random order."""
    dtype = column.dtype
    if dtype == pl.Boolean:
        return [not now]
    if dtype.is_temporal():
        days = [timedelta(days=sign * number) for sign in (1, -1) for number in (40, 400, 1500)]
        near = [day for day in (now, *others) if hasattr(day, "toordinal")]
        values: list[Any] = [day + step for day in near for step in days]
    elif dtype.is_numeric():
        near = [
            number for number in (now, *others) if isinstance(number, int | Decimal) and number is not True
        ]
        values = [factor * number + 7 for number in near for factor in (1, 4, 60)] + [0, 1]
        values = [Decimal(number) if isinstance(dtype, pl.Decimal) else int(number) for number in values]
    else:
        values = [choice for choice in column.allowed or () if choice != now]
    rng.shuffle(values)
    return values + [None] * (column.nullable and now is not None)


def broken_rules(delivery: SentDelivery, record: Record) -> set[str]:
    """Evaluate the rules whose fields the record gives as values; return the names of those that it breaks."""
    model = STAGED[delivery.table]
    typed = {
        column.name: pl.Series(column.name, [record[column.name]], dtype=column.dtype, strict=False)
        for column in columns(model)
        if column.name in record and column.place is None and column.pii is None
    } | {"period": pl.Series("period", [delivery.period])}
    frame = pl.DataFrame(list(typed.values()))
    answerable = [rule for rule in rules(model) if set(rule.fields) <= typed.keys()]
    holds = frame.select(rule.holds.fill_null(True).alias(rule.name) for rule in answerable)
    return {name for name in holds.columns if holds[name][0] is False}
