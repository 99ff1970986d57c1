"""Sheets of a delivery: one record a line, or one sheet a record with indicators running down."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby

from sample.district.sent import FormLayout, Record, SentColumn, SentDelivery, SheetLayout, Value
from sample.files.grid import (
    CellValue,
    PrintedGrid,
    PrintedPlace,
    address,
    cell_value,
    date_text,
    space_label,
)
from sample.files.layouts import contract
from schemas.catalogue import read_stock
from schemas.field import Column as FieldColumn
from schemas.field import columns
from sources.text.unit import MUST_BE_STATED, dimension

_FORM_HEADER: tuple[tuple[str, CellValue], ...] = (
    ("指标名称", "甲"),
    ("计量单位", "乙"),
    ("代码", "丙"),
    ("数量", 1),
)
_SEQUENCE = "甲乙丙丁戊己庚辛壬癸"
SYNTHETIC = "注：合成示例数据，不是真实统计资料"


def lay_out(delivery: SentDelivery) -> tuple[list[PrintedGrid], list[PrintedPlace]]:
    """Lay a delivery out on sheets; return them and the place of each of its records."""
    if isinstance(delivery.layout, SheetLayout):
        grid, places = lay_out_lines(delivery, delivery.layout)
        return [grid], places
    assert isinstance(delivery.layout, FormLayout)
    return lay_out_forms(delivery, delivery.layout)


def lay_out_lines(delivery: SentDelivery, layout: SheetLayout) -> tuple[PrintedGrid, list[PrintedPlace]]:
    """Lay out one sheet: title, box, stated lines, header, 甲 row, body with totals, footer, printed rules."""
    grid = PrintedGrid(layout.sheet)
    last_column = len(layout.columns) - 1
    grid.merge(0, 0, 0, last_column, layout.title)
    row = _write_box(grid, layout, last_column)
    row = _write_stated_lines(grid, delivery, layout, row, last_column)
    row = _write_header(grid, delivery, layout, row)
    row, places = _write_body(grid, delivery, layout, row)
    _write_footer(grid, delivery, row)
    if layout.rules:
        grid.put(row + 2, 0, f"注：审核关系：{layout.rules}")
    return grid, places


def lay_out_forms(delivery: SentDelivery, layout: FormLayout) -> tuple[list[PrintedGrid], list[PrintedPlace]]:
    """Lay out one sheet per record, named for its village."""
    grids, places = [], []
    for number, record in enumerate(delivery.records):
        grid = PrintedGrid(str(record["village_code"]))
        grid.merge(0, 0, 0, 3, layout.title)
        grid.put(1, 0, f"行政村名称：{record['village_code']}")
        grid.put(2, 0, f"填报单位：{delivery.stated_reporter}")
        grid.put(2, 3, f"报告期：{delivery.stated_period}")
        for column, (label, mark) in enumerate(_FORM_HEADER):
            grid.put(3, column, label)
            grid.put(4, column, mark)
        cells = {"village_code": address(1, 0)}
        for row, (field, name, unit, code) in enumerate(layout.indicators, start=5):
            for column, text in enumerate((name, unit, code)):
                grid.put(row, column, text)
            grid.put(row, 3, _form_cell_value(record[field], layout, number))
            cells[field] = address(row, 3)
        _write_footer(grid, delivery, 5 + len(layout.indicators))
        grids.append(grid)
        places.append(PrintedPlace(grid.name, 6, cells))
    return grids, places


def _form_cell_value(value: object, layout: FormLayout, turn: int) -> CellValue:
    if isinstance(value, bool):
        return layout.yes_no[not value]
    if value is None:
        return layout.missing[turn % len(layout.missing)]
    assert isinstance(value, str | int)
    return value


def _write_box(grid: PrintedGrid, layout: SheetLayout, last_column: int) -> int:
    for row, line in enumerate(layout.box, start=1):
        grid.put(row, last_column - 1, line)
    return 1 + len(layout.box)


def _write_stated_lines(
    grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, row: int, last_column: int
) -> int:
    label = "数据日期" if delivery.table == "loan_note" else "报告期"
    statements = [("填报单位", delivery.stated_reporter), (label, delivery.stated_period)]
    units = dict.fromkeys(_unit(delivery, column.field, layout) for column in layout.columns)
    if layout.unit_place == "line" and (needed := [u for u in units if dimension(u) in MUST_BE_STATED]):
        statements.append(("计量单位", "、".join(needed)))
    match layout.lines:
        case "joined":
            grid.merge(
                row, 0, row, last_column, "    ".join(f"{label}：{text}" for label, text in statements)
            )
        case "beside":
            for position, (label, text) in enumerate(statements):
                grid.put(row, 3 * position, f"{label}：")
                grid.put(row, 3 * position + 1, int(text) if text.isdigit() else text)
        case "cells":
            for position, (label, text) in enumerate(statements):
                grid.put(row, position * last_column // 2, f"{label}：{text}")
    return row + 1


@cache
def _fields(table: str) -> dict[str, FieldColumn]:
    return {column.name: column for column in columns(read_stock().staged[table])}


def _unit(delivery: SentDelivery, field: str, layout: SheetLayout) -> str:
    column = _fields(delivery.table).get(field)
    if column is None or column.unit is None:
        return ""
    return layout.money_unit if column.unit == "元" else column.unit


def required_fields(delivery: SentDelivery) -> list[str]:
    """List the fields of a delivery's contract that may not be left out."""
    form_contract = contract(delivery.contract)
    return [
        name
        for name, column in _fields(delivery.table).items()
        if name in form_contract.columns and form_contract.needs(column)
    ]


