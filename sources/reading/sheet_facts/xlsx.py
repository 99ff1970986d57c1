"""Cells in error and hidden rows, from the XML of the sheets.

Not found: those of a sheet part in UTF-16, which no known writer makes.
"""

import re
from html import unescape
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from sources.reading.sheet_facts import SheetFacts
from sources.reading.sheet_facts.package import Package

_TOKEN = re.compile(rb"<(?:\w+:)?(row|c|v)\b([^>]*)>([^<]*)")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]*)(\d+)""")
_ERROR = re.compile(rb"""t=["']e["']""")
_HIDDEN = re.compile(rb"""hidden=["'](?:1|true)["']""")
_ERROR_VALUE = re.compile(
    rb"""(\bt=["']e["'][^>]*>\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>)[^<]*"""
)


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets. Raises KeyError, StopIteration or ParseError for a broken package."""
    with Package(data) as package:
        workbook = package.workbook()
        parts = package.relationships(workbook)
        sheets = ElementTree.fromstring(package.read(workbook)).iterfind("{*}sheets/{*}sheet")
        return [_read_sheet(package.read(parts[_find_relationship_id(sheet)].part)) for sheet in sheets]


def with_known_errors(data: bytes) -> bytes:
    """Put #N/A in all cells in error: over any newer error (#SPILL!) calamine refuses the sheet."""
    rewritten = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(rewritten, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                name, _ERROR_VALUE.sub(rb"\1#N/A", part) if name.lower().endswith(".xml") else part
            )
    return rewritten.getvalue()


def _find_relationship_id(sheet: ElementTree.Element) -> str:
    """Find the attribute r:id, whose namespace differs between transitional and strict files."""
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))


def _read_sheet(xml: bytes) -> SheetFacts:
    facts = SheetFacts()
    if not _ERROR.search(xml) and not _HIDDEN.search(xml):
        return facts  # as most do; the two searches start with a literal, which makes them fast
    row = column = -1
    in_error = False
    for token in _TOKEN.finditer(xml):
        name, attributes, text = token.groups()
        if name == b"v":
            if in_error and text:
                facts.errors[row, column] = unescape(text.decode())
            continue
        address = _ADDRESS.search(attributes)
        if name == b"row":
            row, column = int(address[2]) - 1 if address else row + 1, -1
            if _HIDDEN.search(attributes):
                facts.hidden_rows.add(row)
        else:
            column = _column_number(address[1]) if address else column + 1
            in_error = _ERROR.search(attributes) is not None
    return facts


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
