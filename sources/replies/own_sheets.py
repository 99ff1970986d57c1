"""Sheets of a workbook that hold the program's own words alone: a blank form's explanation and its lists."""

from datetime import date

from sources.county.contract import WorkbookContract
from sources.county.references import References
from sources.home.receipts import Receipt
from sources.reading.cells import Sheet, Workbook
from sources.templates.explain import texts_of
from sources.templates.plan import plan
from sources.templates.workbook import LISTS_SHEET


def find_own_sheets(workbook: Workbook, receipt: Receipt, references: References, on: date) -> list[str]:
    """Find the sheets that came with the blank form and were left as they were, so that a copy may keep them.

    on: the day whose places the form lists. A sheet with one word that the form has not, as a name or telephone, is none.
    """
    contract = references.contracts.get(receipt.contract)
    reporter = next((r for r in references.reporters if r.code == receipt.reporter_code), None)
    if not isinstance(contract, WorkbookContract) or reporter is None:
        return []
    template = plan(contract, reporter, references, on)
    own = {LISTS_SHEET: {text for texts in template.choices.values() for text in texts}}
    own |= {
        name: texts_of(template, references.tables[contract.table])
        for name in contract.workbook.ignore_sheets[:1]
    }
    return [sheet.name for sheet in workbook.sheets if sheet.name in own and _words(sheet) <= own[sheet.name]]


def _words(sheet: Sheet) -> set[str]:
    return {text for texts in sheet.text for text in texts if text}
