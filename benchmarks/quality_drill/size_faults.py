"""Faults of size: a number that is far off, one in another unit of measure, a whole form in another unit."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.quality_drill.planted import District, Key, Planted, spot_of, total_spot
from benchmarks.quality_drill.rule_faults import broken
from sample.district.sent import SentDelivery, Value
from schemas.catalogue import STAGED
from schemas.field import columns
from schemas.validate import Rule, rules
from schemas.watched import watched

_OFF_HISTORY = (30, 45, 60)
_OFF_PEERS = (400, 500)
_FEWEST = 25
"""Counts below this are not made smaller or larger: the checks do not compare small counts."""


def size_faults(district: District, rng: Random, outliers: int, slips: int) -> Iterator[Planted]:
    """Outliers and slips of unit in drawn columns of drawn forms."""
    for _ in range(outliers):
        yield from _plant(district, rng, is_slip=False)
    for _ in range(slips):
        yield from _plant(district, rng, is_slip=True)
    yield from _whole_form(district, rng)


def _plant(district: District, rng: Random, *, is_slip: bool) -> list[Planted]:
    """One number of a watched column; none where no form is left untouched."""
    tables = [fact.removeprefix("fact_") for fact in watched().fact if district.untouched(_staged(fact))]
    rng.shuffle(tables)
    for table in tables:
        said = watched().fact[f"fact_{table}"]
        field = rng.choice(sorted(said.columns))
        usual = _OFF_HISTORY if said.entity else _OFF_PEERS
        factor = rng.choice(said.columns[field] if is_slip else usual)
        key = rng.choice(district.untouched(_staged(f"fact_{table}")))
        record = _fitting(district.files[key].deliveries[0], rng, field, factor)
        if record is not None:
            kind = ("slip of unit" if is_slip else "outlier") + (", history" if said.entity else ", peers")
            return [_planted(district, key, record, field, factor, f"fact_{table}", kind, is_slip)]
    return []


def _staged(fact: str) -> str:
    return fact.removeprefix("fact_")


def _planted(
    district: District, key: Key, record: int, field: str, factor: int, fact: str, kind: str, is_slip: bool
) -> Planted:
    def change(delivery: SentDelivery) -> None:
        said: dict[str, Any] = delivery.records[record]
        said[field] *= factor

    before = district.files[key].deliveries[0]
    breaks = _breaks(before, record, field, factor)
    file = (district.spoil if breaks else district.alter)(key, change)
    names = {f"{fact}__unit_slip"} if is_slip else {f"{fact}__outlier", f"{fact}__unit_slip"}
    compared = {field, *(name for rule in breaks for name in rule.fields if name in before.records[record])}
    path, sheet, _ = spot_of(file, record, field)
    cells = frozenset(cell for name in compared for cell in spot_of(file, record, name)[2])
    rules_broken = frozenset({rule.name for rule in breaks} or names)
    return Planted(kind, rules_broken, ((path, sheet, cells),), follows=(total_spot(file, field),))


def _breaks(delivery: SentDelivery, record: int, field: str, factor: int) -> list[Rule]:
    """The rejecting rules of the row that so large a number breaks, all of which find it first."""
    said: dict[str, Any] = delivery.records[record]
    new = broken(delivery, said | {field: said[field] * factor}) - broken(delivery, said)
    return [rule for rule in rules(STAGED[delivery.table]) if rule.severity == "reject" and rule.name in new]


def _fitting(delivery: SentDelivery, rng: Random, field: str, factor: int) -> int | None:
    """A record whose number can be so many times as large."""
    most = {column.name: column for column in columns(STAGED[delivery.table])}[field]
    fitting = [number for number, said in enumerate(delivery.records) if _is_large_enough(said.get(field))]
    assert most.dtype.is_numeric()
    return rng.choice(fitting) if fitting else None


def _is_large_enough(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= _FEWEST


def _whole_form(district: District, rng: Random) -> Iterator[Planted]:
    """A form whose money was typed in yuan under a heading of ten thousand yuan."""
    tables = ["fiscal_fund", "village_project", "infrastructure_project"]
    keys = [key for table in tables for key in district.untouched(table) if len(_records(district, key)) >= 8]
    if not keys:
        return
    key = rng.choice(keys)
    field = rng.choice([name for name in watched().fact[f"fact_{key[0]}"].columns if name.endswith("_yuan")])
    money = [name for name in _records(district, key)[0] if name.endswith("_yuan")]

    def change(delivery: SentDelivery) -> None:
        for said in delivery.records:
            for name in money:
                if isinstance(said[name], int | Decimal):
                    said[name] = said[name] * 10_000  # type: ignore[operator]

    file = district.alter(key, change)
    spots = [
        spot_of(file, number, name) for number in range(len(file.deliveries[0].records)) for name in money
    ]
    shown = [
        spot_of(file, number, field) for number, said in enumerate(file.deliveries[0].records) if said[field]
    ]
    everything = (file.path, shown[0][1], frozenset().union(*(cells for *_, cells in spots)))
    yield Planted(
        "whole form in another unit", frozenset({f"fact_{key[0]}__unit_slip"}), (*shown, everything)
    )


def _records(district: District, key: Key) -> list[Any]:
    return district.files[key].deliveries[0].records
