"""Marked copies: a sender's workbook with the wrong cells marked, holding nothing that could run.

To be called in the worker process, see `values_only`.
"""

from collections.abc import Collection, Mapping
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sources.reading.cells import Sheet, Workbook, sheet_of
from sources.reading.marking.line import COLORS, HEADINGS, REJECTED, LeftOut, ReasonLine
from sources.reading.marking.names import REASONS_SHEET
from sources.reading.marking.sums import Sums, put_sums, read_sums
from sources.reading.marking.values_only import build_workbook, clean, open_values_only, put_text
from sources.reading.workbook import read_workbook

_NOTE = (
    "这是报送文件的副本：红色的单元格须改正，黄色的请核实，原因见批注和下表。改好后可直接把本文件重新报送。"
    "数本来无误的，请在末一栏写明情况，会与该数一并留存（请勿写姓名、电话和证件号码）；本页其余内容不会读取。"
    "{}本库不读取的工作表、栏目和表尾（负责人、电话、备注等）没有留存，空着不影响报送。"
)
_SUMS_KEPT = "合计的求和公式照旧重算，其余公式已换成算好的值；"
_NO_FORMULAS = "公式已换成算好的值，改了数的，合计请一并改正；"
_WIDTHS = (8, 22, 10, 70, 40)


def marked_copy(data: bytes, lines: list[ReasonLine], left_out: LeftOut, own: Collection[str] = ()) -> bytes:
    """Make an .xlsx in which the cells of some lines are filled and commented on, all lines in a first sheet.

    left_out: the sheets to keep, and the cells in them to leave out. own: those of them that hold a blank form's own
    words alone; where there are any, the checks of cells and the protection stay too. The look of an .xlsx stays; any other
    workbook, and one that openpyxl does not copy cell by cell, is written anew from its cells.
    Raises Unreadable, and whatever damaged bytes make the readers raise.
    """
    sent = read_workbook(data)
    sheets = [_without_cells(sheet, left_out[sheet.name]) for sheet in sent.sheets if sheet.name in left_out]
    kept = Workbook(sent.format, sheets)
    if sent.format == "xlsx":
        try:
            sums = read_sums(data, left_out)
            copy = _mark_and_save(open_values_only(data, set(left_out), own), kept, lines, sums)
            if _comparable(read_workbook(copy)) == _comparable(kept):
                return copy
        except Exception:  # noqa: BLE001, S110 - what openpyxl cannot copy goes without its look
            pass
    return _mark_and_save(build_workbook(kept), kept, lines, {})


def _without_cells(sheet: Sheet, left_out: list[tuple[int, int]]) -> Sheet:
    cells = _filled_cells(sheet)
    for position in left_out:
        cells.pop(position, None)
    return sheet_of(
        sheet.name,
        cells,
        hidden=sheet.hidden,
        merged=sheet.merged,
        hidden_rows=sheet.hidden_rows,
        struck_rows=sheet.struck_rows,
        displays={at: display for at, display in sheet.displays.items() if at in cells},
        from_1904=sheet.from_1904,
    )


def _filled_cells(sheet: Sheet) -> dict[tuple[int, int], tuple[str, str]]:
    """Return kind and text of every cell that is not empty, by row and column."""
    return {
        (row, column): (kind, sheet.text[row][column])
        for row, kinds in enumerate(sheet.kinds)
        for column, kind in enumerate(kinds)
        if kind != " "
    }


def _comparable(workbook: Workbook) -> list[tuple[object, ...]]:
    """Return what a copy must have in common with the workbook that it is made from."""
    return [
        (
            sheet.name,
            sheet.hidden,
            {at: (kind.replace("f", "t"), text) for at, (kind, text) in _filled_cells(sheet).items()},
            set(sheet.merged),
            sheet.hidden_rows,
            sheet.displays,
            sheet.from_1904,
        )
        for sheet in workbook.sheets
        if sheet.name != REASONS_SHEET
    ]


def _mark_and_save(book: openpyxl.Workbook, kept: Workbook, lines: list[ReasonLine], sums: Sums) -> bytes:
    """Mark the cells of the lines, add the sheet of reasons, and return the file's bytes.

    kept: what the copy shall hold; its sheets lie in the workbook in the same order. sums: formulas that it keeps.
    """
    pages = {sheet.name: page for sheet, page in zip(kept.sheets, book.worksheets, strict=True)}
    for sheet in kept.sheets:
        _empty_others(pages[sheet.name], sheet)
        _put_uncalculated(pages[sheet.name], sheet, sums.get(sheet.name, {}))
    lines_of_cell: dict[tuple[str, str], list[ReasonLine]] = {}
    for line in lines:
        if line.cell and line.sheet in pages:
            address = _first_of_merged(pages[line.sheet], line.cell)
            lines_of_cell.setdefault((line.sheet, address), []).append(line)
    for (name, address), of_cell in lines_of_cell.items():
        _mark(pages[name][address], of_cell)
    _write_reasons(book.create_sheet(REASONS_SHEET, 0), lines, pages, _SUMS_KEPT if sums else _NO_FORMULAS)
    book.active = 0
    book.properties = DocumentProperties(creator="乡仓", title=REASONS_SHEET)
    out = BytesIO()
    book.save(out)
    numbers = {number: sums.get(sheet.name, {}) for number, sheet in enumerate(kept.sheets, start=2)}
    return put_sums(out.getvalue(), numbers) if sums else out.getvalue()


def _empty_others(page: Worksheet, sheet: Sheet) -> None:
    """Empty the cells that the copy shall not hold."""
    filled = _filled_cells(sheet)
    for cell in page._cells.values():  # noqa: SLF001 - the public ways make the empty cells between too
        if isinstance(cell, Cell) and (cell.row - 1, cell.column - 1) not in filled:
            cell.value = None


def _put_uncalculated(page: Worksheet, sheet: Sheet, sums: Mapping[str, str]) -> None:
    """Put = as a text where a formula had no result: left blank, the copy would pass for complete.

    A sum is put again as a formula, which Excel works out.
    """
    for (row, column), (kind, text) in _filled_cells(sheet).items():
        cell = page.cell(row + 1, column + 1) if kind == "f" else None
        if cell is not None and cell.coordinate in sums:
            cell.value = sums[cell.coordinate]
        elif cell is not None:
            put_text(cell, text)


def _first_of_merged(page: Worksheet, address: str) -> str:
    return next((area.coord.split(":")[0] for area in page.merged_cells.ranges if address in area), address)


def _mark(cell: Cell, lines: list[ReasonLine]) -> None:
    cell.protection = Protection(locked=False)
    color = COLORS[REJECTED if any(line.severity == REJECTED for line in lines) else lines[0].severity]
    cell.fill = PatternFill("solid", fgColor=color)
    text = "\n".join(f"{line.severity}：{line.message}" for line in lines)
    rows = sum(1 + len(line.message) // 18 for line in lines)
    cell.comment = Comment(clean(text), "乡仓", width=300, height=20 + 18 * rows)


def _write_reasons(
    page: Worksheet, lines: list[ReasonLine], pages: dict[str, Worksheet], of_formulas: str
) -> None:
    """Write all lines, each with a link to its cell inside the workbook. of_formulas: what became of them."""
    put_text(page["A1"], _NOTE.format(of_formulas))
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    page.row_dimensions[1].height = 64
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
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    for cells in page.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.page_setup.paperSize, page.page_setup.fitToHeight = page.PAPERSIZE_A4, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
