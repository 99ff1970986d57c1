"""What a number's format, a formula without a result or the system of dates changes, in each format of workbooks."""

from collections.abc import Callable
from io import BytesIO
from struct import pack

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.styles import Font

from sources.reading.cells import Sheet
from sources.reading.marking.marked import marked_copy
from sources.reading.sheet_facts.number_format import decimals_of, display_of
from sources.reading.workbook import read_workbook
from tests.sources.reading.test_sheet_facts import record, relationships, zipped

SCALED, PERCENT = "0!.0,", "0.0%"


@pytest.mark.parametrize(
    "code", ["0!.0,", "0\\.0,", "0.00,", "#,##0,", '#,##0.0,"千元"', "0!.0000", '0"."0,', "#,##0,.00", "0,,"]
)
def test_formats_that_divide(code: str) -> None:
    assert display_of(code) == "s"


@pytest.mark.parametrize(
    ("code", "display"),
    [
        ("0%", "p"), ("0.00%;[红色]-0.00%", "p"), ("General", ""), ("#,##0.00", "2"), ('0.0"%"', ""), ("0\\%", ""),
        ("_(* #,##0_);_(* (#,##0)", ""), ('#,##0"人,"', ""), ("yyyy/m/d", ""), ('"第,"0', ""), ("# ?/?", ""),
    ],
)  # fmt: skip
def test_formats_that_do_not(code: str, display: str) -> None:
    assert display_of(code) == display


@pytest.mark.parametrize(
    ("code", "decimals"),
    [
        ("0", 0),
        ("#,##0.00", 2),
        ("0.0_ ", 1),
        ("0.00;[红色]-0.00", 2),
        ("¥#,##0.0", 1),
        ("General", None),
        ("0.0%", None),
    ],
)
def test_decimals_that_a_format_shows(code: str, decimals: int | None) -> None:
    assert decimals_of(code) == decimals


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as workbook:
        fill(workbook)
    return made.getvalue()


