"""The copy with marked cells: what it keeps of a workbook, what it says, and that nothing in it can run."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.datavalidation import DataValidation

from sources.reading.cells import Sheet, Unreadable, Workbook, number_text
from sources.reading.marking.line import COLORS, DOUBTFUL, REJECTED, ReasonLine
from sources.reading.marking.marked import marked_copy
from sources.reading.marking.names import REASONS_SHEET, copy_name, name_as_sent
from sources.reading.marking.values_only import build_workbook
from sources.reading.workbook import read_workbook
from sources.reading.worker import Reader
from tests.examples import examples

WRONG = ReasonLine(REJECTED, "表", "B2", "“户数”读不出规定的值；请改为整数")


def xlsx() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        bold = book.add_format({"bold": True, "bg_color": "#00FF00"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.set_column(0, 0, 33)
        sheet.write(0, 0, "村名", bold)
        sheet.merge_range(0, 1, 0, 2, "户数")
        sheet.write_row(1, 0, ["高山村", "全部"])
        sheet.write_row(2, 0, ["口泉村", 0.1 + 0.2])
        sheet.write_formula(3, 1, "=B3*2", None, 0.6)
        sheet.write_datetime(3, 2, datetime(2022, 6, 30), day)
        sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
        sheet.set_row(5, None, None, {"hidden": True})
        book.add_worksheet("底稿").hide()
        book.get_worksheet_by_name("底稿").write(0, 0, "藏")
    return out.getvalue()


def xls() -> bytes:
    out = BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    sheet.write_merge(0, 0, 0, 1, "户数")
    for column, value in enumerate(["高山村", "全部", 12.5, True]):
        sheet.write(1, column, value)
    sheet.write(2, 0, date(2022, 6, 30), day)
    sheet.write(2, 1, "=1+1")
    book.save(out)
    return out.getvalue()


HTML = "<table><tr><td colspan=2>户数</td></tr><tr><td>高山村</td><td>全部</td><td>007</td></tr></table>".encode()
XML2003 = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="表"><Table><Row><Cell><Data ss:Type="String">户数</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">高山村</Data></Cell><Cell><Data ss:Type="Number">12.5</Data></Cell></Row>
</Table></Worksheet></Workbook>""".encode()


def copied(data: bytes, *lines: ReasonLine, without: list[tuple[int, int]] | None = None) -> bytes:
    """The copy of all sheets."""
    sheets = read_workbook(data).sheets
    return marked_copy(data, list(lines), {sheet.name: without or [] for sheet in sheets})


def contents(workbook: Workbook) -> list[tuple[object, ...]]:
    return [
        (s.name, s.hidden, s.text, s.kinds, sorted(s.merged), s.hidden_rows)
        for s in workbook.sheets
        if s.name != REASONS_SHEET
    ]


@pytest.mark.parametrize("data", [xlsx(), xls(), HTML, XML2003], ids=["xlsx", "xls", "html", "xml2003"])
def test_reading_the_copy_gives_what_was_read_before(data: bytes) -> None:
    before = read_workbook(data)
    name = before.sheets[0].name
    copy = copied(data, WRONG._replace(sheet=name))

    assert contents(read_workbook(copy)) == contents(before)
    book = openpyxl.load_workbook(BytesIO(copy))
    assert [cell.coordinate for row in book[name].iter_rows() for cell in row if cell.comment] == ["B2"]
    assert book.sheetnames[0] == REASONS_SHEET == book.active.title


def test_the_look_of_an_xlsx_stays() -> None:
    sheet = openpyxl.load_workbook(BytesIO(copied(xlsx(), WRONG)))["表"]

    assert (sheet["A1"].font.bold, sheet["A1"].fill.fgColor.rgb) == (True, "FF00FF00")
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B1:C1"]


def test_what_must_and_what_may_be_put_right_differ_and_say_all_their_reasons() -> None:
    doubtful = ReasonLine(DOUBTFUL, "表", "B3", "比上期翻倍")
    again = WRONG._replace(message="不应为空")
    sheet = openpyxl.load_workbook(BytesIO(copied(xlsx(), WRONG, doubtful, again)))["表"]

    assert sheet["B2"].comment.text == f"退回：{WRONG.message}\n退回：不应为空"
    assert sheet["B3"].comment.text == "存疑：比上期翻倍"
    assert [sheet[at].fill.fgColor.rgb[2:] for at in ("B2", "B3")] == [COLORS[REJECTED], COLORS[DOUBTFUL]]


