"""Layout of forms in which a record is a row under a header."""

from collections import Counter

from schemas.field import Column
from sources.layout.block import Block, StatedText, find_stated, has_figures
from sources.layout.block_content import (
    UNCALCULATED,
    BlockContent,
    TotalRow,
    find_label,
    read_head,
    report_uncalculated,
)
from sources.layout.header import Header, find_header, split_side_by_side
from sources.layout.row_kinds import Body, RowShape, classify_row, read_labels
from sources.reading.cells import cell_address
from sources.text.squeeze import squeeze


def lay_out_rows(block: Block, table: list[Column]) -> list[BlockContent] | None:
    """Lay out a block in which a record is a row; None where it has no header of this contract.

    One content, or as many as stand side by side under one title; texts stated over the first hold for all.
    table: the columns that are to be filled. Raises nothing: faults of the sheet become problems.
    """
    layout = block.contract.workbook
    whole = range(block.first_row, block.end_row)
    lines = {name: find_stated(block, whole, labels) for name, labels in layout.lines.items()}
    contents: list[BlockContent] = []
    for beside in split_side_by_side(block):
        header = find_header(beside, table, {name for name, stated in lines.items() if stated})
        if header is None:
            return None
        content = _lay_out_table(beside, header, table, {n: stated for n, stated in lines.items() if stated})
        if contents:
            first = contents[0]
            content.reporter, content.periods, content.unit_lines = (
                first.reporter,
                first.periods,
                first.unit_lines,
            )
            content.title, content.goes_on = first.title, True
        contents.append(content)
    return contents


def _lay_out_table(
    block: Block, header: Header, table: list[Column], lines: dict[str, StatedText]
) -> BlockContent:
    content = BlockContent(
        block,
        columns=dict(header.columns),
        units=dict(header.units),
        headings=dict(header.headings),
        ignored=dict(header.ignored),
        problems=list(header.problems),
    )
    read_head(content, header.top)
    content.classes.counts["title"] += sum(map(block.count_filled, range(block.first_row, header.top)))
    content.classes.counts["header"] += sum(map(block.count_filled, range(header.top, header.body)))
    report_uncalculated(content, range(block.first_row, header.body))
    _check_head(content, header, table)
    _read_body(content, header, table)
    for name, stated in lines.items():
        if name not in header.columns:
            content.cells[name] = stated.cell
            content.texts[name] = [stated.text] * len(content.rows)
            content.kinds[name] = ["t"] * len(content.rows)
    return content


def _check_head(content: BlockContent, header: Header, table: list[Column]) -> None:
    """Report rows of figures over the header as a problem: they would be lost as part of the title."""
    block = content.block
    numeric = {header.columns[c.name] for c in table if c.name in header.columns and c.dtype.is_numeric()}
    for row in range(block.first_row, header.top):
        texts, kinds = [squeeze(text) for text in block.sheet.text[row]], block.sheet.kinds[row]
        figures = [
            column for column in sorted(numeric) if has_figures(texts[column : column + 1], kinds[column])
        ]
        if figures and len(figures) >= min(2, len(numeric)) and not any(":" in text for text in texts):
            message = "表头以上有数字；请检查表头是否完整，或删去该内容"
            content.problems.append(block.problem("delivery__unknown_header", row, figures[0], message))


def _read_body(content: BlockContent, header: Header, table: list[Column]) -> None:
    body = Body.under(content, header, table)
    records = Counter[RowShape]()
    below_footer, section = False, 0
    for row in range(header.body, content.block.end_row):
        shape = body.shape_of(row)
        kind = classify_row(body, row, shape, below_footer) if shape.filled else ""
        if kind == "body":
            records[shape] += 1
            _read_record(body, row, shape)
        elif kind == "total":
            content.totals.append(_read_total(body, row, shape, section))
            section = len(content.rows)
        elif kind == "unfilled":
            _skip_row(body, row, shape)
        elif kind == "footer":
            below_footer = True
            content.footer_rows.append(row)
        content.nil_rows += [row] if kind == "nil" else []
        if kind in _IGNORED_ROWS:
            content.classes.ignore(_IGNORED_ROWS[kind], len(shape.filled))
        elif kind not in ("body", "unfilled", ""):
            content.classes.counts[kind] += len(shape.filled)
    _classify_records(content, header, records)
    _read_columns(body)


