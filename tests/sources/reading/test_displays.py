"""What a number's format, a formula without a result or the system of dates changes, in each format of workbooks."""

import re
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
from sources.reading.sheet_facts.number_format import display_of
from sources.reading.workbook import read_workbook
from tests.sources.reading.test_sheet_facts import record, relationships, xlsx_of, zipped

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


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as workbook:
        fill(workbook)
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


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("<c><f>A1</f></c>", "f"),
        ("<c><f>A1</f><v></v></c>", "f"),
        ("<c><f>A1</f><v/></c>", "f"),
        ('<c><f t="shared" si="0"/></c>', "f"),
        ("<c><f>A1</f><v>0</v></c>", "n"),
        ('<c t="str"><f>A1</f><v></v></c>', " "),  # the result is the empty text
        ('<c t="str"><f>A1</f><v>无</v></c>', "t"),
        ('<c t="e"><f>A1</f><v>#N/A</v></c>', "e"),
    ],
)
def test_a_formula_without_a_stored_result_in_an_xlsx(cell: str, kind: str) -> None:
    sheet = xlsx_of(f"<row>{cell}<c><v>1</v></c></row>")

    assert sheet.kinds == [f"{kind}n"]
    assert (sheet.text[0][0] == "=") == (kind == "f")


@pytest.mark.parametrize(("result", "kind"), [(0, "f"), (7, "n"), ("", "f")])
def test_a_stored_zero_is_no_result_where_the_file_asks_to_be_calculated(result: object, kind: str) -> None:
    data = xlsx(lambda workbook: workbook.add_worksheet().write_formula(0, 0, "=1+1", None, result))

    assert read_workbook(data).sheets[0].kinds == [kind]


def test_a_formula_that_openpyxl_wrote_has_no_result() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1", 5])
    made = BytesIO()
    book.save(made)

    assert read_workbook(made.getvalue()).sheets[0].kinds == ["fn"]


def of_xlwt(fill: Callable[[xlwt.Workbook], None]) -> bytes:
    book = xlwt.Workbook()
    fill(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_formula_without_a_result_in_an_xls() -> None:
    data = of_xlwt(lambda book: book.add_sheet("表").write(0, 0, xlwt.Formula("1+1")))

    assert read_workbook(data).sheets[0].kinds == ["f"]


@pytest.mark.parametrize(("flags", "kind"), [(0, "n"), (2, "f")])
def test_a_zero_in_an_xls_is_no_result_where_it_is_to_be_calculated_on_load(flags: int, kind: str) -> None:
    data = of_xlwt(lambda book: book.add_sheet("表").write(0, 0, xlwt.Formula("1+1")))
    no_result = bytes.fromhex("030000000000ffff0000")
    assert data.count(no_result) == 1

    sheet = read_workbook(data.replace(no_result, bytes(8) + pack("<H", flags))).sheets[0]

    assert sheet.kinds == [kind]


def test_a_formula_without_a_result_in_the_xml_of_2003() -> None:
    data = of_xml2003(["General", "General"]).replace(
        b'<Data ss:Type="Number">0.125</Data></Cell></Row>', b"</Cell></Row>"
    ).replace(b'<Cell ss:StyleID="s1">', b'<Cell ss:Formula="=RC[-1]">')  # fmt: skip

    assert read_workbook(data).sheets[0].kinds == ["nf"]


def test_a_formula_without_a_result_and_a_stroke_on_a_page() -> None:
    page = '<html><table><tr><td>甲</td><td x:fmla="=A1"></td></tr><tr><td><s>乙</s></td><td>1</td></tr></table></html>'

    (sheet,) = read_workbook(page.encode()).sheets

    assert sheet.kinds == ["tf", "tt"]
    assert sheet.struck_rows == {1}


def test_days_count_from_1904_where_the_file_says_so() -> None:
    in_xlsx = xlsx(lambda workbook: workbook.add_worksheet().write_number(0, 0, 43000), date_1904=True)

    def fill(book: xlwt.Workbook) -> None:
        book.dates_1904 = True
        book.add_sheet("表").write(0, 0, 43000)

    in_xml = of_xml2003(["General"]).replace(
        b"<Styles>",
        b'<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook><Styles>',
    )
    assert [read_workbook(data).sheets[0].from_1904 for data in (in_xlsx, of_xlwt(fill), in_xml)] == [
        True
    ] * 3
    assert read_workbook(of_xlsx(["General"])).sheets[0].from_1904 is False


@pytest.mark.parametrize("moment", [44807.99999999, 44807.9999999999, 44807.5, 44807])
def test_a_moment_before_midnight_is_of_its_own_day(moment: float) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write_number(
            0, 0, moment, workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )

    style = xlwt.XFStyle()
    style.num_format_str = "yyyy-mm-dd hh:mm"
    in_xls = of_xlwt(lambda book: book.add_sheet("表").write(0, 0, moment, style))
    for data in (xlsx(fill), in_xls):
        assert read_workbook(data).sheets[0].text[0][0][:10] == "2022-09-03"


def test_text_of_biff8_is_utf_16_whatever_code_page_the_file_names() -> None:
    data = of_xlwt(lambda book: book.add_sheet("表").write(0, 0, "云冈区"))
    named = re.sub(re.escape(bytes.fromhex("42000200b004")), bytes.fromhex("42000200e404"), data, count=1)
    assert named != data

    (sheet,) = read_workbook(named).sheets

    assert (sheet.name, sheet.text) == ("表", [["云冈区"]])


def test_a_struck_out_font_in_a_blank_cell_strikes_out_nothing() -> None:
    book = openpyxl.Workbook()
    book.active.append([5])
    book.active["C3"].font = Font(strike=True)
    made = BytesIO()
    book.save(made)

    assert read_workbook(made.getvalue()).sheets[0].struck_rows == frozenset()


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