def test_a_cell_under_a_merged_one_is_marked_where_the_text_stands() -> None:
    sheet = openpyxl.load_workbook(BytesIO(copied(xlsx(), WRONG._replace(cell="C1"))))["表"]

    assert sheet["B1"].comment.text == f"退回：{WRONG.message}"


def test_all_reasons_stand_in_a_sheet_of_their_own_with_links_inside_the_workbook() -> None:
    whole = ReasonLine(REJECTED, "", "", "有 1 行未通过校验")
    page = openpyxl.load_workbook(BytesIO(copied(xlsx(), whole, WRONG)))[REASONS_SHEET]

    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=3, max_col=4)] == [
        ["退回", None, None, "有 1 行未通过校验"],
        ["退回", "表", "B2", WRONG.message],
    ]
    assert (page["C4"].hyperlink.location, page["C4"].hyperlink.target) == ("'表'!B2", None)


def test_what_is_left_out_is_not_in_the_copy() -> None:
    data = xlsx()
    copy = read_workbook(marked_copy(data, [WRONG], {"表": [(1, 0), (2, 0)]}))

    assert [sheet.name for sheet in copy.sheets] == [REASONS_SHEET, "表"]
    assert [row[0] for row in copy.sheets[1].text] == ["村名", "", "", "", ""]


def hostile() -> bytes:
    """Formulas, links, names, rules and comments, wherever a workbook can hold them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"], sheet["B2"] = "户数", "=cmd|'/c calc'!A1"
    sheet["A2"].hyperlink = "http://evil.example/"
    sheet["A2"] = "点我"
    sheet["A3"].value, sheet["A3"].data_type = "=1+1", "s"
    sheet["A4"].comment = openpyxl.comments.Comment("旧批注", "甄隐士")
    rule = DataValidation(type="custom", formula1='=WEBSERVICE("http://evil.example/")')
    rule.add("B2")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add(
        "A1", openpyxl.formatting.rule.FormulaRule(formula=['WEBSERVICE("http://evil.example/")'])
    )
    sheet.oddHeader.center.text = "甄隐士"
    book.defined_names["evil"] = openpyxl.workbook.defined_name.DefinedName(
        "evil", attr_text="'http://evil.example/[x.xlsx]表'!$A$1"
    )
    book.properties.creator = "甄隐士"
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    return out.getvalue()


def test_nothing_in_a_copy_can_run_or_leads_outside() -> None:
    copy = copied(hostile(), WRONG)

    with zipfile.ZipFile(BytesIO(copy)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {name.rpartition("/")[2] for name in parts} <= {
        "[Content_Types].xml", ".rels", "app.xml", "core.xml", "theme1.xml", "styles.xml", "sharedStrings.xml",
        "workbook.xml", "workbook.xml.rels", "sheet1.xml", "sheet2.xml", "sheet1.xml.rels", "sheet2.xml.rels",
        "comment1.xml", "commentsDrawing1.vml", "legacyDrawing1.vml",
    }  # fmt: skip
    whole = "".join(parts.values())
    for harm in (
        "evil",
        "<f>",
        "<f ",
        "WEBSERVICE",
        "dataValidation ",
        "definedName ",
        "External",
        "甄隐士",
        "cmd|",
    ):
        assert harm not in whole, harm
    assert read_workbook(copy).sheets[1].text[2][0] == "=1+1"


INJECTIONS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example")']


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_text_that_begins_like_a_formula_stays_a_text(text: str) -> None:
    name = f"{text[:5].strip()}'表"
    sheet = Sheet(name, False, [["村名", "户数"], [text, "全部"]], ["tt", "tt"], [], frozenset())
    out = BytesIO()
    build_workbook(Workbook("xls", [sheet])).save(out)
    line = WRONG._replace(sheet=name, message=text)
    book = openpyxl.load_workbook(BytesIO(copied(out.getvalue(), line)))

    for page in book.worksheets:
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} <= {"s"}
        assert [link.target for link in page._hyperlinks] == [None] * len(page._hyperlinks)
    assert book[name]["A2"].value == text
    assert book[REASONS_SHEET]["D3"].value == text


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=9
)
CELLS = st.one_of(
    TEXTS.filter(lambda text: not text.isspace() and "_x" not in text).map(lambda text: (text, "t")),
    st.integers(-(10**15), 10**15).map(lambda number: (str(number), "n")),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: (number_text(number), "n")),
    st.dates(min_value=date(1900, 3, 1)).map(lambda day: (day.isoformat(), "d")),
    st.booleans().map(lambda value: (str(value).upper(), "b")),
    st.sampled_from(["#N/A", "#DIV/0!", "#REF!"]).map(lambda error: (error, "e")),
)


@examples(60)
@given(st.lists(CELLS, min_size=1, max_size=6))
def test_cells_written_anew_are_read_as_they_were(cells: list[tuple[str, str]]) -> None:
    sheet = Sheet(
        "表", False, [[text for text, _ in cells]], ["".join(kind for _, kind in cells)], [], frozenset()
    )
    out = BytesIO()
    build_workbook(Workbook("xls", [sheet])).save(out)

    (read,) = read_workbook(out.getvalue()).sheets
    assert (read.text, read.kinds) == (sheet.text, sheet.kinds)
    assert contents(read_workbook(copied(out.getvalue()))) == contents(Workbook("xlsx", [sheet]))


def test_where_openpyxl_fails_the_copy_is_written_anew() -> None:
    broken = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx())) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/styles.xml":
                content = content.replace(b"<fonts count", b"<fonts oops='1' count").replace(
                    b"<fills", b"<filth"
                )
            archive.writestr(name, content.replace(b"</fills", b"</filth"))
    with pytest.raises(IndexError):
        openpyxl.load_workbook(broken)

    copy = openpyxl.load_workbook(BytesIO(copied(broken.getvalue(), WRONG)))
    assert copy["表"]["B2"].comment.text == f"退回：{WRONG.message}"
    assert contents(read_workbook(copied(broken.getvalue(), WRONG))) == contents(
        read_workbook(broken.getvalue())
    )


def bomb() -> bytes:
    """A shared string for every cell of a table that is larger in memory than on disk."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        for row in range(30_000):
            sheet.write_row(row, 0, [row, row, row, row])
    return out.getvalue()


