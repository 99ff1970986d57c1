"""Cells in error, hidden rows and merges, from the records of an .xlsb file."""

from collections.abc import Iterator
from struct import unpack_from

from sources.reading.sheet_facts import ERROR_NAMES, SheetFacts
from sources.reading.sheet_facts.package import Package

_NO_RELATIONSHIP = b"\xff\xff\xff\xff"
_ROW, _CELL_ERROR, _FORMULA_ERROR, _BUNDLE_SHEET, _MERGE_CELL = 0, 3, 11, 156, 176


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets.

    Raises KeyError, StopIteration, ParseError, IndexError or struct.error for a broken package.
    """
    with Package(data) as package:
        workbook = package.workbook()
        parts = package.relationships(workbook)
        sheets = [body for kind, body in _read_records(package.read(workbook)) if kind == _BUNDLE_SHEET]
        named = [sheet for sheet in sheets if sheet[8:12] != _NO_RELATIONSHIP]  # calamine knows no others
        return [_read_sheet(package.read(parts[_read_relationship_id(sheet)].part)) for sheet in named]


def _read_relationship_id(sheet: bytes) -> str:
    """Read the id, which stands after the sheet's state and number: a count of characters, then those."""
    (length,) = unpack_from("<I", sheet, 8)
    return sheet[12 : 12 + 2 * length].decode("utf-16-le")


def _read_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of all records; kind and length come in groups of seven bits, the lowest first."""
    position = 0
    while position < len(part):
        kind, position = _read_grouped(part, position)
        length, position = _read_grouped(part, position)
        yield kind, part[position : position + length]
        position += length


def _read_grouped(part: bytes, position: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = part[position]
        position += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 or shift == 28:
            return number, position


def _read_sheet(part: bytes) -> SheetFacts:
    facts = SheetFacts()
    row = 0
    for kind, body in _read_records(part):
        if kind == _ROW:
            (row,) = unpack_from("<I", body)
            if body[11] & 0x10:
                facts.hidden_rows.add(row)
        elif kind in (_CELL_ERROR, _FORMULA_ERROR):
            (column,) = unpack_from("<I", body)
            facts.errors[row, column] = ERROR_NAMES.get(body[8], f"#ERR{body[8]}!")
        elif kind == _MERGE_CELL:
            top, bottom, left, right = unpack_from("<4I", body)
            facts.merged.append((top, left, bottom, right))
    return facts
