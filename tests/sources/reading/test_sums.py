"""Totals of a marked copy: they stay sums, which follow when a cell is put right; no other formula is kept."""

from io import BytesIO

import openpyxl
import xlsxwriter

from sources.reading.marking.line import REJECTED, ReasonLine
from sources.reading.marking.marked import marked_copy
from sources.reading.marking.names import REASONS_SHEET

WRONG = ReasonLine(REJECTED, "表", "A2", "不应为空")
OTHERS = ["=SUM(A2:A3)*2", "=SUM([x.xlsx]表!A2:A3)", "=SUM(底稿!A2:A3)"]


def with_sums() -> bytes:
    """A column with its total, and one that has no result yet; a sum over a cell that is left out; other formulas."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        sheet.write_column(0, 0, ["户数", 3, 4])
        sheet.write_formula("A4", "=SUM(A2:A3)", book.add_format({"bold": True}), 7)
        sheet.write_formula("A5", "=SUM($A$2:$A$3)", None, "")
        sheet.write_formula("C4", "=SUM(A4:B4)", None, 7)
        for row, other in enumerate(OTHERS, start=5):
            sheet.write_formula(row, 0, other, None, 14)
        book.add_worksheet("底稿")
    return out.getvalue()


def test_a_total_stays_a_sum_and_no_other_formula_does() -> None:
    copy = BytesIO(marked_copy(with_sums(), [WRONG], {"表": [(3, 1)], "底稿": []}))
    formulas = openpyxl.load_workbook(copy)["表"]
    values = openpyxl.load_workbook(copy, data_only=True)["表"]

    assert [formulas[at].value for at in ("A4", "A5")] == ["=SUM(A2:A3)", "=SUM($A$2:$A$3)"]
    assert (values["A4"].value, values["A5"].value, values["A4"].font.bold) == (7, None, True)
    assert [formulas[at].value for at in ("C4", "A6", "A7", "A8")] == [7, 14, 14, 14]


def test_the_sheet_of_reasons_says_whether_totals_follow() -> None:
    copy = BytesIO(marked_copy(with_sums(), [WRONG], {"表": []}))
    assert "合计的求和公式照旧重算" in openpyxl.load_workbook(copy)[REASONS_SHEET]["A1"].value

    without = BytesIO(marked_copy(b"<table><tr><td>a</td></tr></table>", [], {}))
    assert "合计请一并改正" in openpyxl.load_workbook(without)[REASONS_SHEET]["A1"].value
