"""What calamine leaves out of a sheet: cells in error, hidden rows, and merges in xlsb and ods."""

import re
import zipfile
from io import BytesIO
from struct import pack

import pytest
import xlsxwriter
import xlwt

from sources.reading.cells import Sheet
from sources.reading.workbook import read_workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_ODS_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def relationships(kind: str, target: str, namespace: str = _RELATIONS) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{namespace}/{kind}" Target="{target}"/></Relationships>'
    )


def xlsx_of(rows: str, main: str = _MAIN, relations: str = _RELATIONS) -> Sheet:
    """The sheet of a workbook whose sheet XML has these rows, letter for letter."""
    data = zipped(
        {
            "_rels/.rels": relationships("officeDocument", "xl/workbook.xml", relations),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relationships("worksheet", "worksheets/s.xml", relations),
            "xl/worksheets/s.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )
    (sheet,) = read_workbook(data).sheets
    return sheet


@pytest.mark.parametrize(
    ("cells", "text", "kinds"),
    [
        ('<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>1</v></c>', ["#N/A", "1"], "en"),
        ("<c r='A1' t='e'><v>#N/A</v></c>", ["#N/A"], "e"),
        (
            '<c t="e"><v>#REF!</v></c><c><v>1</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            ["#REF!", "1", "#DIV/0!"],
            "ene",
        ),
        ('<c r="A1"><v>1</v></c><c r="C1" t="e"><v>#VALUE!</v></c>', ["1", "", "#VALUE!"], "n e"),
        ('<c r="A1" t="e"/><c r="B1"><v>1</v></c>', ["", "1"], " n"),
        ('<c r="A1" t="inlineStr"><is><t>t="e" #</t></is></c>', ['t="e" #'], "t"),
        ('<c r="A1" t="e"><f>A:A</f><v>#SPILL!</v></c><c r="B1"><v>1</v></c>', ["#SPILL!", "1"], "en"),
        ('<c r="A1" t="e"><v>a &amp; b</v></c>', ["a & b"], "e"),
    ],
    ids=[
        "address",
        "single quotes",
        "no addresses",
        "gap",
        "no value",
        "looks alike",
        "new error",
        "no known error",
    ],
)
def test_cells_in_error_of_an_xlsx(cells: str, text: list[str], kinds: str) -> None:
    sheet = xlsx_of(f"<row>{cells}</row>")
    assert sheet.text == [text]
    assert sheet.kinds == [kinds]


def test_a_strict_xlsx_is_read_alike() -> None:
    sheet = xlsx_of('<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>', _STRICT, _STRICT_RELATIONS)
    assert sheet.text == [["", ""], ["", "#N/A"]]


def test_hidden_rows_of_an_xlsx() -> None:
    cell = "<c><v>1</v></c>"
    sheet = xlsx_of(f'<row hidden="1">{cell}</row><row>{cell}</row><row r="4" hidden="true">{cell}</row>')
    assert sheet.hidden_rows == {0, 3}


def test_a_hidden_row_is_not_one_that_says_false() -> None:
    assert xlsx_of('<row hidden="false"><c><v>1</v></c></row>').hidden_rows == frozenset()


def test_errors_of_each_sheet_stay_there() -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        for error in ("#N/A", "#REF!"):
            workbook.add_worksheet().write_formula(1, 1, "=A1", None, error)
    assert [sheet.text[1][1] for sheet in read_workbook(made.getvalue()).sheets] == ["#N/A", "#REF!"]


def test_cells_in_error_and_hidden_rows_of_an_xls() -> None:
    workbook = xlwt.Workbook()
    plain, odd = workbook.add_sheet("平"), workbook.add_sheet("错")
    plain.write(0, 0, "#N/A")
    odd.row(1).set_cell_error(2, 42)
    odd.row(3).set_cell_error(0, 7)
    odd.row(3).hidden = True
    odd.write(3, 1, True)
    made = BytesIO()
    workbook.save(made)
    first, second = read_workbook(made.getvalue()).sheets
    assert (first.text, first.kinds, first.hidden_rows) == ([["#N/A"]], ["t"], frozenset())
    assert second.text == [["", "", ""], ["", "", "#N/A"], ["", "", ""], ["#DIV/0!", "TRUE", ""]]
    assert second.kinds == ["   ", "  e", "   ", "eb "]
    assert second.hidden_rows == {3}


def test_a_formula_in_error_of_an_xls() -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("S").write(5, 3, xlwt.Formula("1/0"))
    made = BytesIO()
    workbook.save(made)
    head, result = re.split(rb"(?<=\x06\x00.\x00\x05\x00\x03\x00..)", made.getvalue(), flags=re.DOTALL)
    (sheet,) = read_workbook(head + b"\x02\x00\x07\x00\x00\x00\xff\xff" + result[8:]).sheets
    assert (sheet.text[5][3], sheet.kinds[5]) == ("#DIV/0!", "   e")


def record(kind: int, body: bytes = b"") -> bytes:
    """Of an .xlsb: kinds over 127 take two bytes."""
    return bytes([kind & 0x7F | 0x80, kind >> 7] if kind > 127 else [kind]) + bytes([len(body)]) + body


def test_errors_hidden_rows_and_merges_of_an_xlsb() -> None:
    def wide(text: str) -> bytes:
        return pack("<I", len(text)) + text.encode("utf-16-le")

    def row(number: int, hidden: bool) -> bytes:
        return record(0, pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))

    def cell(column: int) -> bytes:
        return pack("<II", column, 0)

    bundle = record(156, pack("<II", 0, 1) + wide("rId1") + wide("表"))
    rows = (
        row(0, False)
        + record(5, cell(0) + pack("<d", 1.5))
        + record(3, cell(1) + b"\x2a")
        + row(2, True)
        + record(11, cell(0) + b"\x07" + bytes(10))
    )
    dimension = record(148, pack("<4I", 0, 2, 0, 1))
    merges = record(177, pack("<I", 1)) + record(176, pack("<4I", 0, 1, 2, 3)) + record(178)
    sheet_part = record(129) + dimension + record(145) + rows + record(146) + merges + record(130)
    data = zipped(
        {
            "_rels/.rels": relationships("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": relationships("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": sheet_part,
        }
    )
    (sheet,) = read_workbook(data).sheets
    assert sheet.text == [["1.5", "#N/A"], ["", ""], ["#DIV/0!", ""]]
    assert sheet.kinds == ["ne", "  ", "e "]
    assert sheet.merged == [(0, 2, 1, 3)]
    assert sheet.hidden_rows == {2}


def ods_of(rows: str) -> Sheet:
    """The sheet of an .ods with these rows, whose tags are written short."""
    for short, tag in {"row": "table:table-row", "cell": "table:table-cell", "p": "text:p"}.items():
        rows = re.sub(rf"<(/?){short}\b", rf"<\1{tag}", rows)
    content = (
        f'<office:document-content {_ODS_NAMESPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    data = zipped({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content})
    (sheet,) = read_workbook(data).sheets
    return sheet


@pytest.mark.parametrize(
    "value", ['office:value-type="string"', 'office:value-type="float" office:value="0"']
)
def test_errors_of_an_ods(value: str) -> None:
    number_cell = '<cell office:value-type="float" office:value="1"/>'
    sheet = ods_of(f'<row>{number_cell}<cell {value} calcext:value-type="error"><p>#N/A</p></cell></row>')
    assert (sheet.text, sheet.kinds) == ([["1", "#N/A"]], ["ne"])


def test_merges_and_hidden_rows_of_an_ods_count_what_is_repeated() -> None:
    number_cell = '<cell office:value-type="float" office:value="1"/>'
    three_empty = '<cell table:number-columns-repeated="3"/>'
    wide = '<cell table:number-columns-spanned="2"/><table:covered-table-cell/>'
    rest = '<row table:number-rows-repeated="1048572"><cell table:number-columns-repeated="16384"/></row>'
    sheet = ods_of(
        f'<row table:number-rows-repeated="2">{number_cell}</row>'
        f'<row table:visibility="collapse">{three_empty}{wide}</row>'
        f"<row>{number_cell}</row>{rest}"
    )
    assert sheet.merged == [(2, 3, 2, 4)]
    assert sheet.hidden_rows == {2}
    assert sheet.text == [["1"], ["1"], [""], ["1"]]
