"""Rows under a header: records, sums, comparisons, repeated headers and footers, with the labels that tell them."""

from dataclasses import dataclass, field

from sources.drafting.labels import is_footer, is_memo, is_sum
from sources.drafting.tables import PrintedTable, count_figures
from sources.layout.column_name import is_placeholder
from sources.text.squeeze import squeeze

_SHORT = 12


@dataclass
class PrintedRows:
    """The rows of a table by what they are; labels as printed, squeezed, in their order.

    unfilled: records of which only the labels are filled.
    """

    records: list[int] = field(default_factory=list)
    unfilled: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    memos: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    total_labels: dict[str, None] = field(default_factory=dict)
    memo_labels: dict[str, None] = field(default_factory=dict)
    footer_labels: dict[str, None] = field(default_factory=dict)


def read_rows(table: PrintedTable) -> PrintedRows:
    """Tell what each row under the header is."""
    rows, block = PrintedRows(), table.block
    headings = {block.own_texts(row) for row in range(table.top, table.body)}
    with_figures = {row for row in range(table.body, block.end_row) if count_figures(block, row)}
    labelled = [(row, _labels(table, row)) for row in range(table.body, block.end_row)]
    compares = any(is_memo(label) for _, labels in labelled for label in labels)
    for row, labels in labelled:
        filled = block.filled_columns(row)
        if not filled:
            continue
        first = squeeze(block.sheet.text[row][filled[0]])
        if block.own_texts(row) in headings or (first in table.titles and len(filled) == 1):
            rows.headers.append(row)
        elif is_footer(first) or (rows.footers and len(filled) <= 2):
            rows.footers.append(row)
            rows.footer_labels |= {_footer_label(first): None} if is_footer(first) else {}
        elif label := next((label for label in labels if is_memo(label)), None):
            rows.memos.append(row)
            rows.memo_labels[_memo_label(label)] = None
        elif label := next((text for text in labels if is_sum(text) or (compares and text == "本年")), None):
            rows.totals.append(row)
            rows.total_labels[label] = None
        elif (
            len(filled) == 1 and row not in with_figures and block.end_row - row <= 3 and len(first) > _SHORT
        ):
            rows.footers.append(row)
        elif (
            with_figures
            and row not in with_figures
            and (len(filled) == 1 or 3 * len(filled) < len(table.columns))
        ):
            rows.unfilled.append(row)
        else:
            rows.records.append(row)
    _settle_totals(rows)
    return rows


def _labels(table: PrintedTable, row: int) -> list[str]:
    """List the texts of a row before its first figure, at most three; the last first."""
    block = table.block
    texts = []
    for column in block.filled_columns(row)[:3]:
        text = squeeze(block.sheet.text[row][column])
        if block.sheet.kinds[row][column] != "t":
            break
        texts.append(text)
    return [text for text in texts[::-1] if not is_placeholder(text)]


def _memo_label(label: str) -> str:
    return "其中" if label.startswith("其中") else label


def _footer_label(text: str) -> str:
    """Shorten a footer's text to its label: names and numbers of persons follow it."""
    label = text.split(":", 1)[0].split("(", 1)[0]
    for known in ("填表说明", "说明", "注", "附报", "附注", "补充资料", "资料来源", "数据来源"):
        if label.startswith(known):
            return known
    return "" if any(sign.isdigit() for sign in label) or len(label) > _SHORT else label


def _settle_totals(rows: PrintedRows) -> None:
    """Take rows of sums back that are the only kind of row there is: they are records."""
    if rows.totals and not rows.records and not rows.unfilled and not rows.memos:
        rows.records, rows.totals = rows.totals, []
        rows.total_labels = {}
    rows.footer_labels.pop("", None)
