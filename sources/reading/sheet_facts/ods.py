"""Cells in error, formulas without a result, formats, hidden rows and merges, from the content.xml of an .ods."""

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from sources.reading.sheet_facts import Position, SheetFacts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_MAX_REPEATED = 1000
"""Most repetitions taken: what lies below a sheet's end is one row or cell repeated a million times."""


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets. Raises KeyError or ParseError for a broken package."""
    with ZipFile(BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    styles = _read_styles(root)
    return [
        _read_sheet(table, styles)
        for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    ]


@dataclass(frozen=True)
class _Styles:
    """The names of cell styles that divide the number which they show, and of those that are struck out."""

    scaled: frozenset[str]
    struck: frozenset[str]


def _read_styles(root: ElementTree.Element) -> _Styles:
    divided = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_NUMBER}number-style")
        if any(float(n.get(f"{_NUMBER}display-factor", "1")) != 1 for n in style.iter(f"{_NUMBER}number"))
    }
    scaled, struck = set(), set()
    for style in root.iter(f"{_STYLE}style"):
        name = style.get(f"{_STYLE}name", "")
        if style.get(f"{_STYLE}data-style-name") in divided:
            scaled.add(name)
        lines = [
            text.get(f"{_STYLE}text-line-through-style", "none")
            for text in style.iter(f"{_STYLE}text-properties")
        ]
        if set(lines) - {"none"}:
            struck.add(name)
    return _Styles(frozenset(scaled), frozenset(struck))


def has_password(data: bytes) -> bool:
    """Whether the package has encrypted parts. Raises KeyError for one without a list of its parts."""
    with ZipFile(BytesIO(data)) as archive:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")


def _read_sheet(table: ElementTree.Element, styles: _Styles) -> SheetFacts:
    facts = SheetFacts()
    defaults: list[str] = []
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = int(column.get(f"{_TABLE}number-columns-repeated", "1"))
        defaults += [column.get(f"{_TABLE}default-cell-style-name", "")] * min(repeated, _MAX_REPEATED)
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        repeated = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        rows = range(row, row + min(repeated, _MAX_REPEATED))
        if line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            facts.hidden_rows.update(rows)
        _add_line(facts, line, rows, styles, defaults)
        row += repeated
    return facts


def _add_line(
    facts: SheetFacts, line: ElementTree.Element, rows: range, styles: _Styles, defaults: list[str]
) -> None:
    column = 0
    for cell in line:
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        across = int(cell.get(f"{_TABLE}number-columns-spanned", "1")) - 1
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1")) - 1
        if across or down:
            facts.merged += [(row, column, row + down, column + across) for row in rows]
        columns = range(column, column + min(repeated, _MAX_REPEATED))
        positions = [(row, at) for row in rows for at in columns] if cell.attrib else []
        if cell.get(f"{_CALC}value-type") == "error":
            shown = "".join(cell.itertext()).strip() or "#N/A"
            facts.errors.update(dict.fromkeys(positions, shown))
        elif cell.get(f"{_OFFICE}value-type") is not None:
            style = cell.get(f"{_TABLE}style-name") or (defaults[column] if column < len(defaults) else "")
            _note_style(facts, positions, cell, style, styles)
        elif cell.get(f"{_TABLE}formula") is not None:
            facts.uncalculated.update(positions)
        column += repeated


def _note_style(
    facts: SheetFacts, positions: list[Position], cell: ElementTree.Element, style: str, styles: _Styles
) -> None:
    if cell.get(f"{_OFFICE}value-type") == "percentage":
        facts.displays.update(dict.fromkeys(positions, "p"))
    elif style in styles.scaled:
        facts.displays.update(dict.fromkeys(positions, "s"))
    elif display := _display_as_shown("".join(cell.itertext()).strip()):
        facts.displays.update(dict.fromkeys(positions, display))
    if style in styles.struck:
        facts.struck.update(positions)


def _display_as_shown(shown: str) -> str:
    """Return how a day or number is shown, by its text beside it; see `display_of`."""
    return next((display for display, text in _SHOWN if text.fullmatch(shown)), "")


_SHOWN = [
    ("2", re.compile(r"(?:19|20)\d\d\.10")),
    ("m", re.compile(r"(?:19|20)\d\d\s*[年./-]\s*\d\d?\s*月?")),
    ("y", re.compile(r"(?:19|20)\d\d\s*年?度?")),
]
