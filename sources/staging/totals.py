"""Reconciliation of printed totals with the rows above them: equality at the printed precision."""

import re
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from schemas.field import Column
from sources.home.receipts import ControlTotal
from sources.layout.draft import PrintedTotal
from sources.staging.parse import Parsed
from sources.text.squeeze import squeeze
from sources.text.values import Unread, is_missing, parse_number, read_own_scale

ROWS = "*"
"""The field name under which a trailer counts rows."""
_SHOWN_DECIMALS = re.compile(r"\.(\d+)")
_MOST_DECIMALS = 6  # beyond this, what a workbook stores is the noise of binary fractions


class Sums:
    """Sums of a delivery's candidate rows, accepted or not, and the fields with unreadable cells."""

    def __init__(self, *, keep_rows: bool) -> None:
        self._keep_rows = keep_rows
        self._rows: list[pl.DataFrame] = []
        self._totals: dict[str, Decimal] = {}
        self._out_of_sight: dict[str, Decimal] = {}
        self.unread: set[str] = set()
        self.height = 0

    def add(self, parsed: Parsed, marks: pl.Series | None = None) -> None:
        """Add one batch. marks: not null for rows that are hidden or struck out."""
        _add_sums(self._totals, parsed.values)
        if marks is not None:
            _add_sums(self._out_of_sight, parsed.values.filter(marks.is_not_null()))
        self.height += parsed.values.height
        self.unread |= set(parsed.unread["field"])
        if self._keep_rows:
            hidden = pl.lit(False) if marks is None else marks.is_not_null()
            self._rows.append(parsed.values.with_columns(hidden.alias(_HIDDEN)))

    def of(self, field: str, rows: tuple[int, int] | None) -> Decimal:
        """Return the sum of a field over some candidates (half open), or all; for ROWS their number."""
        if field == ROWS:
            return Decimal(self.height)
        if rows is None or not self._rows:  # a report that there is nothing has no rows
            return self._totals.get(field, Decimal(0))
        return _sum(pl.concat(self._rows)[field][rows[0] : rows[1]])

    def out_of_sight(self, field: str, rows: tuple[int, int] | None) -> Decimal:
        """Return the part of a sum that is hidden or struck out."""
        if rows is None or not self._out_of_sight:
            return self._out_of_sight.get(field, Decimal(0))
        return _sum(pl.concat(self._rows)[rows[0] : rows[1]].filter(_HIDDEN)[field])


_HIDDEN = "is hidden"


def _add_sums(totals: dict[str, Decimal], values: pl.DataFrame) -> None:
    for column in values.iter_columns():
        if column.dtype.is_numeric() or column.dtype == pl.Boolean:
            totals[column.name] = totals.get(column.name, Decimal(0)) + _sum(column)


def _sum(values: pl.Series) -> Decimal:
    return Decimal(str(values.sum() or 0))


def reconcile(
    printed: list[PrintedTotal], sums: Sums, as_sent: Sums, table: dict[str, Column]
) -> list[ControlTotal]:
    """Reconcile every printed total with its rows. One that is left blank is no control total.

    sums: of the rows as corrected; as_sent: without the corrections. A total agrees if it does with either:
    a sender may have added up the intended figures, or those in the cells.
    """
    control_totals = []
    for total in printed:
        if not is_missing(total.text):
            column = table.get(total.field)
            by_corrected = _reconcile_total(total, sums, column)
            by_sent = by_corrected if by_corrected.agrees else _reconcile_total(total, as_sent, column)
            control_totals.append(by_sent if by_sent.agrees else by_corrected)
    return control_totals


def _reconcile_total(total: PrintedTotal, sums: Sums, column: Column | None) -> ControlTotal:
    computed, unit = sums.of(total.field, total.rows), column.unit if column else None
    try:
        stated = parse_number(total.text, total.scale, unit, 18, _MOST_DECIMALS)
    except Unread:
        stated = None
    scale = read_own_scale(total.text, unit) or total.scale
    agrees = stated is not None and _agree(stated, computed, total, scale)
    hidden = sums.out_of_sight(total.field, total.rows)
    return ControlTotal(
        sheet=total.sheet,
        cell=total.cell,
        field=total.field,
        label=total.label,
        printed=stated,
        computed=computed,
        agrees=agrees,
        fits_visible=not agrees
        and hidden != 0
        and stated is not None
        and _agree(stated, computed - hidden, total, scale),
    )


def _agree(stated: Decimal, computed: Decimal, total: PrintedTotal, scale: Decimal) -> bool:
    """Tell whether two sums are equal at the printed precision, or as near as rounded rows allow."""
    squeezed = squeeze(total.text)
    is_exponential = "e" in squeezed.lower()
    shown = _SHOWN_DECIMALS.search(squeezed)
    decimals = _MOST_DECIMALS if is_exponential else min(len(shown[1]) if shown else 0, _MOST_DECIMALS)
    if abs(stated - computed) <= total.slack:
        return True
    return _round(stated / scale, decimals) == _round(computed / scale, decimals)


def _round(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