def totalled_fields(delivery: SentDelivery) -> list[str]:
    """List the fields of a delivery's contract that a printed total adds up."""
    form_contract, fields = contract(delivery.contract), _fields(delivery.table)
    return [
        name
        for name in form_contract.columns
        if name in fields and name not in form_contract.not_totalled and fields[name].unit != "%"
        if fields[name].dtype.is_numeric()
    ]


def _write_header(grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, top: int) -> int:
    """Write header rows with merged groups, a row of units of measure, the 甲 row; return the row after them.

    A group's heading spans its columns, a leaf reaches down to the last header row.
    """
    layout_columns = layout.columns
    depth = max(len(column.header) for column in layout_columns)
    for level in range(depth):
        for _, run in groupby(
            range(len(layout_columns)), key=lambda i: _heading_key(layout_columns[i], level)
        ):
            first, *others = run
            if level < len(layout_columns[first].header):
                bottom = top + (depth - 1 if _is_leaf(layout_columns[first], level) else level)
                last = others[-1] if others else first
                grid.merge(
                    top + level,
                    first,
                    bottom,
                    last,
                    _heading_text(delivery, layout_columns[first], level, layout),
                )
    row = top + depth
    if layout.unit_place == "row":
        for position, column in enumerate(layout_columns):
            grid.put(row, position, _unit(delivery, column.field, layout))
        row += 1
    _write_sequence_row(grid, delivery, layout_columns, row)
    return row + 1


def _heading_key(column: SentColumn, level: int) -> tuple[tuple[str, ...], bool]:
    """Return the key that columns share under one heading of a level: path of headings, and leaf or not."""
    return column.header[: level + 1], _is_leaf(column, level)


def _is_leaf(column: SentColumn, level: int) -> bool:
    return len(column.header) == level + 1


def _heading_text(delivery: SentDelivery, column: SentColumn, level: int, layout: SheetLayout) -> str:
    text, unit = column.header[level], _unit(delivery, column.field, layout)
    if layout.unit_place == "header" and _is_leaf(column, level) and unit:
        text += f"（{unit}）"
    return space_label(text, layout)


