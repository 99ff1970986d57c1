"""Cells in error, formulas without a result, formats, hidden rows and merges, from the records of an .xlsb."""

from collections.abc import Iterator
from struct import unpack_from

from sources.reading.sheet_facts import ERROR_NAMES, NO_STYLES, CellStyles, SheetFacts
from sources.reading.sheet_facts.number_format import BUILT_IN
from sources.reading.sheet_facts.package import Package

_NO_RELATIONSHIP = b"\xff\xff\xff\xff"
_ROW, _CELL_ERROR, _FORMULA_NUMBER, _FORMULA_ERROR, _BUNDLE_SHEET, _MERGE_CELL = 0, 3, 9, 11, 156, 176
_CELLS = range(2, 12)
_FONT, _FORMAT, _CELL_FORMAT, _CELL_FORMATS, _CELL_FORMATS_END = 43, 44, 47, 617, 618
_WORKBOOK_PROPERTIES, _CALCULATION = 153, 157


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets.

    Raises KeyError, StopIteration, ParseError, IndexError or struct.error for a broken package.
    """
    with Package(data) as package:
        workbook = package.workbook()
        parts = package.relationships(workbook)
        records = list(_read_records(package.read(workbook)))
        sheets = [body for kind, body in records if kind == _BUNDLE_SHEET]
        named = [sheet for sheet in sheets if sheet[8:12] != _NO_RELATIONSHIP]  # calamine knows no others
        styles = next(
            (_read_styles(package.read(r.part)) for r in parts.values() if r.kind == "styles"), NO_STYLES
        )
        recalculated = any(kind == _CALCULATION and body[24] & 1 for kind, body in records)
        from_1904 = any(kind == _WORKBOOK_PROPERTIES and body[0] & 1 for kind, body in records)
        facts = [
            _read_sheet(package.read(parts[_read_relationship_id(sheet)].part), styles, recalculated)
            for sheet in named
        ]
    for of_sheet in facts:
        of_sheet.from_1904 = from_1904
    return facts


def _read_styles(part: bytes) -> CellStyles:
    codes, formats = dict(BUILT_IN), []
    fonts: list[bool] = []
    in_cell_formats = False
    for kind, body in _read_records(part):
        if kind == _FORMAT:
            codes[unpack_from("<H", body)[0]] = body[6:].decode("utf-16-le")
        elif kind == _FONT:
            fonts.append(bool(body[2] & 0x08))
        elif kind in (_CELL_FORMATS, _CELL_FORMATS_END):
            in_cell_formats = kind == _CELL_FORMATS
        elif kind == _CELL_FORMAT and in_cell_formats:
            formats.append(unpack_from("<HH", body, 2))
    return CellStyles.of(
        [codes.get(code, "") for code, _ in formats],
        [font < len(fonts) and fonts[font] for _, font in formats],
    )


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


def _read_sheet(part: bytes, styles: CellStyles, recalculated: bool) -> SheetFacts:
    """Read a sheet. recalculated: whether the file asks to be calculated anew, so that a stored 0 is no result."""
    facts = SheetFacts()
    row = 0
    for kind, body in _read_records(part):
        if kind == _ROW:
            (row,) = unpack_from("<I", body)
            if body[11] & 0x10:
                facts.hidden_rows.add(row)
        elif kind in _CELLS:
            column, style = unpack_from("<II", body)
            styles.note(facts, (row, column), style & 0xFFFFFF)
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                facts.errors[row, column] = ERROR_NAMES.get(body[8], f"#ERR{body[8]}!")
            elif kind == _FORMULA_NUMBER and recalculated and body[8:16] == bytes(8):
                facts.uncalculated.add((row, column))
        elif kind == _MERGE_CELL:
            top, bottom, left, right = unpack_from("<4I", body)
            facts.merged.append((top, left, bottom, right))
    return facts
