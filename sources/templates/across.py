"""Blank forms in which a record is a row: headings, body, total."""

from itertools import groupby

import polars as pl

from schemas.field import Column
from sources.layout.block_content import adds_up
from sources.templates.choices import own_division
from sources.templates.headings import heading_path, is_marked, marks
from sources.templates.page import Area, EntryArea, Page, Template

BODY_ROWS = 200


def lay_across(template: Template, page: Page, top: int) -> int:
    """Lay out the table from a row on; return the row after it."""
    columns = [column for column in template.columns if column.name not in template.layout.lines]
    page.width = len(columns)
    body = _lay_headings(template, page, columns, top)
    given = _find_given_field(template, columns)
    rows = len(given[1]) if given else BODY_ROWS
    for at, column in enumerate(columns):
        given_texts = tuple(given[1]) if given and given[0] == column.name else ()
        page.entries.append(EntryArea(column, Area(body, at, body + rows - 1, at), given_texts))
    page.heading = (top, body - 1)
    return _lay_total(template, page, columns, range(body, body + rows))


def _find_given_field(template: Template, columns: list[Column]) -> tuple[str, list[str]] | None:
    """Find the field whose values are known beforehand, and these: a township's places, each on a row."""
    keys = [column for column in columns if column.key]
    if len(keys) != 1 or keys[0].place not in ("village", "community") or not own_division(template.reporter):
        return None
    places = template.choices.get(keys[0].name)
    return (keys[0].name, places) if places else None


def _lay_headings(template: Template, page: Page, columns: list[Column], top: int) -> int:
    """Lay out the headings; return the row after them.

    A group's heading spans its columns, the lowest heading reaches down to the last header row.
    """
    paths = [heading_path(template.contract, column) for column in columns]
    depth = max(template.layout.header_rows or 1, *map(len, paths))
    for level in range(depth):
        keys = [(path[: level + 1], len(path) == level + 1) for path in paths]
        for (path, is_lowest), run in groupby(range(len(paths)), keys.__getitem__):
            first, *others = run
            if len(path) > level:
                bottom = top + (depth - 1 if is_lowest else level)
                right = first if is_lowest or not others else others[-1]
                of = columns[first].name if is_lowest else ""
                page.put(path[level], Area(top + level, first, bottom, right), "heading", of)
    row = top + depth
    if is_marked(template.layout.header_ends_at):
        for at, mark in enumerate(marks(columns, template.layout.header_ends_at or "")):
            page.put(mark, Area(row, at, row, at), "mark")
        row += 1
    return row


def _lay_total(template: Template, page: Page, columns: list[Column], body: range) -> int:
    """Lay out a row that adds up the body, where the contract has one; return the row after it."""
    contract, labels, row = template.contract, template.layout.total_rows, body.stop
    at = next((at for at, column in enumerate(columns) if column.dtype == pl.String), None)
    if not labels or contract.totals == "none" or at is None:
        return row
    page.put(labels[0], Area(row, at, row, at), "total")
    for position, column in enumerate(columns):
        if column.dtype.is_numeric() and adds_up(column) and column.name not in contract.not_totalled:
            page.sums[row, position] = Area(body.start, position, body.stop - 1, position)
    return row + 1