def _write_sequence_row(
    grid: PrintedGrid, delivery: SentDelivery, layout_columns: tuple[SentColumn, ...], row: int
) -> None:
    marks, number, totals = iter(_SEQUENCE), 0, totalled_fields(delivery)
    for position, column in enumerate(layout_columns):
        if column.field in totals or column.field.startswith("has_"):
            number += 1
            grid.put(row, position, number)
        else:
            grid.put(row, position, next(marks, ""))


def _write_body(
    grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, row: int
) -> tuple[int, list[PrintedPlace]]:
    """Write records, subtotals, blank lines, totals and 其中 lines; return the row after them, and places."""
    places: list[PrintedPlace] = []
    subtotals_by = layout.subtotals_by
    if layout.totals == "top":
        row = _write_grand_total(grid, delivery, layout, row)
    printed = [] if delivery.only_totals else delivery.records
    for _, group in groupby(printed, key=lambda record: subtotals_by and record[subtotals_by]):
        lines = list(group)
        for record in lines:
            written = record | delivery.slips.get(len(places), {})
            places.append(_write_record_line(grid, layout, row, len(places), written))
            row += 1
            if layout.blank_line_every and len(places) % layout.blank_line_every == 0:
                row += 1
        if subtotals_by:
            _write_total_line(grid, delivery, layout, row, "小计", lines)
            row += 1
    if layout.totals == "bottom":
        row = _write_grand_total(grid, delivery, layout, row)
    return row, places


def _write_grand_total(grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, row: int) -> int:
    """Write 合计 and, below it, the lines that compare; return the row after them."""
    _write_total_line(grid, delivery, layout, row, "合计", [*delivery.records, delivery.total_errors])
    for line in delivery.memo:
        row += 1
        for position, column in enumerate(layout.columns):
            if column.field in line:
                grid.put(row, position, cell_value(column.field, line[column.field], layout, position))
        grid.put(row, 0, str(line["label"]))
    return row + 1


def _write_record_line(
    grid: PrintedGrid, layout: SheetLayout, row: int, number: int, record: Record
) -> PrintedPlace:
    cells = {}
    for position, column in enumerate(layout.columns):
        value = number + 1 if column.field == "序号" else record.get(column.field, "")
        grid.put(row, position, cell_value(column.field, value, layout, number + position))
        cells[column.field] = address(row, position)
    return PrintedPlace(grid.name, row + 1, cells)


def _write_total_line(
    grid: PrintedGrid,
    delivery: SentDelivery,
    layout: SheetLayout,
    row: int,
    label: str,
    records: Sequence[Mapping[str, Value]],
) -> None:
    grid.put(row, 0, space_label(label, layout))
    totals = totalled_fields(delivery)
    for position, column in enumerate(layout.columns):
        if column.field in totals:
            parts = [value for r in records if isinstance(value := r.get(column.field), int | Decimal)]
            grid.put(row, position, cell_value(column.field, Decimal(sum(parts)), layout, position))
        elif position > 1 and column.field != "备注":
            grid.put(row, position, "—")


def _write_footer(grid: PrintedGrid, delivery: SentDelivery, row: int) -> None:
    """Write the persons who signed, the day, and the note that nothing here is real."""
    signers = delivery.signers
    signatures = [
        f"单位负责人：{signers.head}", f"统计负责人：{signers.statistician}", f"填表人：{signers.filler}",
        f"联系电话：{signers.phone}",
    ]  # fmt: skip
    if delivery.signed_on.year == 2021:
        for position, text in enumerate([*signatures, "报出日期："]):
            grid.put(row, position, text)
        grid.put(row, len(signatures) + 1, delivery.signed_on)
    else:
        grid.put(row, 0, "      ".join([*signatures, f"报出日期：{date_text(delivery.signed_on, 'dot')}"]))
    grid.put(row + 1, 0, SYNTHETIC)
