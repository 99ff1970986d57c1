"""Lines of delimited text, taken apart so that no quote joins or shifts what its format keeps apart.

Runs in the process that reads in our stead (see `worker`), and imports no more than Python has.
"""

import csv
import re
from collections.abc import Callable
from functools import cache
from typing import BinaryIO, Literal, NamedTuple

from sources.reading.cells import Unreadable

LONGEST_LINE_BYTES = 4 << 20
"""Of a line that goes on beyond its chunk; no row is so long."""

_PIECE_BYTES = 1 << 20
"""Of a chunk, looked at while they are in the processor's cache."""

_QUOTED_BYTES = 8 << 20
"""Of a chunk with quotes, whose rows are lists of texts: they take ten times the room of their bytes."""

_LAST_LINES = 8
"""In these a line that has as many delimiters as a row is looked at all the same: a trailer may be padded."""

_MOST_LINES, _MOST_CHARACTERS = 100, 1 << 20
"""Of one record with line ends in its quotes."""

csv.field_size_limit(1 << 30)  # what is split here was checked before


class TextFormat(NamedTuple):
    """How lines are written. width: fields of a row, 0 where any number is. trailer: the pattern of the last line."""

    delimiter: str
    quote: Literal["none", "double"]
    width: int = 0
    trailer: str | None = None


class Chunk(NamedTuple):
    """Some lines of a file, as a process can hand them to another.

    end: the offset after them. rows, row_numbers: lines without quotes, as they stand, and their numbers; both
    None where all lines are such rows. quoted_numbers, quoted_columns: of rows with quotes. broken: number of each
    line that is no row, and why. trailers: number and text. end_marks: lines that are ^Z. continued: lines that
    a record goes on in.
    """

    end: int
    lines: int
    rows: bytes | None = None
    row_numbers: list[int] | None = None
    quoted_numbers: list[int] | None = None
    quoted_columns: list[list[str]] | None = None
    broken: tuple[tuple[int, str], ...] = ()
    trailers: tuple[tuple[int, str], ...] = ()
    end_marks: tuple[int, ...] = ()
    blank: int = 0
    continued: int = 0


def read_chunk(
    path: str, offset: int, first_line: int, form: TextFormat, chunk_bytes: int, *, one_by_one: bool
) -> Chunk | None:
    """Read about so many bytes of a UTF-8 file, up to the end of a line or record; None at its end.

    one_by_one: look at every line, also where all seem to be rows. Raises Unreadable for a line without end.
    """
    with open(path, "rb") as data:
        data.seek(offset)
        if not one_by_one and (count := _count_rows(data, chunk_bytes, form)):
            return Chunk(data.tell(), count)
        data.seek(offset)
        chunk = data.read(chunk_bytes)
        if not chunk:
            return None
        if b'"' in chunk and len(chunk) > _QUOTED_BYTES:
            chunk = chunk[:_QUOTED_BYTES]
            data.seek(offset + _QUOTED_BYTES)
        if not chunk.endswith(b"\n"):
            chunk += _read_line(data)
        return _split(chunk.removesuffix(b"\n").split(b"\n"), first_line, form, data)


def _count_rows(data: BinaryIO, chunk_bytes: int, form: TextFormat) -> int:
    """Count the lines of a chunk before the first piece of it in which not all seem to be rows without quotes.

    Leaves the file at the end of the last of them.
    """
    start = end = data.tell()
    count = 0
    while (left := chunk_bytes - (end - start)) > 0 and (piece := data.read(min(_PIECE_BYTES, left))):
        rest = b"" if piece.endswith(b"\n") else data.readline(LONGEST_LINE_BYTES)
        piece += rest
        lines = piece.count(b"\n") + (not piece.endswith(b"\n"))
        if len(rest) == LONGEST_LINE_BYTES or not _is_even(piece, lines, form):
            break
        count, end = count + lines, data.tell()
    data.seek(end)
    return count


def _read_line(data: BinaryIO) -> bytes:
    line = data.readline(LONGEST_LINE_BYTES)
    if len(line) == LONGEST_LINE_BYTES and not line.endswith(b"\n"):
        raise Unreadable("too_large", "a line has no end")
    return line


def _is_even(chunk: bytes, count: int, form: TextFormat) -> bool:
    """Whether all lines seem to be rows without quotes; only splitting them shows whether they are."""
    if b'"' in chunk or chunk.count(form.delimiter.encode()) != count * (form.width - 1):
        return False
    last = chunk.rstrip(b"\r\n").rsplit(b"\n", _LAST_LINES)[-_LAST_LINES:]
    return not any(_matches_trailer(line.decode().strip(), form) for line in last)


def _matches_trailer(text: str, form: TextFormat) -> bool:
    return form.trailer is not None and re.match(form.trailer, text) is not None


class _Odd:
    """Lines of a chunk that are no rows, by what they are."""

    def __init__(self, form: TextFormat) -> None:
        self._form = form
        self.broken: list[tuple[int, str]] = []
        self.trailers: list[tuple[int, str]] = []
        self.end_marks: list[int] = []
        self.blank = 0

    def takes(self, number: int, text: str) -> bool:
        """Take down a line that is blank, an end mark or a trailer; whether it is."""
        text = text.strip()
        if not text:
            self.blank += 1
        elif text == "\x1a":
            self.end_marks.append(number)
        elif _matches_trailer(text, self._form):
            self.trailers.append((number, text[:1000]))
        else:
            return False
        return True


