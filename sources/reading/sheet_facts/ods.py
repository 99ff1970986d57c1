"""Cells in error, hidden rows and merges, from the content.xml of an .ods file."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from sources.reading.sheet_facts import SheetFacts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MAX_REPEATED = 1000
"""Most repetitions taken: what lies below a sheet's end is one row or cell repeated a million times."""


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets. Raises KeyError or ParseError for a broken package."""
    with ZipFile(BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    return [
        _read_sheet(table) for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    ]


def has_password(data: bytes) -> bool:
    """Whether the package has encrypted parts. Raises KeyError for one without a list of its parts."""
    with ZipFile(BytesIO(data)) as archive:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")


def _read_sheet(table: ElementTree.Element) -> SheetFacts:
    facts = SheetFacts()
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        repeated = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        rows = range(row, row + min(repeated, _MAX_REPEATED))
        if line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            facts.hidden_rows.update(rows)
        _add_line(facts, line, rows)
        row += repeated
    return facts


def _add_line(facts: SheetFacts, line: ElementTree.Element, rows: range) -> None:
    column = 0
    for cell in line:
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        across = int(cell.get(f"{_TABLE}number-columns-spanned", "1")) - 1
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1")) - 1
        if across or down:
            facts.merged += [(row, column, row + down, column + across) for row in rows]
        if cell.get(f"{_CALC}value-type") == "error":
            columns = range(column, column + min(repeated, _MAX_REPEATED))
            shown = "".join(cell.itertext()).strip() or "#N/A"
            facts.errors.update({(row, at): shown for row in rows for at in columns})
        column += repeated
