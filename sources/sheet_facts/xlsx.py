"""Cells in error and hidden rows, from the XML of the sheets.

Not found: errors in a sheet part that is not in an ASCII-like encoding (none is known to write one).
"""

import re
from html import unescape
from xml.etree import ElementTree

from sources.sheet_facts import SheetFacts
from sources.sheet_facts.package import Package

_TOKEN = re.compile(rb"<(?:\w+:)?(row|c|v)\b([^>]*)>([^<]*)")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]*)(\d+)""")
_ERROR = re.compile(rb"""\bt=["']e["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_MARKS = (b't="e"', b'hidden="1"', b'hidden="true"', b"='")
"""A sheet with none of them has nothing to look for; ' because attributes may be quoted with it."""


def facts(data: bytes) -> list[SheetFacts]:
    """Raises KeyError, StopIteration or ParseError for a broken package."""
    with Package(data) as package:
        workbook = package.workbook()
        parts = package.relationships(workbook)
        sheets = ElementTree.fromstring(package.read(workbook)).iterfind("{*}sheets/{*}sheet")
        return [_sheet(package.read(parts[_relationship_id(sheet)].part)) for sheet in sheets]


def _relationship_id(sheet: ElementTree.Element) -> str:
    """The attribute r:id, whose namespace differs between transitional and strict files."""
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))


def _sheet(xml: bytes) -> SheetFacts:
    found = SheetFacts()
    if not any(mark in xml for mark in _MARKS):
        return found
    row = column = -1
    in_error = False
    for token in _TOKEN.finditer(xml):
        name, attributes, text = token.groups()
        if name == b"v":
            if in_error:
                found.errors[row, column] = unescape(text.decode())
            continue
        address = _ADDRESS.search(attributes)
        if name == b"row":
            row, column = int(address[2]) - 1 if address else row + 1, -1
            if _HIDDEN.search(attributes):
                found.hidden_rows.add(row)
        else:
            column = _column(address[1]) if address else column + 1
            in_error = _ERROR.search(attributes) is not None
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