def test_a_workbook_that_takes_too_long_or_too_much_costs_its_copy_only() -> None:
    data = bomb()
    with Reader(timeout_seconds=0.8) as impatient:
        with pytest.raises(Unreadable) as refused:
            impatient.mark(data, [WRONG], {"表": []})
        assert refused.value.rule == "timeout"
    with Reader(memory_bytes=110 << 20, timeout_seconds=600) as small:
        with pytest.raises(Unreadable) as refused:
            small.mark(data, [WRONG], {"表": []})
        assert refused.value.rule == "too_large"
        assert read_workbook(small.mark(xlsx(), [WRONG], {"表": []})).sheets[1].text[1][1] == "全部"


@pytest.mark.parametrize(
    "data", [b"", b"text", xlsx()[:-600], xls()[:-600]], ids=["empty", "text", "xlsx", "xls"]
)
def test_bytes_that_are_no_workbook_are_unreadable(data: bytes) -> None:
    with Reader() as reader, pytest.raises(Unreadable):
        reader.mark(data, [WRONG], {"表": []})


def test_a_copy_is_named_as_the_file_was_without_what_could_be_read_as_a_date() -> None:
    name = copy_name("退回", "高山镇2022年.xls", "20220630aaaa")

    assert name == "退回_高山镇2022年.20220630aaaa.退回标注.xlsx"
    assert name_as_sent(name) == name_as_sent(name.removeprefix("退回_")) == "高山镇2022年.xlsx"
    assert copy_name("待核实", name, "bbbbbbbbbbbb") == "待核实_高山镇2022年.bbbbbbbbbbbb.退回标注.xlsx"
    assert len(copy_name("部分接收", "村" * 80 + ".xlsx", "bbbbbbbbbbbb").encode()) < 220
    assert name_as_sent("退回_高山镇2022年.xlsx") == "退回_高山镇2022年.xlsx"
