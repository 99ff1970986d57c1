"""Redaction of marked copies: an outbox holds only the cells that are read and those to be corrected."""

import re

from sources.county.references import References
from sources.layout.sheet import lay_out_sheet
from sources.reading.cells import Workbook
from sources.reading.marking.line import LeftOut
from sources.text.squeeze import squeeze

_LINE_NUMBER = re.compile(r"\d{1,6}")


def find_redacted_cells(workbook: Workbook, references: References) -> LeftOut | None:
    """Find, by sheet that holds a form, the cells (row, column) that a copy must leave out.

    Names, telephones and remarks stand in columns and footers that no form reads, and in sheets without a
    form; such sheets are not among the keys. None where a form has no header to tell its columns by.
    """
    redacted: LeftOut = {}
    for sheet in workbook.sheets:
        contents, _ = lay_out_sheet(sheet, references)
        if not all(content.columns or content.cells for content in contents):
            return None
        if contents:
            unread = sorted(cell for content in contents for cell in content.unread())
            redacted[sheet.name] = [
                (row, column)
                for row, column in unread
                if not _LINE_NUMBER.fullmatch(squeeze(sheet.text[row][column]))
            ]
    return redacted
