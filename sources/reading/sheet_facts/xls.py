"""Cells in error and hidden rows, from the records of an .xls file (BIFF5 and BIFF8)."""

import re
from collections.abc import Iterator
from io import BytesIO
from struct import unpack_from

import olefile

from sources.reading.sheet_facts import ERROR_NAMES, SheetFacts

_FORMULA, _END, _FILE_PASS, _BOUND_SHEET, _BOOL_OR_ERROR, _ROW, _BEGIN = (
    0x06,
    0x0A,
    0x2F,
    0x85,
    0x205,
    0x208,
    0x809,
)

_MARKS = (
    re.compile(rb"\x05\x02\x08\x00.{7}\x01", re.DOTALL),  # a bool-or-error cell that holds an error
    re.compile(rb"\xff\xff(?<=\x02.{5}\xff\xff)", re.DOTALL),  # a formula's result that is an error
    re.compile(rb"\x08\x02\x10\x00.{12}[\x20-\x3f\x60-\x7f\xa0-\xbf\xe0-\xff]", re.DOTALL),  # a hidden row
)
"""Each starts with a literal, which makes the search fast. Without a match there is nothing to walk for."""


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets. Raises OSError where the container is broken."""
    stream = _read_workbook_stream(data)
    starts = [unpack_from("<I", body)[0] for kind, body in _read_records(stream, 0) if kind == _BOUND_SHEET]
    if not any(mark.search(stream) for mark in _MARKS):
        return [SheetFacts() for _ in starts]
    return [_read_sheet(stream, start) for start in starts]


def has_password(data: bytes) -> bool:
    """Whether the workbook's records are encrypted; False too where the container is too broken to tell."""
    try:
        return any(kind == _FILE_PASS for kind, _ in _read_records(_read_workbook_stream(data), 0))
    except OSError:
        return False


def _read_workbook_stream(data: bytes) -> bytes:
    with olefile.OleFileIO(BytesIO(data)) as container:
        name = "Workbook" if container.exists("Workbook") else "Book"
        stream: bytes = container.openstream(name).read()
        return stream


def _read_records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of a substream's records; those of substreams in it (charts) are passed over."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, position)
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _read_sheet(stream: bytes, start: int) -> SheetFacts:
    facts = SheetFacts()
    for kind, body in _read_records(stream, start):
        if kind == _BOOL_OR_ERROR and body[7] == 1:
            _add_error(facts, body, body[6])
        elif kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            _add_error(facts, body, body[8])
        elif kind == _ROW and body[12] & 0x20:
            facts.hidden_rows.add(unpack_from("<H", body)[0])
    return facts


def _add_error(facts: SheetFacts, body: bytes, code: int) -> None:
    row, column = unpack_from("<HH", body)
    facts.errors[row, column] = ERROR_NAMES.get(code, f"#ERR{code}!")
