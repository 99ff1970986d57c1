"""From bytes to cells: what the cells say, and what is refused."""

import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from sources.reading.cells import MAX_CELLS, Sheet, Unreadable, cell_address, number_text, sheet_of
from sources.reading.workbook import read_workbook


def xlsx(fill: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as workbook:
        fill(workbook)
    return made.getvalue()


def xls(fill: Callable[[xlwt.Workbook], None]) -> bytes:
    made = BytesIO()
    workbook = xlwt.Workbook()
    fill(workbook)
    workbook.save(made)
    return made.getvalue()


def one_cell_xlsx() -> bytes:
    return xlsx(lambda workbook: workbook.add_worksheet().write(0, 0, "乡"))


def one_cell_xls() -> bytes:
    return xls(lambda workbook: workbook.add_sheet("Sheet1").write(0, 0, "乡"))


def with_password(data: bytes, password: str) -> bytes:
    made = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, made)
    return made.getvalue()


def only_sheet(data: bytes) -> Sheet:
    (sheet,) = read_workbook(data).sheets
    return sheet


def rule_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_workbook(data)
    return refused.value.rule


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [
        (0, 0, "A1"),
        (6, 2, "C7"),
        (9, 25, "Z10"),
        (9, 26, "AA10"),
        (0, 701, "ZZ1"),
        (1048575, 16383, "XFD1048576"),
    ],
)
def test_an_address_is_the_one_that_excel_shows(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12.0, "12"),
        (0.1, "0.1"),
        (-3.0, "-3"),
        (1234567.5, "1234567.5"),
        (1e21, "1e+21"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_a_number_reads_as_its_shortest_text(number: float, text: str) -> None:
    assert number_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(number: float) -> None:
    assert float(number_text(number)) == number


def test_a_number_that_is_none_makes_the_file_corrupt() -> None:
    with pytest.raises(Unreadable) as refused:
        number_text(float("nan"))
    assert refused.value.rule == "corrupt"


def test_each_kind_of_cell_has_its_text() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("农产品加工")
        day, moment = (
            workbook.add_format({"num_format": "yyyy年m月d日"}),
            workbook.add_format({"num_format": "yyyy-m-d h:mm"}),
        )
        clock, duration = (
            workbook.add_format({"num_format": "h:mm"}),
            workbook.add_format({"num_format": "[h]:mm:ss"}),
        )
        sheet.write_string(0, 0, " 口泉 乡 ")
        sheet.write_number(0, 1, 12)
        sheet.write_number(0, 2, 0.125)
        sheet.write_boolean(0, 3, True)
        sheet.write_datetime(0, 4, dt.datetime(2022, 6, 30), day)
        sheet.write_datetime(0, 5, dt.datetime(2022, 6, 30, 8), moment)
        sheet.write_number(0, 6, 1 / 3, clock)
        sheet.write_number(0, 7, 26 / 24, duration)
        sheet.write_formula(0, 8, "=1/0", None, "#DIV/0!")
        sheet.write_string(0, 10, "尾")

    sheet = only_sheet(xlsx(fill))
    assert sheet.text == [
        [
            " 口泉 乡 ",
            "12",
            "0.125",
            "TRUE",
            "2022-06-30",
            "2022-06-30T08:00:00",
            "08:00:00",
            "26:00:00",
            "#DIV/0!",
            "",
            "尾",
        ]
    ]
    assert sheet.kinds == ["tnnbdddde t"]


def test_the_first_row_and_column_are_those_of_the_sheet() -> None:
    sheet = only_sheet(xls(lambda workbook: workbook.add_sheet("S").write(2, 1, "乡")))
    assert sheet.text == [["", ""], ["", ""], ["", "乡"]]
    assert sheet.kinds == ["  ", "  ", " t"]


def test_white_space_alone_is_an_empty_cell() -> None:
    sheet = only_sheet(
        xlsx(lambda workbook: workbook.add_worksheet().write_row(0, 0, ["\u3000", "\xa0 ", "\n", "村"]))
    )
    assert sheet.text == [["", "", "", "村"]]
    assert sheet.kinds == ["   t"]


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_are_the_same_from_either_epoch(date_1904: bool) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write_datetime(
            0, 0, dt.datetime(2022, 6, 30), workbook.add_format({"num_format": "yyyy-mm-dd"})
        )

    assert only_sheet(xlsx(fill, date_1904=date_1904)).text == [["2022-06-30"]]


@pytest.mark.parametrize("data", [one_cell_xlsx(), one_cell_xls()], ids=["xlsx", "xls"])
def test_a_sheet_reads_the_same_from_either_container(data: bytes) -> None:
    assert only_sheet(data) == Sheet("Sheet1", False, [["乡"]], ["t"], [], frozenset())


def test_merged_ranges_are_kept() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().merge_range(0, 0, 1, 3, "统计表")

    assert only_sheet(xlsx(fill)).merged == [(0, 0, 1, 3)]
    assert only_sheet(
        xls(lambda workbook: workbook.add_sheet("S").write_merge(1, 2, 0, 3, "统计表"))
    ).merged == [(1, 0, 2, 3)]


def test_hidden_sheets_are_read_and_marked() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("显").write(0, 0, 1)
        hidden, very_hidden = workbook.add_worksheet("隐"), workbook.add_worksheet("深隐")
        hidden.hide()
        very_hidden.very_hidden()

    sheets = read_workbook(xlsx(fill)).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("显", False), ("隐", True), ("深隐", True)]


