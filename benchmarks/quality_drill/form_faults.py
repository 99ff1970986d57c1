"""Faults of whole files: form, reporter, period, unit of measure or totals are wrong, or the file is missing."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from benchmarks.county import STAGED
from benchmarks.quality_drill.planted import District, Key, Planted, spot_of, total_spot
from sample.district.sent import SentDelivery, SentFile, SheetLayout
from sample.faults import faults
from sample.faults.mishaps import usual_faults
from sample.files.layouts import contract
from sample.files.sheets import totalled_fields
from schemas.field import columns
from schemas.validate import DUPLICATE_RULE

_LATE = timedelta(days=60)
_LATE_BEFORE = "2022-10"
"""First period too late to be delayed: earlier files, sixty days late, still arrive before the last of all."""

_MANY_PERIODS = (
    "agri_processing",
    "living_environment",
    "rural_tourism",
    "monitored_household",
    "work_supervision",
)
"""Tables that are sent several times a year and are no half of a pair."""


def form_faults(district: District, rng: Random, tables: list[str]) -> Iterator[Planted]:
    """Plant one of the usual faults in each form that is a sheet of lines."""
    for table in tables:
        keys = [key for key in district.untouched(table) if _layout(district, key)]
        if keys:
            key = rng.choice(keys)
            yield _spoil(district, key, rng.choice(_usual_faults(district, key)))


def _usual_faults(district: District, key: Key) -> list[faults.Fault]:
    """List the usual faults; last year's form only where the year is in digits, which that fault changes."""
    is_in_digits = key[2][:4] in _delivery(district, key).stated_period
    return [f for f in usual_faults(district.files[key]) if is_in_digits or f is not faults.last_years_form]


def repeated_lines(district: District, rng: Random, tables: list[str]) -> Iterator[Planted]:
    """Plant a record that stands twice in its form: both lines have to be named."""
    for table in tables:
        keys = [key for key in district.untouched(table) if _layout(district, key)]
        if not keys:
            continue
        key = rng.choice(keys)
        at = rng.randrange(len(_delivery(district, key).records))
        file = district.spoil(key, partial(_repeat, at=at))
        record = file.deliveries[0].records[at]
        field = next(column.name for column in columns(STAGED[table]) if column.key and column.name in record)
        both = (spot_of(file, at, field), spot_of(file, at + 1, field))
        yield Planted("line twice", frozenset({DUPLICATE_RULE}), both)


def _repeat(delivery: SentDelivery, at: int) -> None:
    delivery.records.insert(at, dict(delivery.records[at]))


def unknown_units(district: District, rng: Random) -> Iterator[Planted]:
    """Plant a unit of measure that is none of money over money."""
    keys = [
        key
        for key in district.untouched()
        if _layout(district, key)
        and any(name.endswith("_yuan") for name in _delivery(district, key).records[0])
    ]
    yield _spoil(district, rng.choice(keys), faults.unknown_unit)


def reporting_faults(district: District, rng: Random) -> Iterator[Planted]:
    """Plant two files that never come, and two that come two months late."""
    keys = rng.sample([key for key in district.untouched() if _is_missed_alone(district, key)], 4)
    district.touch(*keys)
    for key in keys[:2]:
        evidence = _reporting_evidence(district, key)
        del district.files[key]
        yield Planted("never sent", frozenset({"reporting_complete"}), text=evidence)
    for key in keys[2:]:
        district.files[key].arrival += _LATE
        yield Planted("late", frozenset({"reporting_on_time"}), text=_reporting_evidence(district, key))


def _spoil(district: District, key: Key, fault: faults.Fault) -> Planted:
    def change(delivery: SentDelivery) -> None:
        file = SentFile("", "", "", "xlsx", delivery_file.arrival, [delivery])
        fault(file)

    delivery_file = district.files[key]
    file = district.spoil(key, change)
    delivery = file.deliveries[0]
    rule = str(delivery.rule)
    delivery.rule = None
    cells: frozenset[str] = frozenset()
    if rule == "delivery__control_total":
        cells = total_spot(file, totalled_fields(delivery)[0])[2]
    return Planted(
        fault.__name__.replace("_", " "), frozenset({rule}), ((file.path, "", cells),), whole_file=True
    )


def _layout(district: District, key: Key) -> SheetLayout | None:
    """Return the layout of the lines; None where the file is no sheet of lines."""
    layout = _delivery(district, key).layout
    return layout if isinstance(layout, SheetLayout) else None


def _delivery(district: District, key: Key) -> SentDelivery:
    return district.files[key].deliveries[0]


def _is_missed_alone(district: District, key: Key) -> bool:
    """Return whether no other check would notice its absence: no reporter's first, and no half of a pair."""
    table, reporter, period = key
    earlier = [k for k in district.files if k[:2] == (table, reporter) and k[2] < period]
    return table in _MANY_PERIODS and bool(earlier) and period < _LATE_BEFORE


def _reporting_evidence(district: District, key: Key) -> tuple[str, ...]:
    """Give the parts of the evidence by which a reporting check names a delivery."""
    title = contract(_delivery(district, key).contract).title[0]
    return f"form_title={title}，", f"reporter_code={key[1]}，", f"period={key[2]}，"
