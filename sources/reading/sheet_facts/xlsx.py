"""Cells in error, formulas without a result, formats and hidden rows, from the XML of the sheets.

Not found: those of a sheet part in UTF-16, which no known writer makes.
"""

import re
from html import unescape
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from sources.reading.sheet_facts import NO_STYLES, CellStyles, SheetFacts
from sources.reading.sheet_facts.number_format import BUILT_IN
from sources.reading.sheet_facts.package import Package

_TOKEN = re.compile(rb"<(?:\w+:)?(row|c|f|v)\b([^>]*)>([^<]*)")
_ADDRESS = re.compile(rb"""\br=["']([A-Z]*)(\d+)""")
_ERROR = re.compile(rb"""t=["']e["']""")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_NOT_A_NUMBER = re.compile(rb"""\bt=["'](?!n["'])""")
_NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_FRACTION = re.compile(rb"\.\d{3,}<")
_BEFORE_MIDNIGHT = re.compile(rb">\d{1,6}\.99999\d*<")
_MIGHT_BE_A_MONTH = re.compile(rb">(?:19|20)\d\d\.1<")
_HIDDEN = re.compile(rb"""hidden=["'](?:1|true)["']""")
_ERROR_VALUE = re.compile(
    rb"""(\bt=["']e["'][^>]*>\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>)[^<]*"""
)


def read_facts(data: bytes) -> list[SheetFacts]:
    """Read the facts of all sheets. Raises KeyError, StopIteration or ParseError for a broken package."""
    with Package(data) as package:
        workbook = package.workbook()
        parts = package.relationships(workbook)
        root = ElementTree.fromstring(package.read(workbook))
        styles = next(
            (_read_styles(package.read(r.part)) for r in parts.values() if r.kind == "styles"), NO_STYLES
        )
        recalculated = _is_set(root.find("{*}calcPr"), "fullCalcOnLoad")
        from_1904 = _is_set(root.find("{*}workbookPr"), "date1904")
        facts = [
            _read_sheet(package.read(parts[_find_relationship_id(sheet)].part), styles, recalculated)
            for sheet in root.iterfind("{*}sheets/{*}sheet")
        ]
    for of_sheet in facts:
        of_sheet.from_1904 = from_1904
    return facts


def _is_set(node: ElementTree.Element | None, name: str) -> bool:
    return node is not None and node.get(name) in ("1", "true")


def _read_styles(xml: bytes) -> CellStyles:
    root = ElementTree.fromstring(xml)
    codes = BUILT_IN | {
        int(node.get("numFmtId", "0")): node.get("formatCode", "")
        for node in root.iterfind("{*}numFmts/{*}numFmt")
    }
    struck_fonts = {
        str(number)
        for number, font in enumerate(root.iterfind("{*}fonts/{*}font"))
        if (strike := font.find("{*}strike")) is not None and strike.get("val", "1") in ("1", "true")
    }
    formats = list(root.iterfind("{*}cellXfs/{*}xf"))
    return CellStyles.of(
        [codes.get(int(xf.get("numFmtId", "0")), "") for xf in formats],
        [xf.get("fontId") in struck_fonts for xf in formats],
    )


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


def _read_sheet(xml: bytes, styles: CellStyles, recalculated: bool) -> SheetFacts:
    """Read a sheet. recalculated: whether the file asks to be calculated anew, so that a stored 0 is no result."""
    facts = SheetFacts()
    xml = xml[: xml.rfind(b"sheetData>")]  # what follows has formulas that are no cells'
    if not _has_any(xml, styles, recalculated):
        return facts
    row = column = -1
    attributes = b""
    for token in _TOKEN.finditer(xml):
        name, own_attributes, text = token.groups()
        if name == b"row":
            address = _ADDRESS.search(own_attributes)
            row, column = int(address[2]) - 1 if address else row + 1, -1
            if _HIDDEN.search(own_attributes):
                facts.hidden_rows.add(row)
        elif name == b"c":
            attributes, address = own_attributes, _ADDRESS.search(own_attributes)
            column = _column_number(address[1]) if address else column + 1
            if style := _STYLE.search(attributes):
                styles.note(facts, (row, column), int(style[1]))
        elif name == b"f":
            facts.uncalculated.add((row, column))
        else:
            _note_value(facts, (row, column), attributes, text.strip(), recalculated)
    return facts


def _has_any(xml: bytes, styles: CellStyles, recalculated: bool) -> bool:
    """Tell by fast searches whether there is anything to walk over all cells for; in most sheets nothing is."""
    searches = [_ERROR, _HIDDEN, _BEFORE_MIDNIGHT, _MIGHT_BE_A_MONTH]
    numbers = styles.numbers | (styles.decimals.keys() if _FRACTION.search(xml) else set())
    if numbers:
        searches.append(re.compile(rf"""\bs=["'](?:{"|".join(map(str, numbers))})["']""".encode()))
    if b"f>" in xml or b"<f " in xml:
        searches += [_FORMULA] if recalculated else [_NO_RESULT]
    return any(search.search(xml) for search in searches)


def _note_value(
    facts: SheetFacts, position: tuple[int, int], attributes: bytes, value: bytes, recalculated: bool
) -> None:
    if _ERROR.search(attributes) and value:
        facts.errors[position] = unescape(value.decode())
    is_number = _NOT_A_NUMBER.search(attributes) is None
    if not is_number or (value and not (recalculated and not value.strip(b"0."))):
        facts.uncalculated.discard(position)
    if is_number and b".99999" in value:
        facts.days[position] = int(value.split(b".")[0])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
