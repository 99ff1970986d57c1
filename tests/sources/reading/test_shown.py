"""Cells that show another period than their value: 2022.1 as 2022.10, days as their month or year."""

from datetime import date, datetime
from io import BytesIO
from struct import pack

import pytest
import xlsxwriter
import xlwt

from sources.reading.cells import Sheet
from sources.reading.workbook import read_workbook
from tests.sources.reading.test_sheet_facts import ods_of, record, relationships, zipped

FORMATS = [
    ("General", "2022.1", "2022-10-01"),
    ("0.00", "2022.10", None),
    ("#,##0.00", "2022.10", None),
    ("0.00_ ", "2022.10", None),
    ("0.0", "2022.1", None),
    ('yyyy"年"m"月"', None, "2022年10月"),
    ('[$-804]yyyy"年"m"月";@', None, "2022年10月"),
    ("yyyy\\-mm", None, "2022年10月"),
    ("mmm-yy", None, "2022年10月"),
    ('yyyy"年"', None, "2022年"),
    ("yyyy-mm-dd", None, "2022-10-01"),
    ('yyyy"年"m"月"d"日"', None, "2022-10-01"),
]
OF_NUMBERS = [(code, shown) for code, shown, _ in FORMATS if shown]
OF_DAYS = [(code, shown) for code, _, shown in FORMATS if shown and code != "General"]


def xlsx(value: float | date, code: str | int) -> Sheet:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": code})
        if isinstance(value, date):
            sheet.write_datetime(0, 0, datetime(value.year, value.month, value.day), style)
        else:
            sheet.write_number(0, 0, value, style)
    return read_workbook(out.getvalue()).sheets[0]


def xls(value: float | date, code: str) -> Sheet:
    out, book = BytesIO(), xlwt.Workbook()
    book.add_sheet("表").write(0, 0, value, xlwt.easyxf(num_format_str=code))
    book.save(out)
    return read_workbook(out.getvalue()).sheets[0]


def xml2003(value: float | date, code: str) -> Sheet:
    kind, text = ("DateTime", f"{value}T00:00:00.000") if isinstance(value, date) else ("Number", str(value))
    code = code.replace('"', "&quot;")
    data = f"""<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"><NumberFormat ss:Format="{code}"/>
      </Style></Styles><Worksheet ss:Name="a"><Table><Row><Cell ss:StyleID="s1"><Data ss:Type="{kind}">{text}</Data>
      </Cell></Row></Table></Worksheet></Workbook>"""
    return read_workbook(data.encode()).sheets[0]


@pytest.mark.parametrize("write", [xlsx, xls, xml2003])
@pytest.mark.parametrize(("code", "shown"), OF_NUMBERS)
def test_a_number(write: type, code: str, shown: str) -> None:
    sheet = write(2022.1, code)

    assert (sheet.text[0][0], sheet.kinds[0], sheet.shown_at(0, 0)) == ("2022.1", "n", shown)


@pytest.mark.parametrize("write", [xlsx, xls, xml2003])
@pytest.mark.parametrize(("code", "shown"), OF_DAYS)
def test_a_day(write: type, code: str, shown: str) -> None:
    sheet = write(date(2022, 10, 1), code)

    assert (sheet.text[0][0], sheet.kinds[0], sheet.shown_at(0, 0)) == ("2022-10-01", "d", shown)


@pytest.mark.parametrize("number", [17, 27, 57])
def test_a_day_in_a_format_that_files_need_not_declare(number: int) -> None:
    assert xlsx(date(2022, 10, 1), number).shown_at(0, 0) == "2022年10月"


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        ('office:value-type="float" office:value="2022.1"', "2022.10", "2022.10"),
        ('office:value-type="float" office:value="2022.1"', "2022.1", "2022.1"),
        ('office:value-type="date" office:date-value="2022-10-01"', "2022年10月", "2022年10月"),
        ('office:value-type="date" office:date-value="2022-10-01"', "2022年10月1日", "2022-10-01"),
    ],
)
def test_a_cell_of_an_ods(value: str, text: str, shown: str) -> None:
    sheet = ods_of(f"<row><cell {value}><p>{text}</p></cell></row>")

    assert sheet.shown_at(0, 0) == shown


def test_other_numbers_are_shown_as_they_are() -> None:
    assert [xlsx(value, "0.00").shown_at(0, 0) for value in (2022.11, 12.1, 20221.1)] == [
        "2022.11", "12.1", "20221.1",
    ]  # fmt: skip


def test_cells_of_an_xlsb() -> None:
    def wide(text: str) -> bytes:
        return pack("<I", len(text)) + text.encode("utf-16-le")

    formats = record(44, pack("<H", 164) + wide('yyyy"年"m"月"'))
    styles = [pack("<HHHHH", 0, code, 0, 0, 0) + bytes(6) for code in (0, 2, 164)]
    styles_part = (
        record(278) + record(615, pack("<I", 1)) + formats + record(616)
        + record(617, pack("<I", 3)) + b"".join(record(47, style) for style in styles) + record(618) + record(279)
    )  # fmt: skip
    row = record(0, pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    values = [(0, 2022.1), (1, 2022.1), (2, 44835.0)]
    cells = b"".join(record(5, pack("<IId", style, style, value)) for style, value in values)
    sheet_part = (
        record(129)
        + record(148, pack("<4I", 0, 0, 0, 2))
        + record(145)
        + row
        + cells
        + record(146)
        + record(130)
    )
    bundle = record(156, pack("<II", 0, 1) + wide("rId1") + wide("表"))
    links = relationships("worksheet", "worksheets/sheet1.bin").replace(
        "</Relationships>",
        '<Relationship Id="rId2" Target="styles.bin"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    )
    data = zipped(
        {
            "_rels/.rels": relationships("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": links,
            "xl/styles.bin": styles_part,
            "xl/worksheets/sheet1.bin": sheet_part,
        }
    )

    (sheet,) = read_workbook(data).sheets
    assert [sheet.shown_at(0, column) for column in range(3)] == ["2022.1", "2022.10", "2022年10月"]
    assert sheet.text == [["2022.1", "2022.1", "2022-10-01"]]
