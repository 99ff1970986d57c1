"""Cells of the XML that Excel 2003 wrote (SpreadsheetML), and that systems still export, named .xls."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sources.reading.cells import Merged, Sheet, Unreadable, number_text, sheet_of
from sources.reading.encoding import decode_markup
from sources.reading.sheet_facts.number_format import display_of, shows_another

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_KINDS = {"Number": "n", "DateTime": "d", "Boolean": "b", "Error": "e"}
Cells = dict[tuple[int, int], tuple[str, str]]


def read_xml2003(data: bytes) -> list[Sheet]:
    """Read all worksheets. Raises Unreadable: undecodable, corrupt, too_large."""
    parser = etree.XMLParser(encoding="utf-8", huge_tree=True, no_network=True, resolve_entities=False)
    try:
        root = etree.fromstring(decode_markup(data).encode(), parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable("corrupt", "SpreadsheetML declares no entities; this does")
        styles = _read_styles(root)
        from_1904 = root.find(f"{_EXCEL}ExcelWorkbook/{_EXCEL}Date1904") is not None
        return [_read_sheet(worksheet, styles, from_1904) for worksheet in root.iterfind(f"{_SS}Worksheet")]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("corrupt", f"not well-formed SpreadsheetML: {type(error).__name__}") from error


_NAMED = {"Percent": "0%", "Fixed": "0.00", "Standard": "#,##0.00"}
"""Formats of SpreadsheetML that go by a name and show something else."""


@dataclass(frozen=True)
class _Style:
    """What a style says of its cells. display: see `display_of`."""

    display: str = ""
    is_struck: bool = False


def _read_styles(root: etree._Element) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for node in root.iterfind(f"{_SS}Styles/{_SS}Style"):
        parent = styles.get(node.get(f"{_SS}Parent", ""), _Style())
        number, font = node.find(f"{_SS}NumberFormat"), node.find(f"{_SS}Font")
        code = number.get(f"{_SS}Format", "") if number is not None else None
        display = parent.display if code is None else display_of(_NAMED.get(code, code))
        is_struck = parent.is_struck if font is None else font.get(f"{_SS}StrikeThrough") == "1"
        styles[node.get(f"{_SS}ID", "")] = _Style(display, is_struck)
    return styles


def _read_sheet(worksheet: etree._Element, styles: dict[str, _Style], from_1904: bool) -> Sheet:
    cells: Cells = {}
    displays: dict[tuple[int, int], str] = {}
    struck_rows = set()
    merged: list[Merged] = []
    hidden_rows = set()
    for row, line in _with_places(worksheet.iterfind(f"{_SS}Table/{_SS}Row"), "Span"):
        if line.get(f"{_SS}Hidden") == "1":
            hidden_rows.add(row)
        for column, cell in _with_places(line.iterfind(f"{_SS}Cell"), "MergeAcross"):
            across, down = _read_number(cell, "MergeAcross"), _read_number(cell, "MergeDown")
            if across or down:
                merged.append((row, column, row + down, column + across))
            datum = cell.find(f"{_SS}Data")
            if datum is not None:
                cells[row, column] = kind, text = _read_cell(datum)
                style = styles.get(cell.get(f"{_SS}StyleID") or line.get(f"{_SS}StyleID", ""), _Style())
                if shows_another(style.display, kind, text):
                    displays[row, column] = style.display
                if style.is_struck:
                    struck_rows.add(row)
            elif cell.get(f"{_SS}Formula"):
                cells[row, column] = "f", "="
    visible = worksheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "")
    name = worksheet.get(f"{_SS}Name", "")
    return sheet_of(
        name,
        cells,
        hidden=visible.startswith("Sheet"),
        merged=merged,
        hidden_rows=hidden_rows,
        struck_rows=struck_rows,
        displays=displays,
        from_1904=from_1904,
    )


def _with_places(nodes: Iterator[etree._Element], covers: str) -> Iterator[tuple[int, etree._Element]]:
    """Yield rows or cells with their 0-based place: an Index where given, else after what the last covers."""
    place = 0
    for node in nodes:
        place = (_read_number(node, "Index") or place + 1) - 1
        yield place, node
        place += 1 + _read_number(node, covers)


def _read_number(node: etree._Element, name: str) -> int:
    return int(node.get(f"{_SS}{name}", "0"))


def _read_cell(datum: etree._Element) -> tuple[str, str]:
    """Return kind and text; formatted text (ss:Data with HTML in it) without its format."""
    shown = "".join(datum.itertext())
    kind = _KINDS.get(datum.get(f"{_SS}Type", "String"), "t")
    if kind == "n":
        return kind, number_text(float(shown))
    if kind == "b":
        return kind, "TRUE" if shown.strip() == "1" else "FALSE"
    if kind == "d":
        return kind, shown.removesuffix(".000").removesuffix("T00:00:00").removeprefix("1899-12-31T")
    return kind, shown
