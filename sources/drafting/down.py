"""Forms whose indicators run down: a name, a unit of measure and a code a row, and a column or more of values."""

import re
from dataclasses import dataclass, field

from sources.drafting.columns import PrintedColumn, read_unit_lines, unit_in
from sources.drafting.labels import is_change, is_footer, is_prior, is_sum
from sources.drafting.tables import PrintedTable
from sources.layout.column_name import MARKS, bare_name, is_code, is_placeholder
from sources.layout.form import IndicatorGroup
from sources.text.squeeze import squeeze
from sources.text.unit import is_unit

_UNITS = re.compile(r"(?:计量|计算)?单位")
_CODES = re.compile(r"(?:指标|汇总)?(?:代码|编码|代号)|行次|序号")
_NAMES = re.compile(r"指标|指标名称|项目|项目名称|名称|内容|指标项目|调查项目")


@dataclass
class IndicatorsDown:
    """The columns of a form whose indicators run down, with its indicators, each as if it were a column.

    values: the columns that records are read from; others: value columns that are not data (上年, 增减). headings: by
    column. qualified: each indicator's name with the one it is indented under. sections: rows that only head others.
    """

    unit: int | None
    code: int | None
    names: list[int]
    values: list[int]
    others: list[int]
    headings: dict[int, str]
    indicators: list[PrintedColumn] = field(default_factory=list)
    qualified: list[str] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)


def read_indicators_down(table: PrintedTable) -> IndicatorsDown | None:
    """Read a table as indicators that run down; None where it is no such form."""
    headings = {column: _heading(table, column) for column in table.columns}
    unit = next(
        (c for c, text in headings.items() if _UNITS.fullmatch(text) and _holds_units(table, c)), None
    )
    code = next((c for c, text in headings.items() if _CODES.fullmatch(text)), None)
    names = [c for c, text in headings.items() if text and text == headings[table.columns[0]]]
    if not names or not _is_before_values(table, unit, code):
        return None
    beside = {headings[c] for c in (unit, code) if c is not None} | {headings[names[0]], "备注", "说明", ""}
    values = [c for c, text in headings.items() if text not in beside]
    across = are_places([headings[c] for c in values if not is_sum(headings[c])])
    is_named = _NAMES.fullmatch(headings[names[0]]) is not None
    if unit is None and not (is_named and (across or (code is not None and len(table.columns) <= 6))):
        return None
    others = [
        c
        for c in values
        if is_change(headings[c]) or is_prior(headings[c]) or (across and is_sum(headings[c]))
    ]
    down = IndicatorsDown(unit, code, names, [c for c in values if c not in others], others, headings)
    if not down.values:
        return None
    groups = {at: IndicatorGroup(at, None, None, []) for at in down.names}
    for row in range(table.body, table.block.end_row):
        _read_row(table, down, groups, row)
    return down if down.indicators else None


def are_places(headings: list[str]) -> bool:
    """Tell whether most headings over values are places: then each column is the record of a place."""
    places = [
        heading
        for heading in headings
        if re.fullmatch(r"(?!城镇|农村|乡村|行政村)(?:.+[村镇乡]|.+(?:社区|街道|居委会))", heading)
    ]
    return len(headings) > 1 and 3 * len(places) >= 2 * len(headings)


def _heading(table: PrintedTable, column: int) -> str:
    texts = [table.block.text_at(row, column) for row in table.heading_rows]
    return next(
        (
            text
            for text in reversed(texts)
            if not is_placeholder(text) and text not in MARKS and not text.isdigit()
        ),
        "",
    )


def _holds_units(table: PrintedTable, column: int) -> bool:
    texts = [squeeze(table.block.sheet.text[row][column]) for row in range(table.body, table.block.end_row)]
    filled = [text for text in texts if text and not is_placeholder(text)]
    return len(filled) > 1 and 2 * sum(is_unit(text) or "/" in text for text in filled) > len(filled)


def _is_before_values(table: PrintedTable, unit: int | None, code: int | None) -> bool:
    """Tell whether units and codes stand to the left, right behind the names."""
    return all(column is None or 0 < column - table.columns[0] <= 3 for column in (unit, code))


def _read_row(table: PrintedTable, down: IndicatorsDown, groups: dict[int, IndicatorGroup], row: int) -> None:
    sheet, block = table.block.sheet, table.block
    first = next((squeeze(sheet.text[row][c]) for c in block.filled_columns(row)), "")
    if not first or is_footer(first):
        down.footers += [row] if first else []
        return
    for group, name_at in enumerate(down.names):
        end = down.names[group + 1] if group + 1 < len(down.names) else table.columns.stop
        name = sheet.text[row][name_at]
        if not name.strip():
            continue
        qualified = groups[name_at].qualify(name)
        shift = name_at - down.names[0]
        column = _read_indicator(table, down, row, name_at, shift, end)
        if column is None:
            down.sections.append(row)
        else:
            down.indicators.append(column)
            down.qualified.append(qualified)


def _read_indicator(
    table: PrintedTable, down: IndicatorsDown, row: int, name_at: int, shift: int, end: int
) -> PrintedColumn | None:
    sheet = table.block.sheet
    unit_text, code = (
        squeeze(sheet.text[row][at + shift]) if at is not None else "" for at in (down.unit, down.code)
    )
    values = [c for c in down.values if name_at < c < end]
    cells = [(squeeze(sheet.text[row][c]), sheet.kinds[row][c]) for c in values]
    is_section = not unit_text.strip("-—") and not code and all(kind == " " for _, kind in cells)
    if is_section and (down.unit is not None or down.code is not None):
        return None
    column = PrintedColumn(row, (squeeze(sheet.text[row][name_at]),), code=code if is_code(code) else None)
    column.texts, column.kinds = [text for text, _ in cells], "".join(kind for _, kind in cells)
    _read_unit(table, column, unit_text)
    return column


def _read_unit(table: PrintedTable, column: PrintedColumn, text: str) -> None:
    if text and not is_placeholder(text) and not re.fullmatch(r"是[/或、]?否", text):
        column.unit = text.strip("()")
        if not is_unit(column.unit):
            column.doubt("unit", f"程序不认得计量单位“{column.unit}”，请核对")
    elif not text:
        column.unit = unit_in(column.path[0])
        lines = read_unit_lines(table)
        if column.unit is None and lines:
            column.unit = lines[0]
            column.doubt("unit", f"此行没有单位，取自表上的“单位：{'、'.join(lines)}”")


def headings_of(down: IndicatorsDown) -> list[list[str]]:
    """List what a contract knows each indicator by: its code, and its name with the one above it if need be."""
    names = [bare_name(column.path[0]) for column in down.indicators]
    headings = []
    for column, name, qualified in zip(down.indicators, names, down.qualified, strict=True):
        is_twice = names.count(name) > 1
        if is_twice and not column.code and down.qualified.count(qualified) > 1:
            column.doubt("heading", "另有一行同名，须有代码才分得开")
        headings.append([*filter(None, [column.code]), qualified.removeprefix("/") if is_twice else name])
    return headings
