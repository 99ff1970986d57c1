"""One sheet: the blocks in it, each laid out by the layout that fits best, or why it is not read."""

from dataclasses import replace

from sources.county.references import References
from sources.layout.block import Block, find_blocks
from sources.layout.form import lay_out_form
from sources.layout.laid import Laid
from sources.layout.rows import lay_out_rows
from sources.layout.sheet_account import count_cells
from sources.reading.cells import Sheet
from sources.reading.marking.names import REASONS_SHEET
from sources.text.squeeze import squeeze


def lay_out_sheet(sheet: Sheet, references: References) -> tuple[list[Laid], str]:
    """What lies in a sheet, or why it is not read."""
    if not count_cells(sheet):
        return [], "空工作表"
    if sheet.hidden:
        return [], "隐藏工作表"
    if sheet.name == REASONS_SHEET:
        return [], "退回标注里列原因的一页"
    contracts = references.workbook_contracts
    if any(squeeze(sheet.name) in map(squeeze, c.workbook.ignore_sheets) for c in contracts):
        return [], "说明页"
    blocks = find_blocks(sheet, contracts)
    if not blocks:
        return [], "没有规定的表题"
    found: list[tuple[list[Block], list[Laid]]] = []
    for fitting in blocks:
        laid = _best(fitting, references)
        if not laid and found and found[-1][0][0].first_column == fitting[0].first_column:
            # no header follows: what looked like a title is a note or a cell of the form above
            fitting = [replace(block, end_row=fitting[0].end_row) for block in found.pop()[0]]
            laid = _best(fitting, references)
        found.append((fitting, laid or [_headless(fitting[0])]))
    return [one for _, laid in found for one in laid], ""


def _best(fitting: list[Block], references: References) -> list[Laid]:
    """The layout that fits with the fewest problems among those whose title fits; none without a header."""
    found = []
    for block in fitting:
        lay_out = lay_out_rows if block.contract.workbook.shape == "rows" else lay_out_form
        laid = lay_out(block, references.columns_to_fill(block.contract.table))
        if laid is not None:
            found.append(laid)
    return min(found, key=lambda laid: sum(len(part.problems) for part in laid), default=[])


def _headless(block: Block) -> Laid:
    headless = Laid(block)
    cells = sum(block.count(row) for row in range(block.first_row, block.end_row))
    headless.classes.ignore("没有找到表头", cells)
    message = "没有找到表头；请使用规定的表样"
    headless.problems.append(
        block.problem("delivery__missing_column", block.title_row or 0, block.first_column, message)
    )
    return headless