def test_a_chart_sheet_is_left_out() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet("数").write(0, 0, 1)
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=数!$A$1"})
        workbook.add_chartsheet("图").set_chart(chart)
        workbook.add_worksheet("末").write(0, 0, 2)

    assert [(sheet.name, sheet.text) for sheet in read_workbook(xlsx(fill)).sheets] == [
        ("数", [["1"]]),
        ("末", [["2"]]),
    ]


def test_formulas_give_the_value_that_was_saved() -> None:
    assert only_sheet(
        xlsx(lambda workbook: workbook.add_worksheet().write_formula(0, 0, "=1+1", None, 2))
    ).text == [["2"]]


def test_rich_text_is_one_text() -> None:
    workbook = openpyxl.Workbook()
    rich = openpyxl.cell.rich_text
    workbook.active["A1"] = rich.CellRichText(
        "村", rich.TextBlock(openpyxl.cell.text.InlineFont(b=True), "委会")
    )
    made = BytesIO()
    workbook.save(made)
    assert only_sheet(made.getvalue()).text == [["村委会"]]


def test_a_password_is_refused_but_not_the_default_one() -> None:
    assert rule_of(with_password(one_cell_xlsx(), "secret")) == "encrypted"
    assert only_sheet(with_password(one_cell_xlsx(), "VelvetSweatshop")).text == [["乡"]]


def test_an_ods_with_a_password_is_refused() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x93\x01\xfe")
    assert rule_of(made.getvalue()) == "encrypted"


def test_an_xls_with_a_password_is_refused() -> None:
    file_pass = one_cell_xls().replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)
    assert rule_of(file_pass) == "encrypted"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7\n\0", "unknown_format"),
        ("户数,人口\n".encode("gbk"), "unknown_format"),
        (one_cell_xls()[:-600], "corrupt"),
    ],
    ids=["no bytes", "PDF", "text", "xls cut short"],
)
def test_what_cannot_be_read_has_a_named_rule(data: bytes, rule: str) -> None:
    assert rule_of(data) == rule


def test_scattered_cells_make_a_rectangle() -> None:
    sheet = sheet_of("S", {(0, 1): ("t", "甲"), (2, 0): ("n", "1"), (5, 5): ("t", " ")})
    assert sheet.text == [["", "甲"], ["", ""], ["1", ""]]
    assert sheet.kinds == [" t", "  ", "n "]


def test_a_used_range_has_its_limit() -> None:
    with pytest.raises(Unreadable) as refused:
        sheet_of("S", {(MAX_CELLS, 0): ("t", "甲")})
    assert refused.value.rule == "too_large"


def test_a_message_for_logs_holds_no_cell() -> None:
    made = BytesIO()
    one_number = xlsx(lambda workbook: workbook.add_worksheet().write(0, 0, 1))
    with zipfile.ZipFile(BytesIO(one_number)) as given_file, zipfile.ZipFile(made, "w") as archive:
        for name in given_file.namelist():
            part = given_file.read(name)
            archive.writestr(
                name, part.replace(b'<c r="A1">', b'<c r="A1" t="b">').replace(b"<v>1<", "<v>张三<".encode())
            )
    with pytest.raises(Unreadable) as refused:
        read_workbook(made.getvalue())
    assert refused.value.args == ("corrupt", "calamine: Unrecognized boolean cell value")
