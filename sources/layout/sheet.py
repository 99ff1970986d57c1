"""Layout of one sheet: each block in it by the layout that fits best, or why the sheet is not read."""

from collections.abc import Callable
from dataclasses import replace

from sources.county.references import References
from sources.layout.block import Block, find_blocks
from sources.layout.block_content import BlockContent
from sources.layout.form import lay_out_form
from sources.layout.rows import lay_out_rows
from sources.layout.sheet_account import count_cells
from sources.reading.cells import Sheet
from sources.reading.marking.names import REASONS_SHEET
from sources.text.squeeze import squeeze

NO_TITLE = "没有规定的表题"
"""Why a sheet is not read in which no form begins."""


SettlePeriod = Callable[[BlockContent], str]
"""Settle the period of a content, empty where it is not known."""


def lay_out_sheet(
    sheet: Sheet, references: References, settle: SettlePeriod = lambda _: ""
) -> tuple[list[BlockContent], str]:
    """Lay out the blocks of a sheet; with none, return why it is not read (in Chinese, else empty).

    settle: asked where headings have a period in them, so that columns are known once it is settled.
    """
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
        return [], NO_TITLE
    laid_out: list[tuple[list[Block], list[BlockContent]]] = []
    for fitting in blocks:
        contents = _lay_out_best(fitting, references, settle)
        if not contents and laid_out and laid_out[-1][0][0].first_column == fitting[0].first_column:
            # no header follows: what looked like a title is a note or a cell of the form above
            fitting = [replace(block, end_row=fitting[0].end_row) for block in laid_out.pop()[0]]
            contents = _lay_out_best(fitting, references, settle)
        laid_out.append((fitting, contents or [_report_missing_header(fitting[0])]))
    return [content for _, contents in laid_out for content in contents], ""


def goes_on_untitled(sheet: Sheet, content: BlockContent, references: References) -> bool:
    """Tell whether a sheet without a title has records under the very headings of a form that has one."""
    contract = content.block.contract
    if contract.workbook.sheet or _begins_with_another_title(sheet, contract.title):
        return False
    width, period = max(map(len, sheet.text), default=0), content.block.period
    block = Block(sheet, contract, 0, len(sheet.text), 0, width, None, period)
    return any(
        other.rows and other.texts.keys() == content.texts.keys()
        for other in _lay_out_best([block], references, lambda _: period)
    )


def _begins_with_another_title(sheet: Sheet, titles: list[str]) -> bool:
    """Tell whether what stands first in a sheet is a text alone in its row that is none of these titles."""
    rows = (list(filter(None, map(squeeze, texts))) for texts in sheet.text)
    first = next(filter(None, rows), [])
    return len(first) == 1 and ":" not in first[0] and not any(squeeze(title) in first[0] for title in titles)


def _lay_out_best(fitting: list[Block], references: References, settle: SettlePeriod) -> list[BlockContent]:
    """Lay out the block of the contract with the fewest problems; empty where none has a header."""
    candidates = []
    for block in fitting:
        contents = _lay_out(block, references)
        if contents and block.contract.has_dated_headings and (period := settle(contents[0])):
            contents = _lay_out(replace(block, period=period), references)
        if contents is not None:
            candidates.append(contents)
    return min(
        candidates, key=lambda contents: sum(len(content.problems) for content in contents), default=[]
    )


def _lay_out(block: Block, references: References) -> list[BlockContent] | None:
    lay_out = lay_out_rows if block.contract.workbook.shape == "rows" else lay_out_form
    return lay_out(block, references.columns_to_fill(block.contract.table))


def _report_missing_header(block: Block) -> BlockContent:
    """Return a content in which all cells are ignored and the missing header is a problem."""
    content = BlockContent(block)
    cells = sum(block.count_filled(row) for row in range(block.first_row, block.end_row))
    content.classes.ignore("没有找到表头", cells)
    message = "没有找到表头；请使用规定的表样"
    content.problems.append(
        block.problem("delivery__missing_column", block.title_row or 0, block.first_column, message)
    )
    return content
