"""The header of a block: the rows that it takes, and the field of each column."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from schemas.field import Column
from sources.layout.block import Block, Problem, StatedText
from sources.layout.column_name import (
    bare_name,
    heading_of,
    is_heading_text,
    is_number_row,
    is_unit_row,
    names_of,
    unit_of,
)
from sources.reading.cells import cell_address
from sources.text.quoting import quote, suggest
from sources.text.squeeze import squeeze

_ASIDE = re.compile(r"其中:|\([^)]*\)")
"""Parts of a heading that may hold a colon; elsewhere a colon belongs to a stated line."""


@dataclass
class Header:
    """The header rows, top to body (half open), and the columns that they head.

    columns, units (the lowest first) and headings: by field. ignored: the reason by column. township: the
    column that names the township of a row's village. beside: columns that only share the heading of the
    column before them (合计 | 本年); beside its texts labels may stand there, numbers may not.
    unknown: columns whose heading is a problem already, or cannot be understood without a period. undated: fields
    that a column of another period, or of none that is known, stands for. is_personal: whether the form has fields of persons.
    """

    top: int
    body: int
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, list[StatedText]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    ignored: dict[int, str] = field(default_factory=dict)
    beside: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    undated: set[str] = field(default_factory=set)
    township: int | None = None
    is_personal: bool = False
    problems: list[Problem] = field(default_factory=list)


def find_header(block: Block, table: list[Column], stated_fields: set[str]) -> Header | None:
    """Find the header rows and match each column; None where no row looks like a header.

    table: the columns of the table that are to be filled. stated_fields: those that a line states.
    """
    rows = _find_header_rows(block)
    if rows is None:
        return None
    top, bottom = rows
    header = Header(top, bottom + 1, is_personal=any(column.pii for column in table))
    while header.body < block.end_row and is_annotation_row(block, header.body):
        header.body += 1
    for column in range(block.first_column, block.end_column):
        _match_column(block, header, column, bottom)
    _match_column_without_heading(block, header)
    absent = [
        c for c in table
        if block.contract.needs(c)
        and not any(c.name in known for known in (header.columns, stated_fields, header.undated))
    ]  # fmt: skip
    for lacking in absent:
        known = "、".join(block.contract.columns.get(lacking.name, []))
        message = f"缺少“{lacking.title}”列；请按表样补上，表头可写作：{known}"
        header.problems.append(block.problem("delivery__missing_column", top, block.first_column, message))
    return header


def split_side_by_side(block: Block) -> list[Block]:
    """Split a block in which the same columns stand again beside the first (序号 村名 | 序号 村名)."""
    rows = _find_header_rows(block)
    if rows is None:
        return [block]
    headings = range(rows[0], rows[1] + 1)
    heading_texts = [list(filter(None, block.own_texts(row))) for row in headings]
    if all(len(texts) == len(set(texts)) for texts in heading_texts):
        return [block]
    fields = {}
    for column in range(block.first_column, block.end_column):
        names = (
            names_of(_read_heading_path(block, column, headings))
            if _has_own_heading(block, column, headings)
            else ()
        )
        if field_name := block.contract.field_of(names, block.period):
            fields[column] = field_name
    first = next(iter(fields.values()), None)
    again = [column for column, name in fields.items() if name == first][1:]
    parts = list(pairwise([block.first_column, *again, block.end_column]))
    alike = {tuple(fields[c] for c in fields if left <= c < right) for left, right in parts}
    if not again or len(alike) > 1:
        return [block]
    return [replace(block, first_column=left, end_column=right) for left, right in parts]


def _find_header_rows(block: Block) -> tuple[int, int] | None:
    layout = block.contract.workbook
    start = _find_row_beginning(block, layout.header_starts_at)
    end = _find_row_beginning(block, layout.header_ends_at, after=start)
    if end is not None and is_annotation_row(block, end):
        end -= 1
    leaf_row = end if end is not None else _find_leaf_row(block)
    if leaf_row is None:
        return None
    if start is not None and layout.header_rows:
        return start, start + layout.header_rows - 1
    if layout.header_rows:
        return max(block.first_row, leaf_row - layout.header_rows + 1), leaf_row
    top = start if start is not None else _find_top_row(block, leaf_row)
    return top, _find_bottom_row(block, top, leaf_row)


def _find_row_beginning(block: Block, label: str | None, after: int | None = None) -> int | None:
    if label is None:
        return None
    wanted = squeeze(label)
    for row in range(block.first_row if after is None else after, min(block.end_row, block.first_row + 40)):
        filled = block.filled_columns(row)
        if filled and squeeze(block.sheet.text[row][filled[0]]).lstrip("*") == wanted:
            return row
    return None


def _find_leaf_row(block: Block) -> int | None:
    """Find the row in which most columns have a known name, or the last of those right below with as many."""
    contract, first = block.contract, block.first_row if block.title_row is None else block.title_row + 1
    best, most = None, 1
    for row in range(first, min(block.end_row, first + 30)):
        below_headings = is_annotation_row(block, row)
        known = {
            name
            for column in range(block.first_column, block.end_column)
            if is_heading_text(leaf := block.text_at(row, column))
            for name in names_of(_read_heading_path(block, column, range(first, row + 1)))
            if below_headings or name.endswith((leaf, bare_name(leaf)))
            if name in contract.field_of_header
            or name in contract.ignored_headers
            or contract.is_dated((name,))
        }
        if len(known) > most or (len(known) == most and best == row - 1):
            best, most = row, len(known)
    return best


def _find_bottom_row(block: Block, top: int, bottom: int) -> int:
    """Find the last row that a heading of these rows is merged down to."""
    return max(
        (
            row
            for (row, _), (first, column) in block.origin.items()
            if top <= first <= bottom < row and block.sheet.kinds[first][column] != " "
        ),
        default=bottom,
    )


def _find_top_row(block: Block, leaf_row: int) -> int:
    """Find the first header row: up from the leaves over the group headings, below title and stated lines."""
    top = leaf_row
    floor = block.first_row if block.title_row is None else block.title_row + 1
    columns = range(block.first_column, block.end_column)
    while top > floor:
        begun = min(block.origin.get((top, column), (top, column))[0] for column in columns)
        if begun == top and not _is_group_row(block, top - 1):
            break
        top = max(floor, min(begun, top - 1))
    return top


def _is_group_row(block: Block, row: int) -> bool:
    """Tell whether a row holds group headings: several texts; if some have a colon, over most columns."""
    if block.has_figures(row) and not is_annotation_row(block, row):
        return False
    columns = range(block.first_column, block.end_column)
    above = {column: text for column in columns if (text := block.text_at(row, column))}
    below = {column for column in columns if block.text_at(row + 1, column)}
    stated = {text for text in above.values() if ":" in _ASIDE.sub("", text)}
    groups = set(above.values()) - stated
    covers = above.keys() <= below and len(above) >= 0.8 * len(below) and len(groups) > 2
    return len(groups | stated) >= 2 and (not stated or covers)


def is_annotation_row(block: Block, row: int) -> bool:
    """Tell whether a row only states units of measure, or only numbers the columns."""
    texts = [squeeze(block.sheet.text[row][column]) for column in block.filled_columns(row)]
    return is_unit_row(texts) or is_number_row(texts)


def _match_column(block: Block, header: Header, column: int, bottom: int) -> None:
    rows = range(header.top, header.body)
    path = _read_heading_path(block, column, rows)
    if not path:
        return
    if not _has_own_heading(block, column, rows):
        before = _read_heading_path(block, column - 1, rows)
        if before and heading_of(path) == heading_of(before):  # else what it shares is the heading of a group
            header.beside.add(column)
        return
    contract, names = block.contract, names_of(path)
    field_name = contract.field_of(names, block.period)
    if set(names) & set(map(squeeze, contract.places.township)):
        header.township = column
    if field_name is not None and field_name in header.columns:
        message = f"此列与另一列同为“{contract.columns[field_name][0]}”；请删去其一"
        header.problems.append(block.problem("delivery__duplicate_header", bottom, column, message))
        header.unknown.add(column)
    elif field_name is not None:
        header.columns[field_name] = column
        header.headings[field_name] = quote(heading_of(path))
        if units := _read_units(block, column, rows):
            header.units[field_name] = units
    elif header.township == column:
        return
    elif reason := contract.reason_to_ignore([*names, *_names_of_groups(path)], block.period):
        header.ignored[column] = reason
    elif contract.is_dated(names):
        _refuse_other_period(block, header, column, bottom, path)
    elif reason := contract.ignored_headers.get("*"):
        header.ignored[column] = reason
    else:
        message = _describe_unknown(block, header, path)
        header.problems.append(block.problem("delivery__unknown_header", bottom, column, message))
        header.unknown.add(column)


def _describe_unknown(block: Block, header: Header, path: tuple[str, ...]) -> str:
    """Describe a heading that the contract does not know; quoted, unless a person's name may stand there."""
    heading, known = heading_of(path), filter(None, block.contract.field_of_header)
    quoted = "" if header.is_personal else quote(heading)
    words = f"“{quoted}”{suggest(heading, known)}，" if quoted else ""
    return f"此列表头{words}不是这张表规定的栏目；请改用规定的表头，确需增加的请联系数据管理员"


