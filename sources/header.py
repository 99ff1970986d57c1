"""The header of a block: which rows it takes, and which column is which field."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.field import Column
from sources.block import Block, Problem
from sources.contract import squeeze
from sources.unit import is_unit

_PREFIX = re.compile(
    r"^(?:其中[:：]?|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．]|[①-⑳]|[a-z]、)+"
)
_PARENTHESES = re.compile(r"[(（]([^()（）]+)[)）]$")
_SEQUENCE = dict.fromkeys("甲乙丙丁戊己庚辛壬癸")
_LABEL_COLUMN = "标签列，不是数据"


@dataclass
class Header:
    """top to body (half open) are its rows; columns by field, units by field, ignored columns by reason.

    township: the column that says in which township a row's village lies.
    """

    top: int
    body: int
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    ignored: dict[int, str] = field(default_factory=dict)
    township: int | None = None
    problems: list[Problem] = field(default_factory=list)


def find_header(block: Block, table: list[Column], stated_fields: set[str]) -> Header | None:
    """Find the header rows and match each column; None where no row looks like a header.

    table: the columns of the table that are to be filled. stated_fields: those that a line states.
    """
    rows = _header_rows(block)
    if rows is None:
        return None
    top, bottom = rows
    header = Header(top, bottom + 1)
    unit_rows = _skip_number_and_unit_rows(block, header)
    _match_columns(block, header, top, bottom)
    _units_from_rows(block, header, unit_rows)
    there = stated_fields | set(header.columns)
    for column in [c for c in table if block.contract.needs(c) and c.name not in there]:
        known = "、".join(block.contract.columns.get(column.name, []))
        message = f"缺少“{column.title}”列；请按表样补上，表头可写作：{known}"
        header.problems.append(block.problem("delivery__missing_column", top, block.first_column, message))
    return header


def _header_rows(block: Block) -> tuple[int, int] | None:
    layout = block.contract.workbook
    assert layout is not None
    start = _row_beginning(block, layout.header_starts_at)
    end = _row_beginning(block, layout.header_ends_at, after=start)
    if end is not None and is_number_row(block, end):
        end -= 1
    anchor = end if end is not None else _anchor(block)
    if anchor is None:
        return None
    if start is not None and layout.header_rows:
        return start, start + layout.header_rows - 1
    top = start if start is not None else _climb(block, anchor)
    return top, anchor


def _row_beginning(block: Block, label: str | None, after: int | None = None) -> int | None:
    if label is None:
        return None
    wanted = squeeze(label)
    for row in range(block.first_row if after is None else after, min(block.end_row, block.first_row + 40)):
        filled = block.filled(row)
        if filled and squeeze(block.sheet.text[row][filled[0]]) == wanted:
            return row
    return None


def _anchor(block: Block) -> int | None:
    """The last of the rows in which most columns bear a known name: the leaves of the header."""
    first = block.first_row if block.title_row is None else block.title_row + 1
    best, most = None, 1
    for row in range(first, min(block.end_row, first + 30)):
        known = {
            name
            for column in range(block.first_column, block.end_column)
            for name in _names([block.spread(row, column)])
            if _known(block, name)
        }
        if len(known) >= max(most, 2):
            best, most = row, len(known)
    return best


def _climb(block: Block, anchor: int) -> int:
    """Up from the leaves over the group headings, to the line below title and stated lines."""
    top = anchor
    floor = block.first_row if block.title_row is None else block.title_row + 1
    while top > floor and _is_heading(block, top - 1):
        top -= 1
    return top


def _is_heading(block: Block, row: int) -> bool:
    texts = {block.spread(row, column) for column in range(block.first_column, block.end_column)} - {""}
    return len(texts) >= 2 and not any(":" in text for text in texts)


def _skip_number_and_unit_rows(block: Block, header: Header) -> list[int]:
    unit_rows = []
    while header.body < block.end_row:
        if _is_unit_row(block, header.body):
            unit_rows.append(header.body)
        elif not is_number_row(block, header.body):
            break
        header.body += 1
    return unit_rows + [row for row in range(header.top, header.body) if _is_unit_row(block, row)]


def is_number_row(block: Block, row: int) -> bool:
    """甲 乙 1 2 3: marks, then numbers that count up by one."""
    texts = [squeeze(block.sheet.text[row][column]) for column in block.filled(row)]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
    marks = [text for text in texts if text in _SEQUENCE]
    counts_up = all(after - before == 1 for before, after in pairwise(numbers))
    return (
        len(texts) >= 2
        and len(numbers) + len(marks) == len(texts)
        and counts_up
        and (bool(marks) or numbers[0] == 1)
    )


def _is_unit_row(block: Block, row: int) -> bool:
    texts = [squeeze(block.sheet.text[row][column]) for column in block.filled(row)]
    label = squeeze(block.contract.workbook.unit_row or "")  # type: ignore[union-attr]
    if label and texts and texts[0] == label:
        return True
    units = [text for text in texts if is_unit(text.strip("()"))]
    others = [
        text
        for text in texts
        if text not in units and text.strip("-—－") and text not in ("计量单位", "单位", "计算单位")
    ]
    return bool(units) and not others


def _match_columns(block: Block, header: Header, top: int, bottom: int) -> None:
    seen: dict[int, tuple[int, int]] = {}
    for column in range(block.first_column, block.end_column):
        path = _path(block, column, range(top, bottom + 1))
        if not path:
            continue
        origin = block.origin.get((bottom, column), (bottom, column))
        if origin in seen.values() and origin[1] != column:
            header.ignored[column] = _LABEL_COLUMN
            continue
        seen[column] = origin
        _match(block, header, column, path, bottom)


def _match(block: Block, header: Header, column: int, path: list[str], bottom: int) -> None:
    contract = block.contract
    for name in _names(path):
        field_name = contract.field_of_header.get(name)
        if field_name is None:
            continue
        if field_name in header.columns:
            message = f"此列与另一列同为“{contract.columns[field_name][0]}”；请删去其一"
            header.problems.append(block.problem("delivery__duplicate_header", bottom, column, message))
            return
        header.columns[field_name] = column
        if unit := _unit_in(path):
            header.units[field_name] = unit
        return
    if set(_names(path)) & set(map(squeeze, contract.places.township)):
        header.township = column
        return
    for name in _names(path):
        if name in contract.ignored_headers:
            header.ignored[column] = contract.ignored_headers[name]
            return
    if "*" in contract.ignored_columns:
        header.ignored[column] = contract.ignored_columns["*"]
        return
    message = "此列表头不在表式约定中；请改用规定的表头，或请数据管理员在约定中登记"
    header.problems.append(block.problem("delivery__unknown_header", bottom, column, message))


def _path(block: Block, column: int, rows: range) -> list[str]:
    path: list[str] = []
    for row in rows:
        text = block.spread(row, column)
        if text and text not in _SEQUENCE and (not path or path[-1] != text):
            path.append(text)
    return path


def _names(path: list[str]) -> list[str]:
    """What a column may be called, most specific first: path tails, then each part from the leaf up."""
    bare = [bare_name(part) for part in path]
    tails = ["/".join(parts[-length:]) for length in range(len(path), 0, -1) for parts in (path, bare)]
    parts = [part for pair in zip(reversed(path), reversed(bare), strict=True) for part in pair]
    return list(dict.fromkeys(tails + parts))


def bare_name(part: str) -> str:
    """A header or indicator name without its numbering and its unit of measure."""
    part = _PREFIX.sub("", part)
    unit = _PARENTHESES.search(part)
    return part[: unit.start()] if unit and is_unit(unit[1]) else part


def _unit_in(path: list[str]) -> str | None:
    for part in reversed(path):
        found = _PARENTHESES.search(part)
        if found and is_unit(found[1]):
            return found[1]
    return None


def _known(block: Block, name: str) -> bool:
    return name in block.contract.field_of_header or name in block.contract.ignored_headers


def _units_from_rows(block: Block, header: Header, unit_rows: list[int]) -> None:
    for row in unit_rows:
        for field_name, column in header.columns.items():
            text = block.spread(row, column).strip("()")
            if is_unit(text):
                header.units.setdefault(field_name, text)
