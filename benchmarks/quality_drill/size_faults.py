"""Faults of size: outliers, a number in another unit of measure, a whole form in another unit."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.county import CATALOGUE, STAGED
from benchmarks.quality_drill.planted import District, Key, Planted, spot_of, total_spot
from benchmarks.quality_drill.rule_faults import broken_rules
from sample.district.sent import SentDelivery, Value
from schemas.field import columns
from schemas.rule import Rule
from schemas.validate import rules

_OFF_HISTORY = (30, 45, 60)
_OFF_PEERS = (400, 500)
_FEWEST = 25
"""Numbers below this are left as they are: the checks do not compare small counts."""


def size_faults(district: District, rng: Random, outliers: int, slips: int) -> Iterator[Planted]:
    """Plant so many outliers and slips of unit in drawn columns of drawn forms, and one form in another unit."""
    for _ in range(outliers):
        yield from _plant(district, rng, is_slip=False)
    for _ in range(slips):
        yield from _plant(district, rng, is_slip=True)
    yield from _whole_form(district, rng)


def _plant(district: District, rng: Random, *, is_slip: bool) -> list[Planted]:
    """Plant one number in a watched column; nothing where no form is left untouched."""
    tables = [
        fact.removeprefix("fact_")
        for fact in CATALOGUE.watched.fact
        if district.untouched(_staged_table(fact))
    ]
    rng.shuffle(tables)
    for table in tables:
        fact = CATALOGUE.watched.fact[f"fact_{table}"]
        field = rng.choice(sorted(fact.columns))
        usual = _OFF_HISTORY if fact.entity else _OFF_PEERS
        factor = rng.choice(fact.columns[field] if is_slip else usual)
        key = rng.choice(district.untouched(_staged_table(f"fact_{table}")))
        record = _draw_record(district.files[key].deliveries[0], rng, field)
        if record is not None:
            kind = ("slip of unit" if is_slip else "outlier") + (", history" if fact.entity else ", peers")
            return [_plant_factor(district, key, record, field, factor, f"fact_{table}", kind, is_slip)]
    return []


def _staged_table(fact: str) -> str:
    return fact.removeprefix("fact_")


def _plant_factor(
    district: District, key: Key, record: int, field: str, factor: int, fact: str, kind: str, is_slip: bool
) -> Planted:
    def change(delivery: SentDelivery) -> None:
        changed: dict[str, Any] = delivery.records[record]
        changed[field] *= factor

    before = district.files[key].deliveries[0]
    breaks = _rejecting_rules(before, record, field, factor)
    file = (district.spoil if breaks else district.alter)(key, change)
    names = {f"{fact}__unit_slip"} if is_slip else {f"{fact}__outlier", f"{fact}__unit_slip"}
    compared = {field, *(name for rule in breaks for name in rule.fields if name in before.records[record])}
    path, sheet, _ = spot_of(file, record, field)
    cells = frozenset(cell for name in compared for cell in spot_of(file, record, name)[2])
    rules_broken = frozenset({rule.name for rule in breaks} or names)
    return Planted(kind, rules_broken, ((path, sheet, cells),), follows=(total_spot(file, field),))


def _rejecting_rules(delivery: SentDelivery, record: int, field: str, factor: int) -> list[Rule]:
    """List the rejecting row rules that the number times the factor breaks: they reject it before any check."""
    sound: dict[str, Any] = delivery.records[record]
    changed = sound | {field: sound[field] * factor}
    new = broken_rules(delivery, changed) - broken_rules(delivery, sound)
    return [rule for rule in rules(STAGED[delivery.table]) if rule.severity == "reject" and rule.name in new]


def _draw_record(delivery: SentDelivery, rng: Random, field: str) -> int | None:
    """Draw the number of a record whose value in this field is large enough to be compared; None without any."""
    column = {column.name: column for column in columns(STAGED[delivery.table])}[field]
    assert column.dtype.is_numeric()
    records = [
        number for number, record in enumerate(delivery.records) if _is_large_enough(record.get(field))
    ]
    return rng.choice(records) if records else None


def _is_large_enough(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= _FEWEST


def _whole_form(district: District, rng: Random) -> Iterator[Planted]:
    """Plant a form whose money was typed in yuan under a heading of ten thousand yuan."""
    tables = ["fiscal_fund", "village_project", "infrastructure_project"]
    keys = [key for table in tables for key in district.untouched(table) if len(_records(district, key)) >= 8]
    if not keys:
        return
    key = rng.choice(keys)
    field = rng.choice(
        [name for name in CATALOGUE.watched.fact[f"fact_{key[0]}"].columns if name.endswith("_yuan")]
    )
    money = [name for name in _records(district, key)[0] if name.endswith("_yuan")]

    def change(delivery: SentDelivery) -> None:
        for record in delivery.records:
            for name in money:
                amount = record[name]
                if isinstance(amount, int | Decimal):
                    record[name] = amount * 10_000

    file = district.alter(key, change)
    spots = [
        spot_of(file, number, name) for number in range(len(file.deliveries[0].records)) for name in money
    ]
    shown = [
        spot_of(file, number, field)
        for number, record in enumerate(file.deliveries[0].records)
        if record[field]
    ]
    everything = (file.path, shown[0][1], frozenset().union(*(cells for *_, cells in spots)))
    yield Planted(
        "whole form in another unit", frozenset({f"fact_{key[0]}__unit_slip"}), (*shown, everything)
    )


def _records(district: District, key: Key) -> list[Any]:
    return district.files[key].deliveries[0].records
