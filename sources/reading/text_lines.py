"""The lines of a delimited text file, in chunks of bounded size, each with its number."""

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


Lines = tuple[pl.DataFrame, pl.Series, pl.Series]
"""Text columns by position, the line number of each row, and the indexes of lines that do not split."""


def read_lines(path: Path, layout: TextLayout, head: Head, tally: Tally) -> Iterator[Lines]:
    line = head.first_line
    with path.open("rb") as data:
        data.seek(head.offset)
        while chunk := _next_chunk(data):
            count = chunk.count(b"\n") + (not chunk.endswith(b"\n"))
            frame, numbers, malformed = _split(chunk, count, line, layout, head, tally)
            line += count
            if b" " in chunk or b"\t" in chunk:  # else stripping nothing takes as long as splitting
                frame = frame.with_columns(pl.all().str.strip_chars("\t\r "))
            if frame.height:
                yield frame, numbers, malformed


def _next_chunk(data: BinaryIO) -> bytes:
    """About CHUNK_BYTES, ending at the end of a line outside quotes."""
    chunk = data.read(CHUNK_BYTES)
    parts = [chunk, data.readline()]
    quotes = sum(part.count(b'"') for part in parts if b'"' in part)  # counting is slow, even of none
    while quotes % 2 and (more := data.readline()):
        parts.append(more)
        quotes += more.count(b'"')
    return b"".join(parts)


def _split(chunk: bytes, lines: int, line: int, layout: TextLayout, head: Head, tally: Tally) -> Lines:
    if b'"' in chunk:
        return _split_quoted(chunk.decode(), line, layout, head, tally)
    delimiter = layout.delimiter.encode()
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
