"""The class of every cell of a drafted form, and what of it may be shown: never what a personal column holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sources.drafting.fields import DraftedField
from sources.drafting.forms import DraftedForm
from sources.drafting.labels import is_stated
from sources.text.squeeze import squeeze

CellClass = Literal["title", "line", "header", "body", "total", "memo", "footer", "ignored", "personal"]

_PERSONS = re.compile(r"负责人|填[表报]人|联系人|电话|审核|制表|经办|法人|姓名|手机|签[名字章]")
_LONG_NUMBER = re.compile(r"(?<![\d.])\d{7,}(?![\d.])")
_SHORT = 8


@dataclass(frozen=True)
class ShownCell:
    """A cell that holds something: its class, and the text by which it may be shown."""

    row: int
    column: int
    cell_class: CellClass
    text: str


def classify_cells(form: DraftedForm) -> Iterator[ShownCell]:
    """Yield every cell of a form that is not empty, row by row."""
    block = form.table.block
    by_column = {part.column.at: part for part in form.fields} if form.shape == "rows" else {}
    by_row = {part.column.at: part for part in form.fields} if form.shape == "form" else {}
    for row in range(block.first_row, block.end_row):
        for column in block.filled_columns(row):
            text = squeeze(block.sheet.text[row][column])
            cell_class, part = _classify(form, row, column, by_row.get(row) or by_column.get(column))
            yield ShownCell(row, column, cell_class, _show(text, cell_class, part))


def _classify(
    form: DraftedForm, row: int, column: int, part: DraftedField | None
) -> tuple[CellClass, DraftedField | None]:
    table, rows = form.table, form.rows
    text = squeeze(table.block.sheet.text[row][column])
    if row < table.top:
        return ("line" if is_stated(text) or text not in table.titles else "title"), None
    if row < table.body or row in rows.headers:
        return "header", None
    if row in rows.footers:
        return "footer", None
    if form.down is not None:
        return _classify_down(form, column, part), part
    if part is None:
        return "ignored", None
    if part.role == "personal":
        return "personal", part
    if row in rows.memos or part.role == "change":
        return "memo", part
    if row in rows.totals:
        return "total", part
    if row in rows.unfilled or not (part.is_read or part.role == "township"):
        return "ignored", part
    return "body", part


def _classify_down(form: DraftedForm, column: int, part: DraftedField | None) -> CellClass:
    down = form.down
    assert down is not None
    if part is None or column in down.names or column in (down.unit, down.code):
        return "header"
    if part.role == "personal":
        return "personal"
    if column in down.others:
        return "memo"
    return "body" if column in down.values else "ignored"


def _show(text: str, cell_class: CellClass, part: DraftedField | None) -> str:
    """Return what of a cell's text may be shown: no free words of records, no names and numbers of persons."""
    if cell_class == "personal":
        return "＊"
    if cell_class == "footer" or (cell_class == "line" and _PERSONS.search(text)):
        return re.split("[:：]", text, maxsplit=1)[0][:_SHORT] + "…"
    if cell_class == "ignored" and len(text) > _SHORT:
        return "…"
    is_free = (
        part is not None
        and part.type in ("text", "code")
        and part.role not in ("place", "township", "shared")
    )
    if cell_class in ("body", "ignored") and is_free:
        return (
            "文字"
            if part is not None and part.role != "ignored"
            else text
            if text.isdigit() and len(text) < 4
            else "…"
        )
    if (
        part is not None
        and part.role == "shared"
        and (len(text) > _SHORT or cell_class in ("body", "ignored"))
    ):
        return "…"
    return _LONG_NUMBER.sub("…", text)