_IGNORED_ROWS = {"memo": "对比或其中行，不是数据", "banner": "横跨各栏的文字，不是数据", "nil": "零报告"}


def _classify_records(content: BlockContent, header: Header, records: Counter[RowShape]) -> None:
    """Classify the cells of records that are read, or that the contract ignores. records: how many have a shape."""
    for shape, count in records.items():
        content.classes.counts["body"] += count * (len(shape.filled) - len(shape.others))
        for column in (column for column in shape.others if column in header.ignored):
            content.classes.ignore(header.ignored[column], count)
            content.unread_columns.add(column)


def _read_total(body: Body, row: int, shape: RowShape, section: int) -> TotalRow:
    sheet, layout = body.block.sheet, body.block.contract.workbook
    label = find_label(read_labels(body, row, shape), layout.total_rows) or ""
    cells = {
        name: ((sheet.text[row][column], sheet.kind_at(row, column)), cell_address(row, column))
        for name, column in body.header.columns.items()
        if column in shape.filled
    }
    return TotalRow(label, cells, (section, len(body.content.rows)) if label.endswith("小计") else None)


def _read_record(body: Body, row: int, shape: RowShape) -> None:
    content, header = body.content, body.header
    content.rows.append(row + 1)
    if header.township is not None:
        township, kind = _read_cell(body, row, header.township)
        content.township.append(township)
        if kind == "f":
            content.problems.append(
                body.block.problem("delivery__formula_without_result", row, header.township, UNCALCULATED)
            )
    if shape.strange:
        _classify_strange_cells(body, row, shape.strange)


def _read_columns(body: Body) -> None:
    """Read texts and kinds of the records' cells, field by field."""
    content, sheet = body.content, body.block.sheet
    rows = [row - 1 for row in content.rows]
    merged = [(at, row) for at, row in enumerate(rows) if row in body.merged]
    for name, column in body.header.columns.items():
        texts, kinds = [sheet.text[row][column] for row in rows], [sheet.kinds[row][column] for row in rows]
        if sheet.displays:
            kinds = [sheet.kind_at(row, column) for row in rows]
        for at, row in merged:
            texts[at], kinds[at] = _read_cell(body, row, column)
        content.texts[name], content.kinds[name] = texts, kinds


def _skip_row(body: Body, row: int, shape: RowShape) -> None:
    """Classify the cells of a row without a record; one outside the table is a problem there too."""
    header = body.header
    known = {*body.wanted, header.township, *header.ignored, *header.beside}
    body.content.skipped += bool(shape.wanted)
    body.content.classes.ignore("未填报的行", len(known & set(shape.filled)))
    body.content.passed_over.append(row)
    body.content.unread_columns.update(header.ignored)
    _classify_strange_cells(body, row, [column for column in shape.filled if column not in known])


def _classify_strange_cells(body: Body, row: int, columns: list[int]) -> None:
    """Classify the cells that belong to no column that is read or that the contract ignores by its heading."""
    content, header, block = body.content, body.header, body.block
    for column in columns:
        is_beside = column in header.beside and block.text_at(row, column - 1) != ""
        is_label = is_beside and block.sheet.kinds[row][column] == "t"
        reason = "与前一列同一表头的文字" if is_label else block.contract.ignored_headers.get("")
        content.classes.ignore(reason or "表头不认得的列", 1)
        if reason is not None:
            content.unread_columns.add(column)
        if reason is None and column not in header.unknown:
            header.unknown.add(column)
            message = "此列没有表头却有内容；请删去该内容，或补上规定的表头"
            content.problems.append(block.problem("delivery__unknown_header", row, column, message))


def _read_cell(body: Body, row: int, column: int) -> tuple[str, str]:
    """Read text and kind of a cell.

    A text merged over several rows counts for each of them; a number does not: its kind is m.
    """
    block, sheet = body.block, body.block.sheet
    at = block.origin.get((row, column), (row, column))
    text, kind = sheet.text[at[0]][at[1]], sheet.kind_at(*at)
    if column not in body.numeric:
        return text, kind
    is_shared = at[0] != row or block.origin.get((row + 1, column)) == at
    if is_shared and kind != " ":
        return text, "m"
    return sheet.text[row][column], sheet.kind_at(row, column)
