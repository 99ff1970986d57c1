"""Cells of a web page named .xls, as many reporting systems export it: one sheet, as Excel opens it.

Tables and the lines of text around them stand one below the other, the text in column A. A table that
holds tables is only a frame around them. White space is taken as a browser does. Numbers are of kind
text, because a page does not tell which they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from sources.reading.cells import Merged, Sheet, Unreadable, check_size, sheet_of
from sources.reading.encoding import decode_markup
from sources.reading.sheet_facts import ERROR_NAMES

_BREAK = "\v"
"""Stands for a line break until white space is collapsed; no page holds one."""
_BREAKING = {"br", "p", "div", "li", "tr", "td", "th", "caption", "h1", "h2", "h3", "h4", "h5", "h6"}
_NOT_SHOWN = ("head", "script", "style", "template")
_MAX_SPAN = 1000
_SHEET_NAME = re.compile(r"<x:Name>([^<]+)</x:Name>")
_ERRORS = frozenset(ERROR_NAMES.values())


def read_html(data: bytes) -> Sheet:
    """Read a page as a sheet. Raises Unreadable: undecodable, corrupt where a table is cut, too_large."""
    text = decode_markup(data)
    opened, closed = (len(re.findall(tag, text, re.IGNORECASE)) for tag in (r"<table\b", r"</table\b"))
    if opened != closed:  # the parser would not mind
        raise Unreadable("corrupt", "a table does not end: the page is cut short")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode(), parser)
    if parser.error_log.filter_from_fatals():
        raise Unreadable("too_large", "the page is nested deeper than is read")
    etree.strip_elements(root, *_NOT_SHOWN, with_tail=False)
    page = _Page()
    for block in _find_blocks(root):
        if isinstance(block, str):
            page.add_line(block)
        else:
            page.add_table(block)
    name = _SHEET_NAME.search(text)
    return sheet_of(
        name[1] if name else "Sheet1",
        page.cells,
        merged=page.merged,
        hidden_rows=page.hidden_rows,
        struck_rows=page.struck_rows,
    )


@dataclass
class _Page:
    """The sheet so far; `row` is the next one that is free."""

    row: int = 0
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)

    def add_line(self, line: str) -> None:
        self.cells[self.row, 0] = ("t", line)
        self.row += 1

    def add_table(self, table: etree._Element) -> None:
        first, row, column = self.row, self.row - 1, 0
        self.row += sum(1 for _ in table.iter("caption", "tr")) or 1
        covered: set[tuple[int, int]] = set()
        for node in table.iter("caption", "tr", "td", "th"):
            if node.tag in ("caption", "tr"):
                row, column = row + 1, 0
                style = node.get("style", "").replace(" ", "").lower()
                if node.get("hidden") is not None or re.search(
                    "display:none|visibility:(collapse|hidden)", style
                ):
                    self.hidden_rows.add(row)
            if node.tag == "tr":
                continue
            row = max(row, first)  # a cell may come without a row
            while (row, column) in covered:
                column += 1
            shown = _cell_text(node)
            self.cells[row, column] = ("e" if shown in _ERRORS else "t", shown)
            if not shown and node.get("x:fmla") and node.get("x:str") is None:
                self.cells[row, column] = ("f", "=")
            if shown and _is_struck(node):
                self.struck_rows.add(row)
            last = (
                min(row + _read_span(node, "rowspan"), self.row) - 1,
                column + _read_span(node, "colspan") - 1,
            )
            if last != (row, column):
                self.merged.append((row, column, *last))
                check_size(len(covered) + (last[0] - row + 1) * (last[1] - column + 1))
                covered.update((r, c) for r in range(row, last[0] + 1) for c in range(column, last[1] + 1))
            column = last[1] + 1


def _is_struck(cell: etree._Element) -> bool:
    """Tell whether a cell, its row or what it holds is struck out."""
    styles = [
        node.get("style", "")
        for node in (cell, cell.getparent(), *cell.iterdescendants())
        if node is not None
    ]
    return (
        any("line-through" in style for style in styles)
        or cell.find(".//s") is not None
        or (cell.find(".//strike") is not None or cell.find(".//del") is not None)
    )


def _read_span(cell: etree._Element, name: str) -> int:
    """Read a span as browsers do: at least 1, at most 1000; the caller cuts rowspan at the table's end."""
    digits = re.match(r"\s*(\d{1,9})", cell.get(name, ""))
    return max(1, min(int(digits[1]), _MAX_SPAN)) if digits else 1


def _find_blocks(root: etree._Element) -> Iterator[str | etree._Element]:
    """Yield lines of text and tables without tables in them, in the order of the page."""
    text = ""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        is_grid = node.tag == "table" and node.find(".//table") is None
        if event == "start" and is_grid:
            yield from _lines(text)
            yield node
            text = ""
            walk.skip_subtree()
        elif event == "start":
            text += _text_at_start(node)
        else:
            text += _text_at_end(node)
    yield from _lines(text)


def _cell_text(cell: etree._Element) -> str:
    if not len(cell):
        return _collapse(cell.text or "")
    texts = [cell.text or ""]
    for event, node in etree.iterwalk(cell, events=("start", "end")):
        if node is not cell:
            texts.append(_text_at_start(node) if event == "start" else _text_at_end(node))
    return _collapse("".join(texts))


def _text_at_start(node: etree._Element) -> str:
    return (_BREAK if node.tag in _BREAKING else "") + (node.text or "")


def _text_at_end(node: etree._Element) -> str:
    return (_BREAK if node.tag in _BREAKING else "") + (node.tail or "")


def _lines(text: str) -> list[str]:
    return [line for line in _collapse(text).split("\n") if line and not line.isspace()]


def _collapse(text: str) -> str:
    """Make white space, but the no-break space, one space, and breaks line ends; drop both at either end."""
    text = re.sub(r"[ \t\r\n\f]+", " ", text)
    return re.sub(r"[ \v]*\v[ \v]*", "\n", text).strip(" \n")
