"""Blank forms in which indicators run down: name, unit of measure, code, and the cells to be filled."""

import polars as pl

from schemas.field import Column
from sources.templates.headings import code_of, is_marked, name_path, with_mark, with_unit
from sources.templates.page import Area, EntryArea, Page, Template
from sources.text.unit import is_unit

_INDENT = "　"


def lay_down(template: Template, page: Page, top: int) -> int:
    """Lay out the table from a row on; return the row after it."""
    layout = template.layout
    values = layout.value_column if layout.value_name else layout.value_column[:1]
    headings = ["指标名称", *layout.unit_column[:1], *layout.code_column[:1]]
    left, page.width = len(headings), len(headings) + len(values)
    for at, text in enumerate([*headings, *values]):
        page.put(text, Area(top, at, top, at), "heading")
    row = top + 1
    if is_marked(layout.header_ends_at):
        numbers = range(1, len(values) + 1)
        for at, mark in enumerate([*"甲乙丙"[:left], *numbers]):
            page.put(mark, Area(row, at, row, at), "mark")
        row += 1
    page.heading = (top, row - 1)
    above: tuple[str, ...] = ()
    for column in template.columns:
        if column.name == layout.value_name:
            page.entries.append(EntryArea(column, Area(top, left, top, page.width - 1), tuple(values)))
        elif column.name not in layout.lines:
            path = name_path(template.contract, column) or (column.title,)
            row = _lay_indicator(template, page, column, path, above, row)
            page.entries.append(EntryArea(column, Area(row - 1, left, row - 1, page.width - 1)))
            above = path
    return row


def _lay_indicator(
    template: Template, page: Page, column: Column, path: tuple[str, ...], above: tuple[str, ...], row: int
) -> int:
    """Lay out an indicator, under its parents where they do not stand there yet; return the row after it."""
    *parents, name = path
    for level, parent in enumerate(parents):
        if above[: level + 1] != path[: level + 1]:
            page.put(_INDENT * level + parent, Area(row, 0, row, 0), "name")
            row += 1
    layout, unit = template.layout, _unit(column)
    name = with_mark(name, template.contract, column)
    texts = [_INDENT * len(parents) + (name if layout.unit_column else with_unit(name, column))]
    texts += [unit] * bool(layout.unit_column) + [code_of(template.contract, column)] * bool(
        layout.code_column
    )
    for at, text in enumerate(texts):
        page.put(text, Area(row, at, row, at), "name" if at == 0 else "mark", column.name if at == 0 else "")
    return row + 1


def _unit(column: Column) -> str:
    if column.dtype == pl.Boolean:
        return "是/否"
    return column.unit if column.unit and is_unit(column.unit) else "—"
