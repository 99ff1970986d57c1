"""What all figures of a division and year are counted from, in one pass over their rows: for pages, not for one question.

Put here: deliveries and first rows of every term. Keep out: all rows of one figure, see `trace`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

Query = Callable[[str, Mapping[str, object]], pl.DataFrame]
"""Runs SQL with named parameters on the published warehouse."""

_Places = Mapping[tuple[object, ...], tuple[str, Decimal]]
"""Of a field: its cell, or the letters of its column, and its unit scale."""

_TERMS, _AMOUNTS, _PLACES = (
    Path(__file__).with_name(f"traced_year{name}.sql").read_text("utf-8")
    for name in ("", "_amounts", "_places")
)


@dataclass(frozen=True)
class CountedRow:
    """A row that a term counts. cell: the address of the field's cell, also of a line of the division list.

    unit_scale: how many times the field's unit the unit of the file is.
    """

    sheet_name: str
    sheet_row: int
    field: str
    cell: str
    parsed_value: str | None
    value: Decimal | None
    is_corrected: bool
    unit_scale: Decimal


@dataclass(frozen=True)
class CountedDelivery:
    """A delivery that a term counts rows of. contract: None for the division list, whose rows nobody reported.

    columns: letters of the columns that fields were read from, where its file is a text, in their order.
    amount: the sum of its rows, None where keys are counted. first_rows: the first of row_count.
    """

    delivery_id: str
    reporter_name: str | None
    form_title: str | None
    reported_period: str | None
    file_name: str
    file_sha256: str
    contract: str | None
    staged_table: str | None
    row_count: int
    amount: Decimal | None
    first_rows: tuple[CountedRow, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountedTerm:
    """A term of a figure: `value`, or `numerator` and `denominator`. amount: as published."""

    term: str
    aggregate: str
    amount: Decimal | None
    deliveries: tuple[CountedDelivery, ...] = field(default=())

    @property
    def row_count(self) -> int:
        """Number of counted rows of all deliveries."""
        return sum(delivery.row_count for delivery in self.deliveries)


def read_counted_terms(
    query: Query, period: str, division_code: str, row_limit: int
) -> dict[str, list[CountedTerm]]:
    """Read the terms of every figure, by indicator. row_limit: how many rows of a delivery, the first, are kept."""
    of_division = {"period": period, "division_code": division_code}
    rows = query(_TERMS, of_division | {"row_limit": row_limit}).to_dicts()
    deliveries = sorted({row["delivery_id"] for row in rows})
    places = {
        tuple(key): (cell or letters, Decimal(scale))
        for *key, letters, cell, scale in query(_PLACES, {"delivery_ids": deliveries}).iter_rows()
    }
    columns = _columns_of_texts(places)
    amounts = {row.pop("indicator_code"): row for row in query(_AMOUNTS, of_division).to_dicts()}
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["indicator_code"], row["term"], row["aggregate"]), []).append(row)
    terms: dict[str, list[CountedTerm]] = {}
    for (code, term, aggregate), group in groups.items():
        counted = tuple(_delivery(row, places, columns) for row in group)
        terms.setdefault(code, []).append(CountedTerm(term, aggregate, amounts[code][term], counted))
    return terms


def _columns_of_texts(places: _Places) -> dict[object, tuple[str, ...]]:
    """Give the letters of the columns that a text was read from, by delivery; a text has no sheet."""
    letters: dict[object, set[str]] = {}
    for (delivery_id, sheet_name, *_), (place, _) in places.items():
        if sheet_name == "" and place.isalpha():
            letters.setdefault(delivery_id, set()).add(place)
    return {
        delivery: tuple(sorted(of_text, key=lambda text: (len(text), text)))
        for delivery, of_text in letters.items()
    }


def _delivery(
    row: dict[str, Any], places: _Places, columns: Mapping[object, tuple[str, ...]]
) -> CountedDelivery:
    known = {column.name for column in fields(CountedDelivery)}
    given = {name: value for name, value in row.items() if name in known}
    if row["aggregate"] == "count_distinct":
        given["amount"] = None
    given["first_rows"] = tuple(_row(row["delivery_id"], first, places) for first in row["first_rows"])
    return CountedDelivery(**given, columns=columns.get(row["delivery_id"], ()))


def _row(delivery_id: str, row: dict[str, Any], places: _Places) -> CountedRow:
    key = (delivery_id, row["sheet_name"], row["sheet_block"], row["field"])
    place, unit_scale = places.get(key, ("A", Decimal(1)))
    return CountedRow(
        sheet_name=row["sheet_name"],
        sheet_row=row["sheet_row"],
        field=row["field"],
        cell=place if place[-1:].isdigit() else f"{place}{row['sheet_row']}",
        parsed_value=row["parsed_value"],
        value=row["value"],
        is_corrected=row["field"] in (row["corrected"] or "").split(";"),
        unit_scale=unit_scale,
    )
