"""Lines of a delimited text file, split into fields in chunks of bounded size, each with its number."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import polars as pl

from sources.county.contract import TextLayout

CHUNK_BYTES = 64 << 20


@dataclass
class Head:
    """Head of a text file: where its rows begin (1-based line, offset in bytes), the column of each field.

    headings: by field, as the header line has them.
    """

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
    headings: dict[str, str] = field(default_factory=dict)


@dataclass
class Tally:
    """Counts of the lines read so far, with the trailer and the periods met in them."""

    lines: int = 0
    body: int = 0
    blank: int = 0
    trailer: re.Match[str] | None = None
    trailer_line: int = 0
    after_trailer: int = 0
    periods: set[str] = field(default_factory=set)


Lines = tuple[pl.DataFrame, pl.Series, pl.Series]
"""Text columns by position, the line number of each row, and the indexes of lines that do not split."""


def read_lines(path: Path, layout: TextLayout, head: Head, tally: Tally) -> Iterator[Lines]:
    """Yield the rows of a UTF-8 file, chunk by chunk, and add to the tally what was read."""
    first_line = head.first_line
    with path.open("rb") as data:
        data.seek(head.offset)
        while chunk := _read_chunk(data):
            count = chunk.count(b"\n") + (not chunk.endswith(b"\n"))
            frame, numbers, malformed = _split(chunk, count, first_line, layout, head, tally)
            first_line += count
            if b" " in chunk or b"\t" in chunk:  # else stripping nothing takes as long as splitting
                frame = frame.with_columns(pl.all().str.strip_chars("\t\r "))
            if frame.height:
                yield frame, numbers, malformed


def _read_chunk(data: BinaryIO) -> bytes:
    """Read about CHUNK_BYTES, up to the end of a line outside quotes."""
    chunk = data.read(CHUNK_BYTES)
    parts = [chunk, data.readline()]
    quotes = sum(part.count(b'"') for part in parts if b'"' in part)  # counting is slow, even of none
    while quotes % 2 and (more := data.readline()):
        parts.append(more)
        quotes += more.count(b'"')
    return b"".join(parts)


def _split(chunk: bytes, count: int, first_line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    if b'"' in chunk:
        return _split_quoted(chunk.decode(), first_line, layout, head, tally)
    delimiter = layout.delimiter.encode()
    tally.lines += count
    if chunk.count(delimiter) == count * (head.width - 1) and tally.trailer is None:
        try:
            frame = _scan(chunk, layout, head)
            numbers = pl.int_range(first_line, first_line + count, dtype=pl.Int32, eager=True)
            return frame, numbers, _NO_INDEXES
        except pl.exceptions.ComputeError:
            pass  # some lines are too long, as many too short: they are split one by one below
    return _split_uneven(chunk, first_line, layout, head, tally)


_NO_INDEXES = pl.Series([], dtype=pl.UInt32)


def _scan(chunk: bytes, layout: TextLayout, head: Head) -> pl.DataFrame:
    schema = {str(column): pl.String for column in range(head.width)}
    return pl.read_csv(chunk, has_header=False, separator=layout.delimiter, quote_char=None, schema=schema)


def _split_uneven(chunk: bytes, first_line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    """Split lines without quotes of which some are blank, the trailer, or do not split."""
    delimiter, delimiters_of_row = layout.delimiter.encode(), head.width - 1
    lines = chunk.removesuffix(b"\n").split(b"\n")
    rows = [at for at, line in enumerate(lines) if line.count(delimiter) == delimiters_of_row]
    malformed = [
        number
        for number, line in enumerate(lines, start=first_line)
        if line.count(delimiter) != delimiters_of_row and not _is_no_row(line.decode(), number, layout, tally)
    ]
    numbers = [first_line + at for at in rows]
    tally.after_trailer += sum(number > tally.trailer_line for number in numbers) if tally.trailer else 0
    frame = _empty_rows(head, 0)
    if rows:
        frame = _scan(b"\n".join(lines[at] for at in rows) + b"\n", layout, head)
    frame = pl.concat([frame, _empty_rows(head, len(malformed))])
    return frame, pl.Series(numbers + malformed, dtype=pl.Int32), _last_indexes(len(malformed), frame.height)


def _split_quoted(text: str, first_line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    malformed: list[int] = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=layout.delimiter)
    next_number = first_line
    for fields in reader:
        number, next_number = next_number, first_line + reader.line_num
        tally.lines += 1
        if len(fields) == head.width:
            rows.append([value or None for value in fields])
            numbers.append(number)
            tally.after_trailer += tally.trailer is not None
        elif not _is_no_row(layout.delimiter.join(fields), number, layout, tally):
            malformed.append(number)
    frame = pl.DataFrame(rows, schema={str(i): pl.String for i in range(head.width)}, orient="row")
    frame = pl.concat([frame, _empty_rows(head, len(malformed))])
    return frame, pl.Series(numbers + malformed, dtype=pl.Int32), _last_indexes(len(malformed), frame.height)


def _is_no_row(line: str, number: int, layout: TextLayout, tally: Tally) -> bool:
    """Whether a line that does not split is no row: blank, or the trailer; the tally takes either down."""
    if not line.strip():
        tally.blank += 1
        return True
    trailer = re.match(layout.trailer, line.strip()) if layout.trailer else None
    if trailer and tally.trailer is None:
        tally.trailer, tally.trailer_line = trailer, number
    return trailer is not None


def _empty_rows(head: Head, rows: int) -> pl.DataFrame:
    return pl.DataFrame(
        {str(i): [None] * rows for i in range(head.width)},
        schema={str(i): pl.String for i in range(head.width)},
    )


def _last_indexes(count: int, height: int) -> pl.Series:
    return pl.int_range(height - count, height, dtype=pl.UInt32, eager=True)
