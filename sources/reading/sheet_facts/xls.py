"""Cells in error, formulas without a result, formats and hidden rows, from the records of an .xls (BIFF5 and 8)."""

from collections.abc import Iterator
from io import BytesIO
from struct import pack, unpack_from

import olefile

from sources.reading.sheet_facts import ERROR_NAMES, CellStyles, SheetFacts
from sources.reading.sheet_facts.number_format import BUILT_IN

_FORMULA, _END, _DATE_MODE, _FILE_PASS, _FONT, _CODE_PAGE, _UNCALCULATED = (
    0x06,
    0x0A,
    0x22,
    0x2F,
    0x31,
    0x42,
    0x5E,
)
_BOUND_SHEET, _MANY_NUMBERS, _CELL_FORMAT, _LABEL = 0x85, 0xBD, 0xE0, 0xFD
_NUMBER, _OWN_LABEL, _BOOL_OR_ERROR, _ROW, _PACKED_NUMBER, _FORMAT, _BEGIN = (
    0x203,
    0x204,
    0x205,
    0x208,
    0x27E,
    0x41E,
    0x809,
)
_BIFF8, _UTF_16 = 0x600, 1200
_CELLS = {_FORMULA, _NUMBER, _PACKED_NUMBER, _LABEL, _OWN_LABEL, _BOOL_OR_ERROR}


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets. Raises OSError where the container is broken."""
    with olefile.OleFileIO(BytesIO(data)) as container:
        stream = _read_workbook_stream(container)
        saved_by_excel = container.exists("\x05SummaryInformation")
    globals_ = list(_read_records(stream, 0))
    starts = [unpack_from("<I", body)[0] for kind, body in globals_ if kind == _BOUND_SHEET]
    from_1904 = (_DATE_MODE, b"\1\0") in globals_
    styles = _read_styles(globals_, unpack_from("<H", stream, 4)[0] == _BIFF8)
    facts = [_read_sheet(stream, start, styles, saved_by_excel) for start in starts]
    for of_sheet in facts:
        of_sheet.from_1904 = from_1904
    return facts


def with_unicode(data: bytes) -> bytes:
    """Put the code page of UTF-16 into a BIFF8 file: its text is that, whatever page the writer has named.

    calamine decodes by the page.
    """
    with olefile.OleFileIO(source := BytesIO(data)) as container:
        stream = _read_workbook_stream(container)
        if unpack_from("<H", stream, 4)[0] != _BIFF8:
            return data
        position = 0
        while position + 6 <= len(stream):
            kind, length = unpack_from("<HH", stream, position)
            if kind == _CODE_PAGE and stream[position + 4 : position + 6] != pack("<H", _UTF_16):
                patched = stream[: position + 4] + pack("<H", _UTF_16) + stream[position + 6 :]
                container.write_stream(_stream_name(container), patched)
                return source.getvalue()
            if kind in (_END, _CODE_PAGE, _FILE_PASS):
                return data  # of an encrypted file the records that follow cannot be read
            position += 4 + length
    return data


def _read_styles(records: list[tuple[int, bytes]], is_biff8: bool) -> CellStyles:
    codes, struck_fonts, formats = dict(BUILT_IN), set(), []
    fonts = 0
    for kind, body in records:
        if kind == _FORMAT:
            codes[unpack_from("<H", body)[0]] = _read_format(body, is_biff8)
        elif kind == _FONT:
            if unpack_from("<H", body, 2)[0] & 0x08:
                struck_fonts.add(fonts + (fonts >= 4))  # there is no font 4
            fonts += 1
        elif kind == _CELL_FORMAT:
            formats.append(unpack_from("<HH", body))
    return CellStyles.of(
        [codes.get(code, "") for _, code in formats], [font in struck_fonts for font, _ in formats]
    )


def _read_format(body: bytes, is_biff8: bool) -> str:
    if not is_biff8:
        return body[3:].decode("latin-1")
    return body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")


def has_password(data: bytes) -> bool:
    """Whether the workbook's records are encrypted; False too where the container is too broken to tell."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            stream = _read_workbook_stream(container)
        return any(kind == _FILE_PASS for kind, _ in _read_records(stream, 0))
    except OSError:
        return False


def _read_workbook_stream(container: olefile.OleFileIO) -> bytes:
    stream: bytes = container.openstream(_stream_name(container)).read()
    return stream


def _stream_name(container: olefile.OleFileIO) -> str:
    return "Workbook" if container.exists("Workbook") else "Book"


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


def _read_sheet(stream: bytes, start: int, styles: CellStyles, saved_by_excel: bool) -> SheetFacts:
    """Read a sheet. saved_by_excel: else an empty text as a formula's result, or a 0, is what writers put for none."""
    facts, recalculated = SheetFacts(), False
    for kind, body in _read_records(stream, start):
        if kind == _UNCALCULATED:
            recalculated = True
        elif kind == _ROW:
            if body[12] & 0x20:
                facts.hidden_rows.add(unpack_from("<H", body)[0])
        elif kind == _MANY_NUMBERS:
            _note_many(facts, body, styles)
        elif kind in _CELLS:
            row, column, style = unpack_from("<HHH", body)
            styles.note(facts, (row, column), style)
            if kind == _BOOL_OR_ERROR and body[7] == 1:
                _add_error(facts, body, body[6])
            elif kind == _FORMULA:
                _note_formula(facts, body, recalculated, saved_by_excel)
            elif kind == _NUMBER:
                _note_day(facts, (row, column), body[6:14])
    return facts


def _note_many(facts: SheetFacts, body: bytes, styles: CellStyles) -> None:
    """Note the styles of numbers side by side in one record."""
    row, first = unpack_from("<HH", body)
    for at in range((len(body) - 6) // 6):
        styles.note(facts, (row, first + at), unpack_from("<H", body, 4 + 6 * at)[0])


def _note_formula(facts: SheetFacts, body: bytes, recalculated: bool, saved_by_excel: bool) -> None:
    """Note a formula's result: an error, a moment, or none where it is blank or waits to be calculated."""
    position: tuple[int, int] = unpack_from("<HH", body)
    if body[12:14] == b"\xff\xff":
        if body[6] == 2:
            _add_error(facts, body, body[8])
        elif body[6] == 3 and not saved_by_excel:
            facts.uncalculated.add(position)
    else:
        is_asked_for = recalculated or (not saved_by_excel and body[14] & 0x02)  # which Excel sets at will
        if is_asked_for and body[6:14] == bytes(8):
            facts.uncalculated.add(position)
        _note_day(facts, position, body[6:14])


def _note_day(facts: SheetFacts, position: tuple[int, int], number: bytes) -> None:
    (moment,) = unpack_from("<d", number)
    if 0 < moment < 3e6 and moment % 1 > 0.99999:
        facts.days[position] = int(moment)


def _add_error(facts: SheetFacts, body: bytes, code: int) -> None:
    row, column = unpack_from("<HH", body)
    facts.errors[row, column] = ERROR_NAMES.get(code, f"#ERR{code}!")
