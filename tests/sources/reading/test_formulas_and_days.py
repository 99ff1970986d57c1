"""Formulas without a result, days and texts that calamine has otherwise, in each format of workbooks."""

import re
from io import BytesIO
from struct import pack

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.styles import Font

from sources.reading.workbook import read_workbook
from tests.sources.reading.test_displays import of_xlsx, of_xlwt, of_xml2003, xlsx
from tests.sources.reading.test_sheet_facts import xlsx_of


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
