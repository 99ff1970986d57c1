"""Containers of sheets, the same bytes every time: .xlsx, .xls, HTML named .xls, an encrypted package."""

import io
import struct
from collections.abc import Sequence
from datetime import date, datetime
from html import escape

import xlsxwriter
import xlwt

from sample.district.sent import ErrorCell
from sample.files.grid import CellValue, PrintedGrid

_CREATED = datetime(2021, 1, 1)
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def to_xlsx(grids: Sequence[PrintedGrid], author: str) -> bytes:
    """Write an Excel workbook whose author property names a person, as real ones do."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"author": author, "created": _CREATED})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            if grid.hidden:
                sheet.hide()
            for top, left, bottom, right in grid.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for (row, column), value in grid.cells.items():
                _write_xlsx_cell(sheet, row, column, value, day)
    return data.getvalue()


def _write_xlsx_cell(
    sheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: CellValue, day: object
) -> None:
    if isinstance(value, ErrorCell):
        sheet.write_formula(row, column, "=1/0", None, str(value))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)


def to_xls(grids: Sequence[PrintedGrid]) -> bytes:
    """Write a workbook of Excel 97, the format in which WPS also writes .et."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        sheet.visibility = int(grid.hidden)
        for top, left, bottom, right in grid.merged:
            sheet.merge(top, bottom, left, right)
        for (row, column), value in grid.cells.items():
            if isinstance(value, ErrorCell):
                sheet.row(row).set_cell_error(column, str(value))
            elif isinstance(value, date):
                sheet.write(row, column, value, day)
            else:
                sheet.write(row, column, value)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def to_html(grids: Sequence[PrintedGrid]) -> bytes:
    """Write HTML tables in GBK, as a web system exports them under the name .xls."""
    tables = "\n".join(_write_html_table(grid) for grid in grids)
    head = '<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
    return f"<html>{head}<body>{tables}</body></html>".encode("gbk")


def _write_html_table(grid: PrintedGrid) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for row in range(max(row for row, _ in grid.cells) + 1):
        cells = []
        for column in range(max(column for _, column in grid.cells) + 1):
            if (row, column) in covered:
                continue
            down, across = spans.get((row, column), (1, 1))
            span = f' rowspan="{down}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
            cells.append(f"<td{span}>{escape(str(grid.cells.get((row, column), '')))}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1">{"".join(rows)}</table>'


def to_encrypted(package: bytes) -> bytes:
    """Wrap a package as if a password were set: an OLE file of EncryptionInfo and EncryptedPackage.

    Nothing is encrypted here, so the package must already be meaningless bytes.
    """
    info = struct.pack("<HHII", 4, 2, 0x24, 44) + struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    info += (
        "AES\0\0\0".encode("utf-16le") + struct.pack("<I", 16) + bytes(32) + struct.pack("<I", 20) + bytes(32)
    )
    streams = [
        ("EncryptedPackage", package.ljust(8 * _SECTOR, b"\0")),
        ("EncryptionInfo", info.ljust(8 * _SECTOR, b"\0")),
    ]
    return _write_ole(streams)


def _write_ole(streams: list[tuple[str, bytes]]) -> bytes:
    """Write an OLE file of streams of 4096 bytes or more: a FAT sector, a directory sector, the data."""
    fat, body, entries = [_FAT, _END], b"", [_pack_ole_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for number, (name, data) in enumerate(streams, start=1):
        first, count = len(fat), -(-len(data) // _SECTOR)
        fat += [*range(first + 1, first + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_pack_ole_entry(name, 2, right=right, start=first, size=len(data)))
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    versions = (0x3E, 3, 0xFFFE, 9, 6)
    tables = (0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header = struct.pack("<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", *versions, *tables)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + body


def _pack_ole_entry(
    name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int, size: int
) -> bytes:
    encoded = (name + "\0").encode("utf-16le")
    return struct.pack(
        "<64sHBBIII16x4x8x8xIQ", encoded, len(encoded), kind, 1, _FREE, right, child, start, size
    )
