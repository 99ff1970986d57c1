"""Replies as Excel workbooks of texts: no formulas, no links."""

from collections.abc import Callable, Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sources.reading.marking.line import COLORS, HEADINGS
from sources.replies.content import Reply

_TOTAL_HEADINGS = ("工作表", "单元格", "合计行", "栏目", "表中所印", "各行相加")

_TEXT = {
    "font_name": "Microsoft YaHei",
    "font_size": 10,
    "valign": "top",
    "text_wrap": True,
    "num_format": "@",
}


_WIDTHS = (11, 18, 12, 52, 18, 18)


def to_excel(reply: Reply) -> bytes:
    """Write the reply as .xlsx of one sheet: the facts, then the reasons, then the totals that disagree."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "报送回执", "created": reply.receipt.staged_at.replace(tzinfo=None)})
        text = book.add_format(_TEXT)
        heading = book.add_format(_TEXT | {"bold": True, "bg_color": "#F3F5F8", "bottom": 1})
        fills = {
            severity: book.add_format(_TEXT | {"bg_color": f"#{color}"}) for severity, color in COLORS.items()
        }
        sheet = book.add_worksheet("回执")
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        row = _write_facts(sheet, [("结果", reply.outcome), *reply.facts, ("说明", reply.advice)], text)
        for headings, lines in ((HEADINGS, reply.lines), (_TOTAL_HEADINGS, reply.totals)):
            if lines:
                row = _write_rows(sheet, row + 1, [headings], lambda _: heading)
                row = _write_rows(sheet, row, lines, lambda cell_text: fills.get(cell_text, text))
        if reply.unlisted:
            sheet.write_string(row, 0, f"另有 {reply.unlisted} 条没有列出")
    return out.getvalue()


def _write_facts(sheet: Worksheet, facts: Sequence[tuple[str, str]], look: Format) -> int:
    """Write label and text, over several columns and as high as needed; returns the row after them."""
    for row, (label, text) in enumerate(facts):
        sheet.write_string(row, 0, label, look)
        sheet.merge_range(row, 1, row, 3, "", look)
        sheet.write_string(row, 1, text, look)
        sheet.set_row(row, 16 * (1 + len(text) // 40))
    return len(facts)


def _write_rows(
    sheet: Worksheet, first: int, rows: Sequence[Sequence[str]], look: Callable[[str], Format]
) -> int:
    """Write texts as texts, whatever they begin with; returns the row after them."""
    for row, texts in enumerate(rows, start=first):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, look(text))
    return first + len(rows)
