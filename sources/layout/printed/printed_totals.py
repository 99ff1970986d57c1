"""Totals that a sheet prints: which rows each adds up, by how much it may be off, and where totals are not there."""

import re
from decimal import Decimal

import polars as pl

from schemas.field import Column
from sources.home.receipts import Reason
from sources.layout.block_content import UNCALCULATED, BlockContent, TotalRow, adds_up
from sources.layout.draft import PrintedTotal, refuse

_DECIMALS = re.compile(r"\.(\d+)\D*$")


def collect_totals(
    group: list[BlockContent], scales: list[dict[str, Decimal]], table: list[Column]
) -> tuple[list[PrintedTotal], list[Reason]]:
    """Collect the printed totals of a delivery's contents; one that was never calculated is a reason."""
    columns = {column.name: column for column in table}
    printed, reasons = [], []
    for number, (content, scale) in enumerate(zip(group, scales, strict=True)):
        for total in content.totals:
            rows = _rows_added_up(group, number, total)
            for name, ((text, kind), cell) in total.cells.items():
                if not _is_total(content, columns[name], text, kind):
                    continue
                if kind == "f":
                    reasons.append(
                        refuse("formula_without_result", UNCALCULATED, content.block.sheet.name, cell)
                    )
                    continue
                field_scale = scale.get(name, Decimal(1))
                slack = _find_slack(group, rows, columns[name], field_scale)
                printed.append(
                    PrintedTotal(
                        content.block.sheet.name, cell, name, total.label, text, field_scale, rows, slack
                    )
                )
    return printed, reasons


def are_missing(group: list[BlockContent]) -> bool:
    """Tell whether a delivery's contents lack a row of totals over all their rows: they may have been cut short.

    One of a few rows needs none.
    """
    has_total = any(total.rows is None for content in group for total in content.totals)
    return not has_total and sum(len(content.rows) for content in group) > _FEW_ROWS


_FEW_ROWS = 3


def _is_total(content: BlockContent, column: Column, text: str, kind: str) -> bool:
    contract = content.block.contract
    is_blank = kind != "f" and contract.missing_pattern and contract.missing_pattern.match(text)
    return column.name not in contract.not_totalled and not is_blank and adds_up(column)


def _rows_added_up(group: list[BlockContent], number: int, total: TotalRow) -> tuple[int, int]:
    """Return the candidates, half open, that a total of a content adds up: else those of all beside it too."""
    counts = [len(content.rows) for content in group]
    if total.rows:
        before = sum(counts[:number])
        return before + total.rows[0], before + total.rows[1]
    first, end = number, number + 1
    while group[first].goes_on:
        first -= 1
    while end < len(group) and group[end].goes_on:
        end += 1
    return sum(counts[:first]), sum(counts[:end])


def _find_slack(group: list[BlockContent], rows: tuple[int, int], column: Column, scale: Decimal) -> Decimal:
    """Find by how much a total may be off: half a unit in the last shown place for each row shown rounded.

    A row is shown rounded that has more decimals than its number format shows, or than are kept. Counts never are.
    """
    if not isinstance(column.dtype, pl.Decimal):
        return Decimal(0)
    kept = Decimal(1).scaleb(-column.dtype.scale)
    units = [unit for content in group for unit in _find_rounding(content, column.name, scale, kept)]
    return sum(units[rows[0] : rows[1]], Decimal(0)) / 2


def _find_rounding(content: BlockContent, field: str, scale: Decimal, kept: Decimal) -> list[Decimal]:
    """List to what multiple of the field's unit each record is shown rounded; 0 where it shows all that it has."""
    column, sheet = content.columns.get(field), content.block.sheet
    units = []
    for row, text in zip(content.rows, content.texts.get(field, [""] * len(content.rows)), strict=True):
        own = scale.scaleb(-len(match[1])) if (match := _DECIMALS.search(text)) else scale
        shown = sheet.rounded.get((row - 1, column)) if column is not None else None
        unit = own if shown is None else scale.scaleb(-shown)
        units.append(max(unit, kept) if shown is not None or unit < kept else Decimal(0))
    return units