def _refuse_other_period(
    block: Block, header: Header, column: int, bottom: int, path: tuple[str, ...]
) -> None:
    """Refuse a column whose heading names another period; without a period it is not known yet which it names."""
    header.unknown.add(column)
    header.undated.update(block.contract.dated_fields.find_of_any(names_of(path)))
    if block.period:
        quoted = "" if header.is_personal else f"“{quote(heading_of(path))}”"
        message = f"此列表头{quoted}不是本表报告期（{block.period}）的；请核对表头与报告期"
        header.problems.append(block.problem("delivery__period_mismatch", bottom, column, message))


def _names_of_groups(path: tuple[str, ...]) -> list[str]:
    return [name for part in reversed(path) for name in names_of((part,))]


def _match_column_without_heading(block: Block, header: Header) -> None:
    """Match the field that is known by the empty text to the first column with texts under no heading."""
    name = block.contract.field_of_header.get("")
    if name is None or name in header.columns:
        return
    for column in range(block.first_column, block.end_column):
        kinds = {block.sheet.kinds[row][column] for row in range(header.body, block.end_row)}
        if "t" in kinds and not _read_heading_path(block, column, range(header.top, header.body)):
            header.columns[name] = column
            return


def _read_heading_path(block: Block, column: int, rows: range) -> tuple[str, ...]:
    """Read the headings of a column from the top down, merged ranges spread, without placeholders."""
    path: list[str] = []
    for row in rows:
        text = block.text_at(row, column)
        if is_heading_text(text) and path[-1:] != [text]:
            path.append(text)
    return tuple(path)


def _read_units(block: Block, column: int, rows: range) -> list[StatedText]:
    """Read the units of measure that head a column, the lowest first."""
    units = {
        block.origin.get((row, column), (row, column)): unit
        for row in reversed(rows)
        if (unit := unit_of((block.text_at(row, column),)))
    }
    return [StatedText(unit, cell_address(*at)) for at, unit in units.items()]


def _has_own_heading(block: Block, column: int, rows: range) -> bool:
    """Tell whether any heading of a column begins in it, rather than in a merged range from its left."""
    own = [
        block.text_at(row, column)
        for row in rows
        if block.origin.get((row, column), (row, column))[1] == column
    ]
    return any(map(is_heading_text, own))
