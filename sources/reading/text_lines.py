"""Rows of a delimited text file as frames: its lines, split in chunks of bounded size, each with its number.

The process that reads in our stead sorts the lines; those that are rows without quotes are split here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from sources.reading.delimited import Chunk, TextFormat
from sources.reading.worker import Reader

CHUNK_BYTES = 64 << 20


@dataclass
class Head:
    """Head of a text file: where its rows begin (1-based line, offset in bytes), the column of each field.

    headings: by field, as the header line has them.
    """

    first_line: int
    offset: int
    width: int
    title_lines: int
    header_lines: int
    columns: dict[str, int] = field(default_factory=dict)
    township: int | None = None
    period_column: int | None = None
    unknown: list[tuple[int, str]] = field(default_factory=list)
    twice: list[tuple[int, str]] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


@dataclass
class Tally:
    """Counts of the lines read so far, with what is no row: trailers, ends of file, what stands after a trailer."""

    lines: int = 0
    last_line: int = 0
    body: int = 0
    blank: int = 0
    continued: int = 0
    trailers: list[tuple[int, str]] = field(default_factory=list)
    end_marks: list[int] = field(default_factory=list)
    rows_after_trailer: int = 0
    others_after_trailer: list[int] = field(default_factory=list)
    periods: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Lines:
    """Rows of a chunk: text columns by position, their line numbers, and by rule the indexes of lines that are none."""

    frame: pl.DataFrame
    numbers: pl.Series
    broken: dict[str, pl.Series]


def read_lines(reader: Reader, path: Path, form: TextFormat, head: Head, tally: Tally) -> Iterator[Lines]:
    """Yield the rows of a UTF-8 file, chunk by chunk, and add to the tally what was read. Raises Unreadable."""
    offset, first_line = head.offset, head.first_line

    def read(*, one_by_one: bool) -> Chunk | None:
        return reader.read_chunk(
            path, offset, first_line, form, chunk_bytes=CHUNK_BYTES, one_by_one=one_by_one
        )

    while chunk := read(one_by_one=False):
        if chunk.rows is None:
            try:
                data = _read_between(path, offset, chunk.end)
                numbers = pl.int_range(first_line, first_line + chunk.lines, dtype=pl.Int32, eager=True)
                lines = Lines(_scan(data, form), numbers, {})
            except pl.exceptions.PolarsError:  # some lines are too long, others too short by as much
                chunk = read(one_by_one=True)
                assert chunk is not None
        if chunk.rows is not None:
            lines = _collect(chunk, form, tally)
        tally.lines += chunk.lines
        tally.body += lines.frame.height
        if tally.trailers:
            tally.rows_after_trailer += int((lines.numbers > tally.trailers[0][0]).sum())
        offset, first_line = chunk.end, first_line + chunk.lines
        tally.last_line = first_line - 1
        if lines.frame.height:
            yield lines


def _read_between(path: Path, start: int, end: int) -> bytes:
    with path.open("rb") as data:
        data.seek(start)
        return data.read(end - start)


def _scan(data: bytes, form: TextFormat) -> pl.DataFrame:
    """Split lines without quotes. Raises PolarsError for lines that are too long."""
    if not data:
        return _empty_rows(form, 0)
    schema = {str(column): pl.String for column in range(form.width)}
    frame = pl.read_csv(data, has_header=False, separator=form.delimiter, quote_char=None, schema=schema)
    return _strip(frame) if b" " in data or b"\t" in data else frame  # stripping takes as long as splitting


def _strip(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.all().str.strip_chars("\t\r "))


def _collect(chunk: Chunk, form: TextFormat, tally: Tally) -> Lines:
    """Make rows of lines that were looked at one by one, in their order; those that are no rows come last."""
    tally.blank += chunk.blank
    tally.continued += chunk.continued
    tally.trailers += chunk.trailers
    tally.end_marks += chunk.end_marks
    trailer = tally.trailers[0][0] if tally.trailers else None
    broken = [(number, rule) for number, rule in chunk.broken if trailer is None or number < trailer]
    tally.others_after_trailer += [number for number, _ in chunk.broken if trailer and number > trailer]
    frame = _scan(chunk.rows or b"", form)
    numbers = list(chunk.row_numbers or [])
    if chunk.quoted_numbers and chunk.quoted_columns:
        columns = dict(zip(frame.columns, chunk.quoted_columns, strict=True))
        quoted = pl.DataFrame(columns, schema=frame.schema).with_columns(pl.all().replace("", None))
        order = pl.Series(numbers + chunk.quoted_numbers, dtype=pl.Int32)
        frame = pl.concat([frame, _strip(quoted)])[order.arg_sort()]
        numbers = order.sort().to_list()
    height = frame.height
    frame = pl.concat([frame, _empty_rows(form, len(broken))])
    rules = {
        rule: pl.Series([height + at for at, (_, of) in enumerate(broken) if of == rule], dtype=pl.UInt32)
        for rule in {rule for _, rule in broken}
    }
    return Lines(frame, pl.Series(numbers + [number for number, _ in broken], dtype=pl.Int32), rules)


def _empty_rows(form: TextFormat, rows: int) -> pl.DataFrame:
    return pl.DataFrame(
        {str(i): [None] * rows for i in range(form.width)},
        schema={str(i): pl.String for i in range(form.width)},
    )
