"""Printed totals against the rows above them: an equality at the printed precision."""

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
    """What the candidate rows of a delivery add up to, accepted or not, and which cells could not be read."""

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
        """The sum of a field over some candidates (half open), or all."""
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
    """Hold every printed total against its rows. One that is left blank is no control total.

    sums: of the rows as corrected; as_sent: without the corrections. A total agrees if it does with either:
    a sender may have added up what was meant, or what stands there.
    """
    found = []
    for one in printed:
        if not is_missing(one.text):
            column = table.get(one.field)
            corrected = _hold(one, sums, column)
            sent = corrected if corrected.agrees else _hold(one, as_sent, column)
            found.append(sent if sent.agrees else corrected)
    return found


def _hold(one: PrintedTotal, sums: Sums, column: Column | None) -> ControlTotal:
    computed = sums.of(one.field, one.rows)
    try:
        stated = parse_number(one.text, Decimal(1), column.unit if column else None, 18, _MOST_DECIMALS)
    except Unread:
        stated = None
    said = squeeze(one.text)
    decimals = min(len(said.partition(".")[2]), _MOST_DECIMALS) if "e" not in said.lower() else _MOST_DECIMALS
    return ControlTotal(
        sheet=one.sheet,
        cell=one.cell,
        field=one.field,
        label=one.label,
        printed=None if stated is None else stated * one.scale,
        computed=computed,
        agrees=stated is not None and _round(stated, decimals) == _round(computed / one.scale, decimals),
    )


def _round(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