def _split(lines: list[bytes], first_line: int, form: TextFormat, data: BinaryIO) -> Chunk:
    """Sort lines by what they are; where a record goes on beyond them, more are read."""

    def read_more() -> bool:
        line = _read_line(data)
        if line:
            lines.append(line.removesuffix(b"\n"))
        return bool(line)

    delimiter, odd = form.delimiter.encode(), _Odd(form)
    rows: list[int] = []
    quoted: list[tuple[int, str]] = []
    continued = at = 0
    while at < len(lines):
        line, number = lines[at], first_line + at
        at += 1
        if b'"' in line:
            text, taken = take_record(lines, at - 1, form, read_more)
            if text is None or (taken > 1 and len(split_record(text, form)) != form.width):
                odd.broken.append((number, "stray_quote"))
            else:
                quoted.append((number, text))
                continued += taken - 1
                at += taken - 1
            continue
        fits = line.count(delimiter) == form.width - 1
        if fits and at <= len(lines) - _LAST_LINES:
            rows.append(at - 1)
        elif odd.takes(number, line.decode()):
            pass
        elif fits:
            rows.append(at - 1)
        else:
            odd.broken.append((number, "field_count"))
    numbers, columns = _split_quoted(quoted, first_line + len(lines) - _LAST_LINES, form, odd)
    return Chunk(
        end=data.tell(),
        lines=len(lines),
        rows=b"".join(lines[row] + b"\n" for row in rows),
        row_numbers=[first_line + row for row in rows],
        quoted_numbers=numbers,
        quoted_columns=columns,
        broken=tuple(sorted(odd.broken)),
        trailers=tuple(sorted(odd.trailers)),
        end_marks=tuple(odd.end_marks),
        blank=odd.blank,
        continued=continued,
    )


def _split_quoted(
    records: list[tuple[int, str]], last: int, form: TextFormat, odd: _Odd
) -> tuple[list[int], list[list[str]]]:
    """Split records with quotes; returns the numbers of those that are rows, and their columns.

    last: the number from which on one that has as many fields as a row may be a trailer all the same.
    """
    numbers, rows = [], []
    reader = csv.reader((text for _, text in records), delimiter=form.delimiter, skipinitialspace=True)
    for (number, _), fields in zip(records, reader, strict=True):
        fits = len(fields) == form.width
        if (not fits or number >= last) and odd.takes(number, form.delimiter.join(fields)):
            continue
        if fits:
            numbers.append(number)
            rows.append(fields)
        else:
            odd.broken.append((number, "field_count"))
    return numbers, [list(column) for column in zip(*rows, strict=True)]


def take_record(
    lines: list[bytes], at: int, form: TextFormat, read_more: Callable[[], bool] = lambda: False
) -> tuple[str | None, int]:
    """Take the record that begins in a line; returns its text and how many lines it has.

    The text is None where a quote stands elsewhere than around a whole field. So it is where a quoted field
    would go on over as many delimiters as a row has: then a quote is missing, and each line stands for itself.
    """
    text = _decode(lines[at])
    if '"' not in text:
        return text, 1
    patterns, taken = _patterns(form.delimiter, form.quote), 1
    while not patterns.whole.fullmatch(text):
        start = patterns.opened.fullmatch(text) if patterns.opened else None
        if not start or taken == _MOST_LINES or (at + taken == len(lines) and not read_more()):
            return None, 1
        text += "\n" + _decode(lines[at + taken])
        taken += 1
        field = _FIELD.match(text, start.start("last"))
        inside = field[0].count(form.delimiter) if field else 0
        if len(text) > _MOST_CHARACTERS or (form.width and inside >= form.width - 1):
            return None, 1
    return text, taken


_FIELD = re.compile(r'"[^"]*+(?:""[^"]*+)*+"?')


class _Patterns(NamedTuple):
    """whole: of a record. opened: of one whose last field goes on in the next line; None where none may."""

    whole: re.Pattern[str]
    opened: re.Pattern[str] | None


@cache
def _patterns(delimiter: str, quote: str) -> _Patterns:
    end = re.escape(delimiter)
    blank = " " if delimiter == "\t" else " \t"
    bare = rf'[^"{end}\r\n]*+'
    inside = rf"{bare}" if quote == "none" else '[^"]*+(?:""[^"]*+)*+'
    field = rf'(?:[ ]*+"{inside}"[{blank}]*+|{bare})'
    whole = re.compile(rf"{field}(?:{end}{field})*+")
    if quote == "none":
        return _Patterns(whole, None)
    return _Patterns(whole, re.compile(rf'(?:{field}{end})*+[ ]*+(?P<last>"){inside}'))


def split_record(text: str, form: TextFormat) -> list[str]:
    """Split a record that `take_record` gave."""
    if '"' not in text:
        return text.split(form.delimiter)
    return next(csv.reader([text], delimiter=form.delimiter, skipinitialspace=True), [])


def _decode(line: bytes) -> str:
    return line.decode().removesuffix("\r")
