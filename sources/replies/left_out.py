"""What of a workbook may lie in an outbox: what is read of it, and what must be put right."""

import re

from sources.county.references import References
from sources.layout.sheet import lay_out_sheet
from sources.reading.cells import Workbook
from sources.reading.marking.line import LeftOut
from sources.text.squeeze import squeeze

_LINE_NUMBER = re.compile(r"\d{1,6}")


def left_out(workbook: Workbook, references: References) -> LeftOut | None:
    """Names, telephones and remarks stand in columns and footers that no form reads, and in sheets of no form.

    None where a form has no header that says what its columns hold.
    """
    found: LeftOut = {}
    for sheet in workbook.sheets:
        laid, _ = lay_out_sheet(sheet, references)
        if not all(one.columns or one.cells for one in laid):
            return None
        if laid:
            unread = sorted(cell for one in laid for cell in one.unread())
            found[sheet.name] = [
                (row, column)
                for row, column in unread
                if not _LINE_NUMBER.fullmatch(squeeze(sheet.text[row][column]))
            ]
    return found
