"""Faults in one cell: impossible values that a clerk types, by the kind of the field."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import polars as pl

from benchmarks.county import STAGED
from benchmarks.quality_drill.planted import District, Key, Planted, spot_of
from sample.district.people import with_wrong_check
from sample.district.sent import ErrorCell, Layout, SentDelivery, SheetLayout, Value
from sample.files.layouts import contract
from schemas.field import Column, columns
from schemas.validate import rules

Wrong = Callable[[Random, Column, SentDelivery, int], Value | None]
"""Gives a wrong value for a field of a record (by number); None where this kind of fault cannot befall it."""


def _words(rng: Random, column: Column, _delivery: SentDelivery, _record: int) -> Value | None:
    return rng.choice(("约三百", "见附表", "不详2")) if column.dtype.is_numeric() else None


def _no_such_day(rng: Random, column: Column, delivery: SentDelivery, record: int) -> Value | None:
    is_day = column.dtype.is_temporal() and delivery.records[record][column.name] is not None
    return rng.choice(("去年秋天", "2022年13月3日")) if is_day else None


def _formula_error(rng: Random, column: Column, delivery: SentDelivery, _record: int) -> Value | None:
    is_typed = column.dtype.is_numeric() and isinstance(delivery.layout, SheetLayout)
    return ErrorCell(rng.choice(("#DIV/0!", "#REF!", "#VALUE!"))) if is_typed else None


def _below_zero(rng: Random, column: Column, delivery: SentDelivery, _record: int) -> Value | None:
    return -rng.randint(2, 900) if _has_rule(delivery.table, column.name, "greater_than") else None


def _off_list(rng: Random, column: Column, delivery: SentDelivery, record: int) -> Value | None:
    is_closed = column.allowed is not None and "*" not in _value_names(delivery, column.name)
    return rng.choice(("其它类别", "待定")) if is_closed and delivery.records[record][column.name] else None


def _unknown_place(rng: Random, column: Column, delivery: SentDelivery, record: int) -> Value | None:
    is_place = column.place is not None and delivery.records[record][column.name]
    return rng.choice(("下窝塞村", "王家疃庄")) if is_place else None


def _wrong_check(_rng: Random, column: Column, delivery: SentDelivery, record: int) -> Value | None:
    value = delivery.records[record][column.name]
    has_check = _has_rule(delivery.table, column.name, "check_")
    return with_wrong_check(str(value)) if has_check and value and len(str(value)) == 18 else None


def _as_number(_rng: Random, column: Column, delivery: SentDelivery, record: int) -> Value | None:
    text = str(delivery.records[record][column.name])
    is_code = column.dtype == pl.String and column.place is None and column.allowed is None
    types_numbers = isinstance(delivery.layout, SheetLayout) and delivery.layout.numbers == ("number",)
    return int(text) if types_numbers and is_code and text.isdigit() and len(text) >= 6 else None


def _blank(_rng: Random, column: Column, _delivery: SentDelivery, _record: int) -> Value | None:
    return "" if not column.nullable and column.place is None and not column.key else None


_FAULTS: dict[str, tuple[Wrong, tuple[str, ...]]] = {
    "words for a number": (_words, ("parse",)),
    "no such day": (_no_such_day, ("parse",)),
    "formula error": (_formula_error, ("error_cell",)),
    "below zero": (_below_zero, ("greater_than_or_equal_to", "greater_than")),
    "not on the list": (_off_list, ("isin",)),
    "unknown place": (_unknown_place, ("unknown_place",)),
    "wrong check digit": (_wrong_check, ("check_character", "check_digit")),
    "required, left blank": (_blank, ("required",)),
    "identifier as a number": (_as_number, ("number_as_identifier",)),
}


def cell_faults(district: District, rng: Random, tables: list[str]) -> Iterator[Planted]:
    """Plant one fault of each kind in a field drawn from all forms, and one in each of these forms."""
    for kind in _FAULTS:
        yield from _plant(district, rng, kind, district.untouched())
    for table in tables:
        kinds = list(_FAULTS)
        rng.shuffle(kinds)
        yield from next(
            filter(None, (_plant(district, rng, kind, district.untouched(table)) for kind in kinds)), []
        )


def _plant(district: District, rng: Random, kind: str, keys: list[Key]) -> list[Planted]:
    """Plant a fault in some field of some record of these deliveries; nothing where it cannot befall any."""
    wrong, names = _FAULTS[kind]
    tables = sorted({key[0] for key in keys})
    rng.shuffle(tables)
    for table in tables:
        key = rng.choice([key for key in keys if key[0] == table])
        delivery = district.files[key].deliveries[0]
        fields = [column for column in columns(STAGED[table]) if column.name in _fields_in_layout(delivery)]
        rng.shuffle(fields)
        record = rng.randrange(len(delivery.records))
        for column in fields:
            value = wrong(rng, column, delivery, record)
            if value is not None:
                return [_plant_value(district, key, kind, record, column.name, value, names)]
    return []


def _plant_value(
    district: District, key: Key, kind: str, record: int, field: str, value: Value, names: tuple[str, ...]
) -> Planted:
    def change(delivery: SentDelivery) -> None:
        delivery.records[record][field] = value
        delivery.layout = _without_totals(delivery)

    file = district.spoil(key, change)
    expected = frozenset(f"{field}__{name}" for name in names)
    return Planted(kind, expected, (spot_of(file, record, field),))


def _without_totals(delivery: SentDelivery) -> Layout:
    """Give the layout without totals: over a cell that is no number they would be a fault of their own."""
    layout = delivery.layout
    return replace(layout, totals="none", subtotals_by=None) if isinstance(layout, SheetLayout) else layout


def _fields_in_layout(delivery: SentDelivery) -> set[str]:
    layout = delivery.layout
    if isinstance(layout, SheetLayout):
        return {column.field for column in layout.columns}
    return set(delivery.records[0]) - {"amount_yuan"}  # the trailer adds it up, which words would break


def _value_names(delivery: SentDelivery, field: str) -> dict[str, str]:
    """Return the words that the contract reads as values of a field; `*` stands for any other word."""
    return contract(delivery.contract).values.get(field, {})


def _has_rule(table: str, field: str, name: str) -> bool:
    return any(rule.name.startswith(f"{field}__{name}") for rule in rules(STAGED[table]))
