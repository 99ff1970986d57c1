"""Lay out a block in which a record is a row under a header."""

import re
from dataclasses import dataclass

import polars as pl

from schemas.field import Column
from sources.layout.block import Block, Stated, has_figures, stated
from sources.layout.header import Header, find_header, side_by_side
from sources.layout.laid import Laid, Total, label_of, read_head
from sources.reading.cells import cell_address
from sources.text.squeeze import squeeze


def lay_out_rows(block: Block, table: list[Column]) -> list[Laid] | None:
    """Lay out a block in which a record is a row; None where it has no header of this contract.

    One part, or as many as stand side by side under one title: what is said over the first holds for all.
    table: the columns that are to be filled. Raises nothing: what is wrong becomes a problem.
    """
    layout = block.contract.workbook
    whole = range(block.first_row, block.end_row)
    lines = {name: stated(block, whole, labels) for name, labels in layout.lines.items()}
    parts: list[Laid] = []
    for beside in side_by_side(block):
        header = find_header(beside, table, {name for name, said in lines.items() if said})
        if header is None:
            return None
        laid = _lay_out_part(beside, header, table, {n: said for n, said in lines.items() if said})
        if parts:
            first = parts[0]
            laid.reporter, laid.period, laid.unit = first.reporter, first.period, first.unit
            laid.title, laid.goes_on = first.title, True
        parts.append(laid)
    return parts


def _lay_out_part(block: Block, header: Header, table: list[Column], lines: dict[str, Stated]) -> Laid:
    laid = Laid(block, columns=dict(header.columns), units=dict(header.units), problems=list(header.problems))
    read_head(laid, header.top)
    laid.classes.counts["title"] += sum(map(block.count, range(block.first_row, header.top)))
    laid.classes.counts["header"] += sum(map(block.count, range(header.top, header.body)))
    _check_head(laid, header, table)
    _read_body(laid, header, table)
    for name, said in lines.items():
        if name not in header.columns:
            laid.cells[name] = said.cell
            laid.texts[name] = [said.text] * len(laid.rows)
            laid.kinds[name] = ["t"] * len(laid.rows)
    return laid


def _check_head(laid: Laid, header: Header, table: list[Column]) -> None:
    """Rows of figures over the header are a problem: they would be lost as part of the title."""
    block = laid.block
    numeric = {header.columns[c.name] for c in table if c.name in header.columns and c.dtype.is_numeric()}
    for row in range(block.first_row, header.top):
        texts, kinds = [squeeze(text) for text in block.sheet.text[row]], block.sheet.kinds[row]
        figures = [
            column for column in sorted(numeric) if has_figures(texts[column : column + 1], kinds[column])
        ]
        if figures and len(figures) >= min(2, len(numeric)) and not any(":" in text for text in texts):
            message = "表头以上有数字；请检查表头是否完整，或删去该内容"
            laid.problems.append(block.problem("delivery__unknown_header", row, figures[0], message))


@dataclass(frozen=True)
class _Body:
    """The rows under a header.

    wanted: the columns of fields; values: of those that are no text; numeric: of numbers. headings: the
    header rows by their first text, as they come again at the top of a page. merged: rows that a merged
    range touches.
    """

    laid: Laid
    header: Header
    wanted: set[int]
    values: set[int]
    numeric: set[int]
    headings: dict[str, set[tuple[str, ...]]]
    merged: set[int]

    @property
    def block(self) -> Block:
        return self.laid.block


def _read_body(laid: Laid, header: Header, table: list[Column]) -> None:
    body = _body(laid, header, table)
    below_footer, section = False, 0
    for row in range(header.body, laid.block.end_row):
        filled = laid.block.filled(row)
        kind = _kind_of(body, row, filled, below_footer) if filled else ""
        if kind == "body":
            _read_record(body, row, filled)
        elif kind == "total":
            laid.totals.append(_total(body, row, filled, section))
            section = len(laid.rows)
        elif kind == "unfilled":
            _pass_over(body, row, filled)
        elif kind == "footer":
            below_footer = True
            laid.footer_rows.append(row)
        if kind in _IGNORED_ROWS:
            laid.classes.ignore(_IGNORED_ROWS[kind], len(filled))
        elif kind not in ("body", "unfilled", ""):
            laid.classes.counts[kind] += len(filled)
    _read_columns(body)


def _body(laid: Laid, header: Header, table: list[Column]) -> _Body:
    block = laid.block
    found = [(column.dtype, header.columns[column.name]) for column in table if column.name in header.columns]
    headings: dict[str, set[tuple[str, ...]]] = {}
    for row in range(header.top, header.body):
        texts = block.own_texts(row)
        headings.setdefault(next(filter(None, texts), ""), set()).add(texts)
    return _Body(
        laid,
        header,
        wanted={at for _, at in found},
        values={at for dtype, at in found if dtype != pl.String},
        numeric={at for dtype, at in found if dtype.is_numeric()},
        headings=headings,
        merged={row for row, _ in block.origin},
    )


_IGNORED_ROWS = {"memo": "对比或其中行，不是数据", "banner": "横跨各栏的文字，不是数据"}
_PAGE_MARK = re.compile(
    r"第?[\d一二三四五六七八九十]+页(?:[,/、]?共\d+页)?|共\d+页[,/、]?第\d+页|[-—]\d+[-—]"
)


