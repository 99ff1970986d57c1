"""Formats of workbooks, and the reader of each: from a file's bytes to its cells.

The format is found from the bytes; a file's name is never looked at. What is read, and by what:

    xlsx xls xlsb ods   python-calamine; what it leaves out, such as error cells and formats: sheet_facts
    html xml2003        lxml (pages and SpreadsheetML of 2003 that are named .xls)
    encrypted           opened where Excel would open it unasked (the default password), else refused

Error cells are found in all of them but a page, where they are the texts #N/A and so on, and .ods files
not written by LibreOffice or its kin, where they come as whatever text the cell shows. Formulas without a
result are found in all, percent and scaling formats in all but a page, which holds what is shown. Not
recovered: other number formats, the unit of an .ods duration (PT26H00M00S, as text), hidden columns,
comments, text boxes, charts, and workbooks older than Excel 5.
"""

import re
import struct
import zlib
from dataclasses import replace
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from sources.reading.cells import Format, Sheet, Unreadable, Workbook
from sources.text.personal import hide_in_names

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SNIFFED_BYTES = 64 << 10


def sniff(data: bytes) -> Format:
    """Return the format by content; cheap enough for the whole file, and safe on any bytes.

    An .xls with a password is "xls" here: the password shows when it is read.
    """
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_compound(data)
    return _sniff_text(data[:_SNIFFED_BYTES])


def _sniff_zip(data: bytes) -> Format:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            if "mimetype" in archive.namelist():
                with archive.open("mimetype") as mimetype:
                    if b"opendocument.spreadsheet" in mimetype.read(100):
                        return "ods"
    except (BadZipFile, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error):
        # damaged; the names may stand in the file all the same
        names = {part for part in ("xl/workbook.bin", "xl/") if part.encode() in data}
        if b"opendocument.spreadsheet" in data[:200]:
            return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "unknown"


def _sniff_compound(data: bytes) -> Format:
    """Find the format by the names of its streams, in UTF-16; where these were cut off, the likeliest."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return "xls"
    sector_shift, directory = struct.unpack("<H16xI", data[30:52].ljust(22, b"\0"))
    return "xls" if (directory + 2) << sector_shift > len(data) else "unknown"


def _sniff_text(head: bytes) -> Format:
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_utf16:
        head = head.decode("utf-16", "ignore").encode()
    elif b"\0" in head or not head:
        return "unknown"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        if (
            re.search(rb"<(\w+:)?Workbook[\s>]", head)
            and b"urn:schemas-microsoft-com:office:spreadsheet" in head
        ):
            return "xml2003"
        if re.search(rb"<(html|table|head|body|!doctype html)[\s>]", head, re.IGNORECASE):
            return "html"
    return "text"


def read_workbook(data: bytes) -> Workbook:
    """Read all cells of all sheets, whose names lose what is personal in them.

    Raises Unreadable, and whatever damaged bytes make the readers raise.

    They can also make them panic, hang or eat memory: call it through `worker.Reader`, which runs it in
    a process of its own and has an Unreadable for all of that.
    """
    format = sniff(data)
    if not data:
        raise Unreadable("empty_file", "the file has no bytes")
    if format == "encrypted":
        from sources.reading.default_password import decrypt

        return read_workbook(decrypt(data))
    sheets = _read_sheets(data, format)
    names = hide_in_names([sheet.name for sheet in sheets])
    return Workbook(format, [replace(sheet, name=name) for sheet, name in zip(sheets, names, strict=True)])


def _read_sheets(data: bytes, format: Format) -> list[Sheet]:
    # each reader is imported when its format comes, so that the worker process starts at once
    if format == "html":
        from sources.reading.html import read_html

        return [read_html(data)]
    if format == "xml2003":
        from sources.reading.xml2003 import read_xml2003

        return read_xml2003(data)
    if format in ("text", "unknown"):
        raise Unreadable("unknown_format", f"not a workbook: the bytes look like {format} data")
    from sources.reading.calamine import read_calamine

    return read_calamine(data, format)
