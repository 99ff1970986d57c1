"""The sender's workbook with the wrong cells marked; it holds nothing that could run.

To be called in the worker process, see `values_only`.
"""

from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sources.reading.cells import Sheet, Workbook, sheet_of
from sources.reading.marking.line import COLORS, HEADINGS, REJECTED, LeftOut, ReasonLine
from sources.reading.marking.names import REASONS_SHEET
from sources.reading.marking.values_only import clean, of_cells, of_xlsx, put_text
from sources.reading.workbook import read_workbook

_NOTE = (
    "这是报送文件的副本：红色的单元格须改正，黄色的请核实，原因见批注和下表。改好后可直接把本文件重新报送，本页不会读取。"
    "公式已换成算好的值；本库不读取的工作表、栏目和表尾（负责人、电话、备注等）没有留存，空着不影响报送。"
)
_WIDTHS = (8, 22, 10, 70)


def marked_copy(data: bytes, lines: list[ReasonLine], left_out: LeftOut) -> bytes:
    """An .xlsx in which the cells of some lines are filled and commented on, with all lines in a first sheet.

    left_out: as of `kept.left_out`. The look of an .xlsx stays; any other workbook, and one that openpyxl
    does not copy cell by cell, is written anew from its cells.
    Raises Unreadable, and whatever damaged bytes make the readers raise.
    """
    read = read_workbook(data)
    kept = Workbook(read.format, [_without(s, left_out[s.name]) for s in read.sheets if s.name in left_out])
    if read.format == "xlsx":
        try:
            copy = _marked(of_xlsx(data, set(left_out)), kept, lines)
            if _cells_of(read_workbook(copy)) == _cells_of(kept):
                return copy
        except Exception:  # noqa: BLE001, S110 - what openpyxl cannot make of an odd file goes without its look
            pass
    return _marked(of_cells(kept), kept, lines)


def _without(sheet: Sheet, left_out: list[tuple[int, int]]) -> Sheet:
    """A sheet without some of its cells."""
    cells = _filled(sheet)
    for at in left_out:
        cells.pop(at, None)
    return sheet_of(
        sheet.name, cells, hidden=sheet.hidden, merged=sheet.merged, hidden_rows=sheet.hidden_rows
    )


def _filled(sheet: Sheet) -> dict[tuple[int, int], tuple[str, str]]:
    """Kind and text of every cell that is not empty, by row and column."""
    return {
        (row, column): (kind, sheet.text[row][column])
        for row, kinds in enumerate(sheet.kinds)
        for column, kind in enumerate(kinds)
        if kind != " "
    }


def _cells_of(workbook: Workbook) -> list[tuple[object, ...]]:
    """What a copy must have of the workbook that it is made from."""
    return [
        (sheet.name, sheet.hidden, _filled(sheet), set(sheet.merged), sheet.hidden_rows)
        for sheet in workbook.sheets
        if sheet.name != REASONS_SHEET
    ]


def _marked(book: openpyxl.Workbook, kept: Workbook, lines: list[ReasonLine]) -> bytes:
    """kept: what the copy shall hold; its sheets lie in the workbook in the same order."""
    pages = {sheet.name: page for sheet, page in zip(kept.sheets, book.worksheets, strict=True)}
    for sheet in kept.sheets:
        _empty_others(pages[sheet.name], sheet)
    of_cell: dict[tuple[str, str], list[ReasonLine]] = {}
    for line in lines:
        if line.cell and line.sheet in pages:
            of_cell.setdefault((line.sheet, _first_of_merged(pages[line.sheet], line.cell)), []).append(line)
    for (name, address), said in of_cell.items():
        _mark(pages[name][address], said)
    _write_reasons(book.create_sheet(REASONS_SHEET, 0), lines, pages)
    book.active = 0
    book.properties = DocumentProperties(creator="乡仓", title=REASONS_SHEET)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _empty_others(page: Worksheet, sheet: Sheet) -> None:
    """Empty the cells that the copy shall not hold."""
    filled = _filled(sheet)
    for cell in page._cells.values():
        if isinstance(cell, Cell) and (cell.row - 1, cell.column - 1) not in filled:
            cell.value = None


def _first_of_merged(page: Worksheet, address: str) -> str:
    return next((area.coord.split(":")[0] for area in page.merged_cells.ranges if address in area), address)


def _mark(cell: Cell, said: list[ReasonLine]) -> None:
    color = COLORS[REJECTED if any(line.severity == REJECTED for line in said) else said[0].severity]
    cell.fill = PatternFill("solid", fgColor=color)
    text = "\n".join(f"{line.severity}：{line.message}" for line in said)
    rows = sum(1 + len(line.message) // 18 for line in said)
    cell.comment = Comment(clean(text), "乡仓", width=300, height=20 + 18 * rows)


def _write_reasons(page: Worksheet, lines: list[ReasonLine], pages: dict[str, Worksheet]) -> None:
    """All lines, each with a link to its cell inside the workbook."""
    put_text(page["A1"], _NOTE)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    page.row_dimensions[1].height = 48
    for row, texts in enumerate([HEADINGS, *lines], start=2):
        for column, text in enumerate(texts, start=1):
            put_text(page.cell(row, column), text)
            page.cell(row, column).font = Font(name="Microsoft YaHei", size=10, bold=row == 2)
    for row, line in enumerate(lines, start=3):
        page.cell(row, 1).fill = PatternFill("solid", fgColor=COLORS[line.severity])
        if line.cell and line.sheet in pages:
            link = page.cell(row, 3)
            place = f"{quote_sheetname(pages[line.sheet].title)}!{line.cell}"
            link.hyperlink = Hyperlink(ref=link.coordinate, location=place)
            link.font = Font(name="Microsoft YaHei", size=10, color="14508C", underline="single")
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    for cells in page.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.page_setup.paperSize, page.page_setup.fitToHeight = page.PAPERSIZE_A4, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
