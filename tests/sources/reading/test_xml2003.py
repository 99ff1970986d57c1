"""SpreadsheetML of 2003 that is named .xls."""

import pytest

from sources.reading.cells import Sheet, Unreadable
from sources.reading.workbook import read_workbook

WORKBOOK = """<?xml version="1.0" encoding="{encoding}"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="表一"><Table>{rows}</Table>{options}</Worksheet>
</Workbook>"""


def sheet_of_rows(rows: str, options: str = "", encoding: str = "UTF-8") -> Sheet:
    text = WORKBOOK.format(rows=rows, options=options, encoding=encoding)
    workbook = read_workbook(text.encode("gb18030" if encoding == "GB2312" else encoding))
    assert workbook.format == "xml2003"
    return workbook.sheets[0]


def cell(kind: str, text: str, attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


@pytest.mark.parametrize(
    ("kind", "written", "text", "letter"),
    [
        ("String", " 村 ", " 村 ", "t"),
        ("Number", "12.50", "12.5", "n"),
        ("Number", "1.0E+3", "1000", "n"),
        ("DateTime", "2022-06-30T00:00:00.000", "2022-06-30", "d"),
        ("DateTime", "2022-06-30T08:00:00.000", "2022-06-30T08:00:00", "d"),
        ("DateTime", "1899-12-31T08:00:00.000", "08:00:00", "d"),
        ("Boolean", "1", "TRUE", "b"),
        ("Error", "#N/A", "#N/A", "e"),
        ("String", "\u3000", "", " "),
    ],
)
def test_each_kind_of_cell_has_its_text(kind: str, written: str, text: str, letter: str) -> None:
    sheet = sheet_of_rows(f"<Row>{cell(kind, written)}{cell('String', '尾')}</Row>")
    assert sheet.text == [[text, "尾"]]
    assert sheet.kinds == [letter + "t"]


def test_an_index_skips_rows_and_cells() -> None:
    third = cell("Number", "2", 'ss:Index="3"')
    sheet = sheet_of_rows(f'<Row ss:Index="2">{cell("Number", "1")}{third}</Row>')
    assert sheet.text == [["", "", ""], ["1", "", "2"]]


def test_a_merged_cell_covers_those_after_it() -> None:
    wide = cell("String", "题", 'ss:MergeAcross="1" ss:MergeDown="1"')
    sheet = sheet_of_rows(f"<Row>{wide}{cell('Number', '1')}</Row>")
    assert sheet.text == [["题", "", "1"]]
    assert sheet.merged == [(0, 0, 1, 1)]


def test_formatted_text_is_one_text() -> None:
    rich = '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>村</B>委会</ss:Data></Cell>'
    assert sheet_of_rows(f"<Row>{rich}</Row>").text == [["村委会"]]


def test_hidden_sheets_and_rows_are_known() -> None:
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        "<Visible>SheetHidden</Visible></WorksheetOptions>"
    )
    sheet = sheet_of_rows(
        f'<Row>{cell("Number", "1")}</Row><Row ss:Hidden="1">{cell("Number", "2")}</Row>', options
    )
    assert sheet.hidden
    assert sheet.hidden_rows == {1}


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "UTF-16"])
def test_the_declared_encoding_is_understood(encoding: str) -> None:
    assert sheet_of_rows(f"<Row>{cell('String', '乡')}</Row>", encoding=encoding).text == [["乡"]]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (f"<Row>{cell('Number', '十二')}</Row>", "corrupt"),
        ("<Row>", "corrupt"),
        (f'<Row ss:Index="9999999">{cell("Number", "1")}</Row>', "too_large"),
    ],
)
def test_what_cannot_be_read_has_a_named_rule(rows: str, rule: str) -> None:
    with pytest.raises(Unreadable) as refused:
        sheet_of_rows(rows)
    assert refused.value.rule == rule


def test_entities_are_refused() -> None:
    text = WORKBOOK.format(rows=f"<Row>{cell('String', '&a;')}</Row>", options="", encoding="UTF-8")
    with pytest.raises(Unreadable) as refused:
        read_workbook(text.replace("?>", '?><!DOCTYPE w [<!ENTITY a "乡">]>', 1).encode())
    assert refused.value.rule == "corrupt"
