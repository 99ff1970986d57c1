"""The sheet of a blank form that explains it column by column."""

from collections.abc import Sequence
from itertools import chain

import pandera.polars as pa
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sources.layout.settle import PERIOD_EXAMPLES
from sources.templates.cell_checks import NOTHING
from sources.templates.headings import REQUIRED
from sources.templates.limits import limits
from sources.templates.look import LINE_POINTS, LOOKS, line_count, print_setup
from sources.templates.page import Template
from sources.templates.words import how_to_fill, name_of, required, rule_titles

_HEADINGS = ("栏目", "含义", "计量单位", "是否必填", "怎么填", "规则")
_WIDTHS = (26, 44, 10, 10, 24, 60)


def write_explanation(
    book: Workbook, sheet: Worksheet, template: Template, model: type[pa.DataFrameModel]
) -> None:
    """Fill the sheet: how to send the form, then a row per column."""
    write_sheet(book, sheet, sentences_of(template), _HEADINGS, _WIDTHS, rows_of(template, model))


def texts_of(template: Template, model: type[pa.DataFrameModel]) -> set[str]:
    """Collect the texts of the sheet: whoever sends it back has written none of them."""
    return {*sentences_of(template), *_HEADINGS, *chain.from_iterable(rows_of(template, model))}


def sentences_of(template: Template) -> list[str]:
    """Say how the form is filled and sent."""
    contract = template.contract
    return [
        f"报告期写作如 {PERIOD_EXAMPLES[contract.grain]}；每份只填一期。",
        f"表头标 {REQUIRED} 的必填，没有填的行会退回；其余没有的数留空。",
        "只有白底和黄底的单元格可填；灰底的已锁定，表头和工作表名请勿改动。鼠标停在表头上可看说明。",
        "空白的行不必删去，打印前可以隐藏。",
        *([f"{NOTHING}，其余留空，照样报送。"] if may_be_nothing(template) else []),
        f"填好后放入收件箱的“{template.reporter.folder}”文件夹，稍后在发件箱的同名文件夹里看回执。",
    ]


def may_be_nothing(template: Template) -> bool:
    """Whether the rows are the reporter's to write, so that there may be none."""
    given = any(entry.given for page in template.pages for entry in page.entries)
    return template.contract.workbook.shape == "rows" and not given


def rows_of(template: Template, model: type[pa.DataFrameModel]) -> list[tuple[str, ...]]:
    """Explain each column: name, meaning, unit, whether it must be filled and how, rules."""
    contract = template.contract
    return [
        (
            name_of(contract, column),
            column.description,
            column.unit or "—",
            required(contract, column),
            how_to_fill(column, limits(model, column), column.name in template.choices),
            "；".join(rule_titles(model, column)) or "—",
        )
        for column in template.columns
    ]


def write_sheet(
    book: Workbook,
    sheet: Worksheet,
    sentences: Sequence[str],
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
) -> None:
    """Write a locked sheet to read: sentences, and a table under them."""
    line, heading, cell = (book.add_format(LOOKS[look]) for look in ("line", "heading", "cell"))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for row, sentence in enumerate(sentences):
        sheet.write_string(row, 0, sentence, line)
    top = len(sentences) + 1
    sheet.write_row(top, 0, headings, heading)
    for row, texts in enumerate(rows, start=top + 1):
        sheet.write_row(row, 0, texts, cell)
        lines = max(line_count(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(row, lines * LINE_POINTS)
    sheet.freeze_panes(top + 1, 1)
    print_setup(sheet, top, top)
    sheet.protect("", {"format_columns": True, "format_rows": True})