def _kind_of(body: _Body, row: int, filled: list[int], below_footer: bool) -> str:
    block, layout = body.block, body.block.contract.workbook
    labels = _labels(body, row, filled)
    if label_of(labels, layout.total_rows):
        return "total"
    if label_of(labels, layout.memo_rows):
        return "memo"
    wanted, first = body.wanted.intersection(filled), squeeze(block.sheet.text[row][filled[0]])
    is_page_mark = len(filled) == 1 and _PAGE_MARK.fullmatch(first)
    if label_of(labels[:1], layout.footer, loose=True) or (below_footer and len(wanted) <= 1) or is_page_mark:
        return "footer"
    if first in body.headings and block.own_texts(row) in body.headings[first]:
        return "header"
    if len(filled) == 1 and _spans_values(body, row, filled[0]):
        return "banner"
    return "unfilled" if _is_unfilled(body, row, wanted) else "body"


def _labels(body: _Body, row: int, filled: list[int]) -> list[str]:
    """What does not stand in a column of numbers or marks may be the row's label."""
    texts = body.block.sheet.text[row]
    return [squeeze(texts[column]) for column in filled if column not in body.values]


def _spans_values(body: _Body, row: int, column: int) -> bool:
    """Whether a text is merged across most columns of values: a heading or a note, never a record."""
    origin = body.block.origin
    under = [c for c in body.values if origin.get((row, c)) == (row, column)]
    return body.block.sheet.kinds[row][column] == "t" and 0 < len(body.values) <= 2 * len(under)


def _is_unfilled(body: _Body, row: int, wanted: set[int]) -> bool:
    """Whether a row holds no record: nothing in any column that is read; or, where the contract says so,
    only labels, or nothing but zeros without a label (formulas drawn down too far).
    """
    if not wanted or not body.block.contract.skip_unfilled_rows:
        return not wanted
    if not wanted & body.values:
        return True
    return wanted <= body.numeric and all(squeeze(body.block.sheet.text[row][c]) == "0" for c in wanted)


def _total(body: _Body, row: int, filled: list[int], section: int) -> Total:
    sheet, layout = body.block.sheet, body.block.contract.workbook
    label = label_of(_labels(body, row, filled), layout.total_rows) or ""
    cells = {
        name: ((sheet.text[row][column], sheet.kinds[row][column]), cell_address(row, column))
        for name, column in body.header.columns.items()
        if column in filled
    }
    return Total(label, cells, (section, len(body.laid.rows)) if label.endswith("小计") else None)


def _read_record(body: _Body, row: int, filled: list[int]) -> None:
    laid, header = body.laid, body.header
    laid.rows.append(row + 1)
    if header.township is not None:
        laid.township.append(_cell(body, row, header.township)[0])
    others = [column for column in filled if column not in body.wanted and column != header.township]
    laid.classes.counts["body"] += len(filled) - len(others)
    _class_others(body, row, others)


def _read_columns(body: _Body) -> None:
    """Texts and kinds of the records' cells, field by field."""
    laid, sheet = body.laid, body.block.sheet
    rows = [row - 1 for row in laid.rows]
    merged = [(at, row) for at, row in enumerate(rows) if row in body.merged]
    for name, column in body.header.columns.items():
        texts, kinds = [sheet.text[row][column] for row in rows], [sheet.kinds[row][column] for row in rows]
        for at, row in merged:
            texts[at], kinds[at] = _cell(body, row, column)
        laid.texts[name], laid.kinds[name] = texts, kinds


def _pass_over(body: _Body, row: int, filled: list[int]) -> None:
    """Class the cells of a row without a record: what stands outside the table there is a problem all the same."""
    header = body.header
    known = {*body.wanted, header.township, *header.ignored, *header.beside}
    body.laid.skipped += not body.wanted.isdisjoint(filled)
    body.laid.classes.ignore("未填报的行", len(known & set(filled)))
    body.laid.passed_over.append(row)
    body.laid.unread_columns.update(header.ignored)
    _class_others(body, row, [column for column in filled if column not in known])


def _class_others(body: _Body, row: int, columns: list[int]) -> None:
    """Class the cells that belong to no field."""
    laid, header, block = body.laid, body.header, body.block
    for column in columns:
        is_label = column in header.beside and block.sheet.kinds[row][column] == "t"
        reason = header.ignored.get(column, "与前一列同一表头的文字" if is_label else None)
        reason = reason or block.contract.ignored_headers.get("")
        laid.classes.ignore(reason or "表头不认得的列", 1)
        if reason is not None:
            laid.unread_columns.add(column)
        if reason is None and column not in header.unknown:
            header.unknown.add(column)
            message = "此列没有表头却有内容；请删去该内容，或补上规定的表头"
            laid.problems.append(block.problem("delivery__unknown_header", row, column, message))


def _cell(body: _Body, row: int, column: int) -> tuple[str, str]:
    """Text and kind of a cell. A text stands for every row it is merged over; a number does not: kind m."""
    block, sheet = body.block, body.block.sheet
    at = block.origin.get((row, column), (row, column))
    text, kind = sheet.text[at[0]][at[1]], sheet.kinds[at[0]][at[1]]
    if column not in body.numeric:
        return text, kind
    is_shared = at[0] != row or block.origin.get((row + 1, column)) == at
    if is_shared and kind != " ":
        return text, "m"
    return sheet.text[row][column], sheet.kinds[row][column]
