"""Faults against the rules of a row: a sound record is changed in one field until it breaks just that rule."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl

from benchmarks.quality_drill.planted import District, Key, Planted, spot_of
from sample.district.sent import Record, SentDelivery
from schemas.catalogue import STAGED
from schemas.field import Column, columns
from schemas.validate import Rule, rules

_TRIES = 12


def rule_faults(district: District, rng: Random, tables: list[str]) -> Iterator[Planted]:
    """For each form, one of its row rules that can be broken in one field."""
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
        broken = _break(rng, delivery, record, rule)
        if broken is not None:
            return _planted(district, key, record, rule, *broken)
    return None


def _planted(district: District, key: Key, record: int, rule: Rule, field: str, value: Any) -> Planted:
    def change(delivery: SentDelivery) -> None:
        delivery.records[record][field] = value

    said = district.files[key].deliveries[0].records[record]
    shown = next(name for name in rule.fields if name in said)
    file = (district.spoil if rule.severity == "reject" else district.alter)(key, change)
    kind = "row rule, rejects" if rule.severity == "reject" else "row rule, flags"
    path, sheet, cells = spot_of(file, record, shown)
    _, _, changed = spot_of(file, record, field)
    return Planted(kind, frozenset({rule.name}), ((path, sheet, cells | changed),))


def _break(rng: Random, delivery: SentDelivery, record: int, rule: Rule) -> tuple[str, Any] | None:
    """A field and a value for it with which the record breaks this rule and no other."""
    known = {column.name: column for column in columns(STAGED[delivery.table])}
    said = delivery.records[record]
    before = broken(delivery, said)
    fields = [name for name in rule.fields if name in said and known[name].place is None]
    rng.shuffle(fields)
    for field in fields:
        others = [said[name] for name in rule.fields if name in said and name != field]
        for value in _other_values(rng, known[field], said[field], others):
            if broken(delivery, said | {field: value}) - before == {rule.name}:
                return field, value
    return None


def _other_values(rng: Random, column: Column, now: Any, others: list[Any]) -> list[Any]:
    """Values that the field could have instead."""
    dtype = column.dtype
    if dtype == pl.Boolean:
        return [not now]
    if dtype.is_temporal():
        days = [timedelta(days=sign * number) for sign in (1, -1) for number in (40, 400, 1500)]
        near = [day for day in (now, *others) if hasattr(day, "toordinal")]
        found: list[Any] = [day + step for day in near for step in days]
    elif dtype.is_numeric():
        near = [
            number for number in (now, *others) if isinstance(number, int | Decimal) and number is not True
        ]
        found = [kind * number + 7 for number in near for kind in (1, 4, 60)] + [0, 1]
        found = [Decimal(number) if isinstance(dtype, pl.Decimal) else int(number) for number in found]
    else:
        found = [choice for choice in column.allowed or () if choice != now]
    rng.shuffle(found)
    return found + [None] * (column.nullable and now is not None)


def broken(delivery: SentDelivery, record: Record) -> set[str]:
    """The rules that a record breaks, of those that need no more than what it says."""
    model = STAGED[delivery.table]
    typed = {
        column.name: pl.Series(column.name, [record[column.name]], dtype=column.dtype, strict=False)
        for column in columns(model)
        if column.name in record and column.place is None and column.pii is None
    } | {"period": pl.Series("period", [delivery.period])}
    frame = pl.DataFrame(list(typed.values()))
    answerable = [rule for rule in rules(model) if set(rule.fields) <= typed.keys()]
    held = frame.select(rule.holds.fill_null(True).alias(rule.name) for rule in answerable)
    return {name for name in held.columns if held[name][0] is False}
