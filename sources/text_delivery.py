"""The delivery that a delimited text file holds, read in chunks of bounded size."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sources.cells import cell_address
from sources.contract import Contract, TextLayout, squeeze
from sources.draft import Draft, Part, Printed, refuse, settle_period
from sources.layout import Unconserved
from sources.parse import Candidates
from sources.period import parse_period, period_end
from sources.receipts import SheetFacts
from sources.references import References, Reporter

CHUNK_BYTES = 64 << 20
_HEAD_LINES = 20


@dataclass
class Head:
    """Where the rows of a text file begin (1-based line), and which column is which field."""

    first_line: int
    offset: int
    width: int
    columns: dict[str, int]
    township: int | None
    period_column: int | None
    unknown: list[tuple[int, str]]
    ignored: int
    title_lines: int
    header_lines: int


@dataclass
class Tally:
    """What was seen while the rows were read."""

    lines: int = 0
    body: int = 0
    blank: int = 0
    trailer: re.Match[str] | None = None
    trailer_line: int = 0
    after_trailer: int = 0
    periods: set[str] = field(default_factory=set)


def text_draft(path: Path, file_name: str, references: References, reporter: Reporter) -> Draft:
    """The draft of a file that is UTF-8 by now; with a reason where no contract fits it."""
    expected = [
        c for c in references.contracts.values() if c.text and c.expects(reporter.kind, reporter.code)
    ]
    others = [c for c in references.contracts.values() if c.text and c not in expected]
    for contract in [*expected, *others]:
        head = _head(path, file_name, contract, references)
        if head is not None:
            return _draft(path, file_name, contract, head, references, reporter)
    return Draft(
        None, reasons=[refuse("no_form", "文件名与首行都不合任何约定的文本格式；请核对文件名与表头")]
    )


def _draft(
    path: Path, file_name: str, contract: Contract, head: Head, references: References, reporter: Reporter
) -> Draft:
    layout = contract.text
    assert layout is not None
    draft = Draft(contract, form_title=contract.title[0])
    tally = Tally()
    if not contract.expects(reporter.kind, reporter.code):
        message = f"“{reporter.name}”不报送“{contract.title[0]}”；请核对投放的文件夹"
        draft.reasons.append(refuse("reporter_not_expected", message))
    for column, _ in head.unknown:
        message = "表头不在约定中；请改用规定的表头，或请数据管理员登记"
        draft.reasons.append(
            refuse("unknown_header", message, cell=cell_address(head.first_line - 2, column))
        )
    table = references.columns_to_fill(contract.table)
    for missing in [c for c in table if contract.needs(c) and c.name not in head.columns]:
        known = "、".join(contract.columns.get(missing.name, []))
        draft.reasons.append(refuse("missing_column", f"缺少“{missing.title}”列；表头可写作：{known}"))
    found = _file_date(layout, file_name)
    stated = _first_period(path, layout, head)
    draft.period, wrong = settle_period(contract, stated, [("文件名", found)] if found else [], "", "")
    draft.reasons += wrong
    on = period_end(draft.period) if draft.period else date.max

    def parts() -> Iterator[Part]:
        for lines, rows, malformed in _read(path, layout, head, tally):
            yield _part(lines, rows, malformed, head, tally, on)
        _close(draft, contract, head, tally)

    draft.parts = parts
    draft.address = lambda name: (
        pl.lit(cell_address(0, head.columns.get(name, 0))[:-1]) + pl.col("sheet_row").cast(pl.String)
    )
    return draft


def _head(path: Path, file_name: str, contract: Contract, references: References) -> Head | None:
    layout = contract.text
    assert layout is not None
    if not layout.header:
        if not (layout.file_name and re.search(layout.file_name, file_name)):
            return None
        return _matched(layout.fields, contract, 1, 0, 0, 0)
    with path.open(encoding="utf-8", newline="") as lines:
        offset = 0
        for number in range(1, _HEAD_LINES + 1):
            line = lines.readline()
            if not line:
                return None
            offset += len(line.encode())
            names = next(csv.reader([line], delimiter=layout.delimiter), [])
            known = sum(squeeze(name) in contract.field_of_header for name in names)
            if known >= max(2, len(contract.columns) // 2):
                return _matched(names, contract, number + 1, offset, number - 1, 1)
    return None


def _matched(
    names: list[str], contract: Contract, first_line: int, offset: int, title_lines: int, header_lines: int
) -> Head:
    layout = contract.text
    assert layout is not None
    head = Head(first_line, offset, len(names), {}, None, None, [], 0, title_lines, header_lines)
    townships = set(map(squeeze, contract.places.township))
    for column, name in enumerate(map(squeeze, names)):
        wanted = contract.field_of_header.get(name)
        if layout.period_column is not None and name == squeeze(layout.period_column):
            head.period_column = column
        elif name in townships:
            head.township = column
        elif wanted is not None and wanted not in head.columns:
            head.columns[wanted] = column
        elif wanted is None and (name in contract.ignored_headers or "*" in contract.ignored_columns):
            head.ignored += 1
        else:
            head.unknown.append((column, name))
    return head


def _file_date(layout: TextLayout, file_name: str) -> str:
    found = re.search(layout.file_name, file_name) if layout.file_name else None
    return found["date"] if found else ""


def _first_period(path: Path, layout: TextLayout, head: Head) -> str | None:
    if head.period_column is None:
        return None
    with path.open("rb") as data:
        data.seek(head.offset)
        line = data.readline().decode()
    fields = next(csv.reader([line], delimiter=layout.delimiter), [])
    return fields[head.period_column].strip() if len(fields) == head.width else None


Lines = tuple[pl.DataFrame, pl.Series, pl.Series]
"""Text columns by position, the line number of each row, and the indexes of lines that do not split."""


def _read(path: Path, layout: TextLayout, head: Head, tally: Tally) -> Iterator[Lines]:
    line = head.first_line
    with path.open("rb") as data:
        data.seek(head.offset)
        while chunk := _next_chunk(data):
            count = chunk.count(b"\n") + (not chunk.endswith(b"\n"))
            frame, numbers, malformed = _split(chunk, line, layout, head, tally)
            line += count
            if frame.height:
                yield frame, numbers, malformed


def _next_chunk(data: BinaryIO) -> bytes:
    """About CHUNK_BYTES, ending at the end of a line outside quotes."""
    chunk = data.read(CHUNK_BYTES)
    parts = [chunk, data.readline()]
    quotes = sum(part.count(b'"') for part in parts)
    while quotes % 2 and (more := data.readline()):
        parts.append(more)
        quotes += more.count(b'"')
    return b"".join(parts)


def _split(chunk: bytes, line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    if b'"' in chunk:
        return _split_quoted(chunk.decode(), line, layout, head, tally)
    delimiter = layout.delimiter.encode()
    lines = chunk.count(b"\n") + (not chunk.endswith(b"\n"))
    tally.lines += lines
    if chunk.count(delimiter) == lines * (head.width - 1) and tally.trailer is None:
        try:
            frame = _scan(chunk, layout, head)
            return frame, pl.int_range(line, line + lines, dtype=pl.Int32, eager=True), _NONE
        except pl.exceptions.ComputeError:
            pass  # some lines are too long, as many too short: told apart below
    return _split_unevenly(chunk, line, layout, head, tally)


_NONE = pl.Series([], dtype=pl.UInt32)


def _scan(chunk: bytes, layout: TextLayout, head: Head) -> pl.DataFrame:
    schema = {str(column): pl.String for column in range(head.width)}
    return pl.read_csv(chunk, has_header=False, separator=layout.delimiter, quote_char=None, schema=schema)


def _split_unevenly(chunk: bytes, line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    """Lines without quotes of which some are blank, the trailer, or do not split."""
    delimiter, wanted = layout.delimiter.encode(), head.width - 1
    lines = chunk.removesuffix(b"\n").split(b"\n")
    even = [at for at, one in enumerate(lines) if one.count(delimiter) == wanted]
    malformed = [
        line + at
        for at, one in enumerate(lines)
        if one.count(delimiter) != wanted and not _is_apart(one.decode(), line + at, layout, tally)
    ]
    numbers = [line + at for at in even]
    tally.after_trailer += sum(number > tally.trailer_line for number in numbers) if tally.trailer else 0
    frame = _scan(b"\n".join(lines[at] for at in even) + b"\n", layout, head) if even else _empty(head, 0)
    frame = pl.concat([frame, _empty(head, len(malformed))])
    return frame, pl.Series(numbers + malformed, dtype=pl.Int32), _last(len(malformed), frame.height)


def _split_quoted(text: str, line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    malformed: list[int] = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=layout.delimiter)
    at = line
    for fields in reader:
        number, at = at, line + reader.line_num
        tally.lines += 1
        if len(fields) == head.width:
            rows.append([value or None for value in fields])
            numbers.append(number)
            tally.after_trailer += tally.trailer is not None
        elif not _is_apart(layout.delimiter.join(fields), number, layout, tally):
            malformed.append(number)
    frame = pl.DataFrame(rows, schema={str(i): pl.String for i in range(head.width)}, orient="row")
    frame = pl.concat([frame, _empty(head, len(malformed))])
    return frame, pl.Series(numbers + malformed, dtype=pl.Int32), _last(len(malformed), frame.height)


def _is_apart(line: str, number: int, layout: TextLayout, tally: Tally) -> bool:
    """Whether a line is no row: blank, or the trailer, which is kept."""
    if not line.strip():
        tally.blank += 1
        return True
    found = re.match(layout.trailer, line.strip()) if layout.trailer else None
    if found and tally.trailer is None:
        tally.trailer, tally.trailer_line = found, number
    return found is not None


def _empty(head: Head, rows: int) -> pl.DataFrame:
    return pl.DataFrame(
        {str(i): [None] * rows for i in range(head.width)},
        schema={str(i): pl.String for i in range(head.width)},
    )


def _last(count: int, height: int) -> pl.Series:
    return pl.int_range(height - count, height, dtype=pl.UInt32, eager=True)


def _part(
    frame: pl.DataFrame, numbers: pl.Series, malformed: pl.Series, head: Head, tally: Tally, on: date
) -> Part:
    tally.body += frame.height
    texts = frame.select(pl.col(str(column)).alias(name) for name, column in head.columns.items())
    texts = texts.with_columns(pl.all().str.strip_chars("\t\r "))
    if head.period_column is not None:
        tally.periods |= set(frame[str(head.period_column)].drop_nulls().unique().to_list())
    township = frame[str(head.township)] if head.township is not None else None
    where = pl.DataFrame({"sheet_row": numbers}).select(sheet_name=pl.lit(""), sheet_row="sheet_row")
    return Part(Candidates(texts, None, {}, township, None, on), where, malformed)


def _close(draft: Draft, contract: Contract, head: Head, tally: Tally) -> None:
    """What only shows when the last line is read: trailer, mixed periods, and the count of lines."""
    layout = contract.text
    assert layout is not None
    if not tally.body:
        draft.reasons.append(refuse("no_rows", "文件里没有数据行；请核对后重新报送"))
    if len({parse_period(period, contract.grain) for period in tally.periods}) > 1:
        message = f"“{layout.period_column}”列有不止一个日期；请按日期分成几个文件"
        draft.reasons.append(refuse("period_mismatch", message))
    if layout.trailer and tally.trailer is None:
        draft.reasons.append(refuse("trailer_missing", "缺少末行的合计；文件可能不完整，请重新导出"))
    if tally.after_trailer:
        message = "合计行之后还有数据；请重新导出"
        draft.reasons.append(refuse("control_total", message, cell=f"A{tally.trailer_line}"))
    for name, text in (tally.trailer.groupdict() if tally.trailer else {}).items():
        what = "*" if name == "rows" else name
        cell = f"A{tally.trailer_line}"
        draft.printed.append(Printed("", cell, what, "合计", text, Decimal(1), None))
    classes = {
        "title": head.title_lines,
        "header": head.header_lines,
        "body": tally.body,
        "total": int(tally.trailer is not None),
    }
    columns = {name: cell_address(0, column)[:-1] for name, column in head.columns.items()}
    read = head.title_lines + head.header_lines + tally.lines - tally.blank
    if sum(classes.values()) != read:
        raise Unconserved(f"{read} lines read, {sum(classes.values())} classed")
    draft.sheets.append(
        SheetFacts(
            name="", hidden=False, read_cells=read, classes=classes, ignored_reasons={},
            columns=columns, cells={},
        )
    )  # fmt: skip
