"""The columns that a blank form asks for, and the texts that each of them may be chosen from."""

from dataclasses import replace
from datetime import date

import polars as pl

from schemas.field import Column, Place
from sources.county.contract import Contract, WorkbookContract
from sources.county.lists.reporters import Reporter
from sources.county.places import Places

TOWNSHIP = "township"
"""The column that names the township of a row's village: read with the row, but not a column of the table."""


def columns_of(contract: Contract, table: list[Column]) -> list[Column]:
    """List the columns that the contract knows, in its order, as they are filled.

    Fields that lines state come first, the township before the places.
    """
    layout = contract.workbook if isinstance(contract, WorkbookContract) else None
    stated = [*layout.lines, *filter(None, [layout.value_name])] if layout else []
    by_name = {column.name: _as_filled(contract, column) for column in table}
    asked = [by_name[name] for name in dict.fromkeys([*stated, *contract.columns])]
    if contract.places.township and township_field(contract) is None:
        first = next((at for at, column in enumerate(asked) if column.place), len(asked))
        only_villages = all(column.place == "village" for column in asked if column.place)
        title = contract.places.township[0]
        asked.insert(first, _make_township_column(title, "township" if only_villages else "township_level"))
    return asked


def _as_filled(contract: Contract, column: Column) -> Column:
    """Return a column with the unit and the level of places by which the contract has it filled."""
    units = contract.units | contract.template.units
    unit, level = units.get(column.name, column.unit), contract.level_of(column)
    return column if (unit, level) == (column.unit, column.place) else replace(column, unit=unit, place=level)


def township_field(contract: Contract) -> str | None:
    """Find the field that the column of townships fills as well, if any."""
    headers = set(contract.places.township)
    return next((name for name, known in contract.columns.items() if headers.intersection(known)), None)


def _make_township_column(title: str, level: Place) -> Column:
    return Column(
        name=TOWNSHIP, dtype=pl.String(), title=title, description="村所在的乡镇（社区的街道），名称在其中查找", unit=None,
        key=False, references=None, pii=None, place=level, nullable=True, blank=None, blank_only_if_absent=False,
        watch=(), unwatched=None, allowed=None,
    )  # fmt: skip


def choices(column: Column, contract: Contract, reporter: Reporter, places: Places, on: date) -> list[str]:
    """List the texts of a closed list: 是 and 否, what the table allows, or places; none for any other column.

    on: the day whose places are listed, where the contract names none.
    """
    if column.dtype == pl.Boolean:
        return ["是", "否"]
    if column.allowed is not None:
        return list(column.allowed)
    if column.place is None:
        return []
    on = contract.places.on or on
    within = own_division(reporter) if column.name != TOWNSHIP else None
    has_township = bool(contract.places.township) and column.name != TOWNSHIP
    names = [
        place.name
        for place in places.inside(column.place, within, on)
        if place.code.startswith(reporter.division_code[:6])
        if places.resolve(place.name, column.place, place.parent_code if has_township else within, on)[0]
    ]
    return list(dict.fromkeys(names))


def own_division(reporter: Reporter) -> str | None:
    """Return the division inside which a township's or subdistrict's place names are looked up; else None."""
    return reporter.division_code if reporter.kind in ("township", "subdistrict") else None
