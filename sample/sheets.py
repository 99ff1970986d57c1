"""Lay a delivery out on sheets: one record a line, or one sheet a record with indicators running down."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby

from sample.grid import Printed, PrintedGrid, PrintedPlace, address, date_text, printed, spaced
from sample.layouts import contract
from sample.sent import FormLayout, Record, SentColumn, SentDelivery, SheetLayout, Value
from schemas.catalogue import STAGED
from schemas.field import Column as FieldColumn
from schemas.field import columns
from sources.text.unit import MUST_BE_STATED, dimension

_FORM_HEADER: tuple[tuple[str, Printed], ...] = (
    ("指标名称", "甲"),
    ("计量单位", "乙"),
    ("代码", "丙"),
    ("数量", 1),
)
_SEQUENCE = "甲乙丙丁戊己庚辛壬癸"
SYNTHETIC = "注：合成示例数据，不是真实统计资料"


def lay_out(delivery: SentDelivery) -> tuple[list[PrintedGrid], list[PrintedPlace]]:
    """The sheets of a delivery, and where each of its records landed."""
    if isinstance(delivery.layout, SheetLayout):
        grid, places = lay_out_lines(delivery, delivery.layout)
        return [grid], places
    assert isinstance(delivery.layout, FormLayout)
    return lay_out_forms(delivery, delivery.layout)


def lay_out_lines(delivery: SentDelivery, layout: SheetLayout) -> tuple[PrintedGrid, list[PrintedPlace]]:
    """One sheet: box, title, stated lines, header, 甲 row, body with its totals, footer."""
    grid = PrintedGrid(layout.sheet)
    last_column = len(layout.columns) - 1
    grid.merge(0, 0, 0, last_column, layout.title)
    row = _box(grid, layout, last_column)
    row = _stated_lines(grid, delivery, layout, row, last_column)
    row = _header(grid, delivery, layout, row)
    row, places = _body(grid, delivery, layout, row)
    _footer(grid, delivery, row)
    if layout.rules:
        grid.put(row + 2, 0, f"注：审核关系：{layout.rules}")
    return grid, places


def lay_out_forms(delivery: SentDelivery, layout: FormLayout) -> tuple[list[PrintedGrid], list[PrintedPlace]]:
    """One sheet per record, named for its village."""
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
            grid.put(row, 3, _form_value(record[field], layout, number))
            cells[field] = address(row, 3)
        _footer(grid, delivery, 5 + len(layout.indicators))
        grids.append(grid)
        places.append(PrintedPlace(grid.name, 6, cells))
    return grids, places


def _form_value(value: object, layout: FormLayout, turn: int) -> Printed:
    if isinstance(value, bool):
        return layout.yes_no[not value]
    if value is None:
        return layout.missing[turn % len(layout.missing)]
    assert isinstance(value, str | int)
    return value


def _box(grid: PrintedGrid, layout: SheetLayout, last_column: int) -> int:
    for row, line in enumerate(layout.box, start=1):
        grid.put(row, last_column - 1, line)
    return 1 + len(layout.box)


def _stated_lines(
    grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, row: int, last_column: int
) -> int:
    label = "数据日期" if delivery.table == "loan_note" else "报告期"
    said = [("填报单位", delivery.stated_reporter), (label, delivery.stated_period)]
    units = dict.fromkeys(_unit(delivery, column.field, layout) for column in layout.columns)
    if layout.unit_place == "line" and (needed := [u for u in units if dimension(u) in MUST_BE_STATED]):
        said.append(("计量单位", "、".join(needed)))
    match layout.lines:
        case "joined":
            grid.merge(row, 0, row, last_column, "    ".join(f"{label}：{text}" for label, text in said))
        case "beside":
            for position, (label, text) in enumerate(said):
                grid.put(row, 3 * position, f"{label}：")
                grid.put(row, 3 * position + 1, int(text) if text.isdigit() else text)
        case "cells":
            for position, (label, text) in enumerate(said):
                grid.put(row, position * last_column // 2, f"{label}：{text}")
    return row + 1


@cache
def _fields(table: str) -> dict[str, FieldColumn]:
    return {column.name: column for column in columns(STAGED[table])}


def _unit(delivery: SentDelivery, field: str, layout: SheetLayout) -> str:
    known = _fields(delivery.table).get(field)
    if known is None or known.unit is None:
        return ""
    return layout.money_unit if known.unit == "元" else known.unit


def required(delivery: SentDelivery) -> list[str]:
    """The fields of its columns that may not be left out."""
    said = contract(delivery.contract)
    return [
        name for name, known in _fields(delivery.table).items() if name in said.columns and said.needs(known)
    ]


def totalled(delivery: SentDelivery) -> list[str]:
    """The fields of its columns that a printed total adds up."""
    said, known = contract(delivery.contract), _fields(delivery.table)
    return [
        name
        for name in said.columns
        if name in known and name not in said.not_totalled and known[name].unit != "%"
        if known[name].dtype.is_numeric()
    ]


def _header(grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, top: int) -> int:
    """Header rows with merged groups, then a row of units of measure and the 甲 row; the row after them.

    A group's heading spans its columns, a leaf reaches down to the last header row.
    """
    across = layout.columns
    depth = max(len(column.header) for column in across)
    for level in range(depth):
        for _, run in groupby(range(len(across)), key=lambda i: _heading_at(across[i], level)):
            first, *others = run
            if level < len(across[first].header):
                bottom = top + (depth - 1 if _is_leaf(across[first], level) else level)
                last = others[-1] if others else first
                grid.merge(top + level, first, bottom, last, _heading(delivery, across[first], level, layout))
    row = top + depth
    if layout.unit_place == "row":
        for position, column in enumerate(across):
            grid.put(row, position, _unit(delivery, column.field, layout))
        row += 1
    _sequence_row(grid, delivery, across, row)
    return row + 1


def _heading_at(column: SentColumn, level: int) -> tuple[tuple[str, ...], bool]:
    """What columns have in common that stand under one heading at this level."""
    return column.header[: level + 1], _is_leaf(column, level)


def _is_leaf(column: SentColumn, level: int) -> bool:
    return len(column.header) == level + 1


def _heading(delivery: SentDelivery, column: SentColumn, level: int, layout: SheetLayout) -> str:
    text, unit = column.header[level], _unit(delivery, column.field, layout)
    if layout.unit_place == "header" and _is_leaf(column, level) and unit:
        text += f"（{unit}）"
    return spaced(text, layout)


def _sequence_row(
    grid: PrintedGrid, delivery: SentDelivery, across: tuple[SentColumn, ...], row: int
) -> None:
    marks, number, totals = iter(_SEQUENCE), 0, totalled(delivery)
    for position, column in enumerate(across):
        if column.field in totals or column.field.startswith("has_"):
            number += 1
            grid.put(row, position, number)
        else:
            grid.put(row, position, next(marks, ""))


def _body(
    grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, row: int
) -> tuple[int, list[PrintedPlace]]:
    """Records with subtotals, blank lines, totals and 其中 lines; the row after them."""
    places: list[PrintedPlace] = []
    by = layout.subtotals_by
    if layout.totals == "top":
        row = _grand_total(grid, delivery, layout, row)
    shown = [] if delivery.only_totals else delivery.records
    for _, group in groupby(shown, key=lambda record: by and record[by]):
        lines = list(group)
        for record in lines:
            written = record | delivery.slips.get(len(places), {})
            places.append(_record_line(grid, layout, row, len(places), written))
            row += 1
            if layout.blank_line_every and len(places) % layout.blank_line_every == 0:
                row += 1
        if by:
            _total_line(grid, delivery, layout, row, "小计", lines)
            row += 1
    if layout.totals == "bottom":
        row = _grand_total(grid, delivery, layout, row)
    return row, places


def _grand_total(grid: PrintedGrid, delivery: SentDelivery, layout: SheetLayout, row: int) -> int:
    """合计 and, below it, the lines that compare; the row after them."""
    _total_line(grid, delivery, layout, row, "合计", [*delivery.records, delivery.total_errors])
    for line in delivery.memo:
        row += 1
        for position, column in enumerate(layout.columns):
            if column.field in line:
                grid.put(row, position, printed(column.field, line[column.field], layout, position))
        grid.put(row, 0, str(line["label"]))
    return row + 1


def _record_line(
    grid: PrintedGrid, layout: SheetLayout, row: int, number: int, record: Record
) -> PrintedPlace:
    cells = {}
    for position, column in enumerate(layout.columns):
        value = number + 1 if column.field == "序号" else record.get(column.field, "")
        grid.put(row, position, printed(column.field, value, layout, number + position))
        cells[column.field] = address(row, position)
    return PrintedPlace(grid.name, row + 1, cells)


def _total_line(
    grid: PrintedGrid,
    delivery: SentDelivery,
    layout: SheetLayout,
    row: int,
    label: str,
    records: Sequence[Mapping[str, Value]],
) -> None:
    grid.put(row, 0, spaced(label, layout))
    totals = totalled(delivery)
    for position, column in enumerate(layout.columns):
        if column.field in totals:
            parts = [value for r in records if isinstance(value := r.get(column.field), int | Decimal)]
            grid.put(row, position, printed(column.field, Decimal(sum(parts)), layout, position))
        elif position > 1 and column.field != "备注":
            grid.put(row, position, "—")


def _footer(grid: PrintedGrid, delivery: SentDelivery, row: int) -> None:
    """The persons who signed, when, and that nothing of this is real."""
    signers = delivery.signers
    said = [
        f"单位负责人：{signers.head}", f"统计负责人：{signers.statistician}", f"填表人：{signers.filler}",
        f"联系电话：{signers.phone}",
    ]  # fmt: skip
    if delivery.signed_on.year == 2021:
        for position, text in enumerate([*said, "报出日期："]):
            grid.put(row, position, text)
        grid.put(row, len(said) + 1, delivery.signed_on)
    else:
        grid.put(row, 0, "      ".join([*said, f"报出日期：{date_text(delivery.signed_on, 'dot')}"]))
    grid.put(row + 1, 0, SYNTHETIC)