def of_xlwt(fill: Callable[[xlwt.Workbook], None]) -> bytes:
    book = xlwt.Workbook()
    fill(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def of_xlsx(codes: list[str]) -> bytes:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        for column, code in enumerate(codes):
            sheet.write_number(
                0, column, 0.125, workbook.add_format({"num_format": code, "font_strikeout": column == 3})
            )

    return xlsx(fill)


def of_xls(codes: list[str]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, code in enumerate(codes):
        style = xlwt.XFStyle()
        style.num_format_str = code
        style.font.struck_out = column == 3
        sheet.write(0, column, 0.125, style)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def of_xlsb(codes: list[str]) -> bytes:
    def wide(text: str) -> bytes:
        return pack("<I", len(text)) + text.encode("utf-16-le")

    formats = b"".join(record(44, pack("<H", 200 + at) + wide(code)) for at, code in enumerate(codes))
    fonts = record(43, pack("<HH", 220, 0) + bytes(21)) + record(43, pack("<HH", 220, 8) + bytes(21))
    styles = b"".join(
        record(47, pack("<HHH", 0xFFFF, 200 + at, at == 3) + bytes(10)) for at in range(len(codes))
    )
    cells = b"".join(record(5, pack("<IId", at, at, 0.125)) for at in range(len(codes)))
    relations = relationships("worksheet", "worksheets/sheet1.bin").replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"'
        ' Target="styles.bin"/></Relationships>',
    )
    bundle = record(156, pack("<II", 0, 1) + wide("rId1") + wide("表"))
    row = record(0, pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    dimension = record(148, pack("<4I", 0, 0, 0, len(codes) - 1))
    return zipped(
        {
            "_rels/.rels": relationships("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": relations,
            "xl/styles.bin": record(278)
            + record(615, pack("<I", len(codes))) + formats + record(616)
            + record(611, pack("<I", 2)) + fonts + record(612)
            + record(617, pack("<I", len(codes))) + styles + record(618) + record(279),
            "xl/worksheets/sheet1.bin": record(129) + dimension + record(145) + row + cells + record(146) + record(130),
        }
    )  # fmt: skip


def of_xml2003(codes: list[str]) -> bytes:
    styles = "".join(
        f'<Style ss:ID="s{at}"><Font{" ss:StrikeThrough=" + chr(34) + "1" + chr(34) if at == 3 else ""}/>'
        f'<NumberFormat ss:Format="{code}"/></Style>'
        for at, code in enumerate(codes)
    )
    cells = "".join(
        f'<Cell ss:StyleID="s{at}"><Data ss:Type="Number">0.125</Data></Cell>' for at in range(len(codes))
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        f' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="表"><Table><Row>{cells}</Row></Table></Worksheet></Workbook>'
    ).encode()


@pytest.mark.parametrize(
    "write", [of_xlsx, of_xls, of_xlsb, of_xml2003], ids=["xlsx", "xls", "xlsb", "xml2003"]
)
def test_percentages_scaled_numbers_and_strokes_are_told(write: Callable[[list[str]], bytes]) -> None:
    (sheet,) = read_workbook(write(["General", SCALED, PERCENT, "0.00"])).sheets

    assert sheet.text == [["0.125"] * 4]
    assert sheet.kinds == ["nnnn"]
    assert sheet.displays == {(0, 1): "s", (0, 2): "p"}
    assert sheet.struck_rows == {0}
    assert sheet.rounded == ({} if write is of_xml2003 else {(0, 3): 2})


def ods(styles: str, cells: str) -> Sheet:
    names = {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
    }  # fmt: skip
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"' for n, urn in names.items()
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest}
    (sheet,) = read_workbook(zipped({**parts, "content.xml": content})).sheets
    return sheet


def test_percentages_scaled_numbers_strokes_and_formulas_without_result_of_an_ods() -> None:
    sheet = ods(
        '<number:number-style style:name="N1"><number:number number:display-factor="1000"/></number:number-style>'
        '<style:style style:name="c1" style:data-style-name="N1"/><style:style style:name="c2">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>',
        '<table:table-cell table:style-name="c1" office:value-type="float" office:value="1"/>'
        '<table:table-cell office:value-type="percentage" office:value="0.125"/>'
        '<table:table-cell table:style-name="c2" office:value-type="float" office:value="3"/>'
        '<table:table-cell table:formula="of:=SUM([.A1:.B1])"/>',
    )

    assert (sheet.text, sheet.kinds) == ([["1", "0.125", "3", "="]], ["nnnf"])
    assert sheet.displays == {(0, 0): "s", (0, 1): "p"}
    assert sheet.struck_rows == {0}


@pytest.mark.parametrize("write", [of_xlsx, of_xls, of_xml2003], ids=["xlsx", "xls", "xml2003"])
def test_a_marked_copy_shows_numbers_as_the_file_did(write: Callable[[list[str]], bytes]) -> None:
    (sent,) = read_workbook(write(["General", SCALED, PERCENT, "0.00"])).sheets
    copy = marked_copy(write(["General", SCALED, PERCENT, "0.00"]), [], {sent.name: []})

    (_, sheet) = read_workbook(copy).sheets
    assert (sheet.text, sheet.displays) == (sent.text, sent.displays)
    assert sheet.struck_rows == {0}


def test_a_marked_copy_of_a_workbook_from_1904_counts_from_there() -> None:
    def fill(book: xlwt.Workbook) -> None:
        book.dates_1904 = True
        book.add_sheet("表").write(0, 0, 43000)

    (_, sheet) = read_workbook(marked_copy(of_xlwt(fill), [], {"表": []})).sheets

    assert (sheet.text, sheet.from_1904) == ([["43000"]], True)


def test_a_marked_copy_leaves_no_blank_where_a_formula_had_no_result() -> None:
    book = openpyxl.Workbook()
    book.active.append(["户数", "=1+1"])
    book.active["A1"].font = Font(bold=True)
    made = BytesIO()
    book.save(made)

    copy = marked_copy(made.getvalue(), [], {"Sheet": []})

    assert read_workbook(copy).sheets[1].text == [["户数", "="]]
    assert openpyxl.load_workbook(BytesIO(copy))["Sheet"]["A1"].font.bold
