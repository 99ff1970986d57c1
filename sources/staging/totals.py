"""Reconciliation of printed totals with the rows above them: equality at the printed precision."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from schemas.field import Column
from sources.home.receipts import ControlTotal
from sources.layout.draft import PrintedTotal
from sources.staging.parse import Parsed
from sources.text.squeeze import squeeze
from sources.text.values import Unread, is_missing, parse_number

ROWS = "*"
"""The field name under which a trailer counts rows."""
_MOST_DECIMALS = 6  # beyond this, what a workbook stores is the noise of binary fractions


class Sums:
    """Sums of a delivery's candidate rows, accepted or not, and the fields with unreadable cells."""

    def __init__(self, *, keep_rows: bool) -> None:
        self._keep_rows = keep_rows
        self._rows: list[pl.DataFrame] = []
        self._totals: dict[str, Decimal] = {}
        self.unread: set[str] = set()
        self.height = 0

    def add(self, parsed: Parsed) -> None:
        """Add one batch."""
        for values in parsed.values.iter_columns():
            if values.dtype.is_numeric() or values.dtype == pl.Boolean:
                self._totals[values.name] = self._totals.get(values.name, Decimal(0)) + _sum(values)
        self.height += parsed.values.height
        self.unread |= set(parsed.unread["field"])
        if self._keep_rows:
            self._rows.append(parsed.values)

    def of(self, field: str, rows: tuple[int, int] | None) -> Decimal:
        """Return the sum of a field over some candidates (half open), or all; for ROWS their number."""
        if field == ROWS:
            return Decimal(self.height)
        if rows is None:
            return self._totals.get(field, Decimal(0))
        return _sum(pl.concat(self._rows)[field][rows[0] : rows[1]])


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
    computed = sums.of(total.field, total.rows)
    try:
        stated = parse_number(total.text, Decimal(1), column.unit if column else None, 18, _MOST_DECIMALS)
    except Unread:
        stated = None
    squeezed = squeeze(total.text)
    is_exponential = "e" in squeezed.lower()
    decimals = _MOST_DECIMALS if is_exponential else min(len(squeezed.partition(".")[2]), _MOST_DECIMALS)
    return ControlTotal(
        sheet=total.sheet,
        cell=total.cell,
        field=total.field,
        label=total.label,
        printed=None if stated is None else stated * total.scale,
        computed=computed,
        agrees=stated is not None and _round(stated, decimals) == _round(computed / total.scale, decimals),
    )


def _round(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
