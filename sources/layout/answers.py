"""Answers of a sender to queries: in the sheet of reasons of a marked copy, or in a column of the form itself."""

import re
from collections.abc import Iterable

from sources.county.contract import ANSWERS, ANSWERS_HEADING
from sources.home.receipts import Answer
from sources.layout.block_content import BlockContent
from sources.reading.cells import Sheet, Workbook, cell_address
from sources.reading.marking.names import REASONS_SHEET
from sources.text.squeeze import squeeze

_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_MOST_CHARACTERS = 300


def read_answers(workbook: Workbook, contents: Iterable[BlockContent]) -> list[Answer]:
    """Read the answers that a workbook brings to some of its contents; personal numbers in them are masked."""
    contents = list(contents)
    sheets = {content.block.sheet.name for content in contents}
    answers = [
        answer
        for sheet in workbook.sheets
        if sheet.name == REASONS_SHEET
        for answer in _read_reasons(sheet)
        if answer.sheet in {"", *sheets}
    ]
    for content in contents:
        answers += _read_column(content)
    return answers


def _read_reasons(sheet: Sheet) -> list[Answer]:
    """Read what was written beside the reasons: below the row that heads them, by its headings."""
    columns: dict[str, int] = {}
    answers = []
    for texts in sheet.text:
        headings = {squeeze(text): column for column, text in enumerate(texts)}
        if {"工作表", "单元格"} <= headings.keys():
            named = {_short(heading): column for heading, column in headings.items()}
            columns = {name: named[name] for name in (*_PLACE, ANSWERS_HEADING) if name in named}
        elif ANSWERS_HEADING in columns and (text := texts[columns[ANSWERS_HEADING]].strip()):
            sheet_name, cell, query = (
                texts[columns[name]].strip() if name in columns else "" for name in _PLACE
            )
            cell = cell if _CELL.fullmatch(cell) else ""
            answers.append(Answer(sheet=sheet_name, cell=cell, query=query, text=text[:_MOST_CHARACTERS]))
    return answers


_PLACE = ("工作表", "单元格", "哪里不对")


def _short(heading: str) -> str:
    """Cut a heading of the sheet of reasons to what it begins with: `说明（由填报单位填写）`."""
    return re.split(r"[,(]", heading)[0]


def _read_column(content: BlockContent) -> list[Answer]:
    """Read the column of answers in the form itself, a text a record; its cells were classed as ignored."""
    sheet = content.block.sheet
    return [
        Answer(sheet=sheet.name, cell=cell_address(row - 1, column), text=text[:_MOST_CHARACTERS])
        for column, reason in sorted(content.ignored.items())
        if reason == ANSWERS
        for row in content.rows
        if (text := sheet.text[row - 1][column].strip())
    ]
