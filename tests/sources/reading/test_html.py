"""Web pages that are named .xls."""

import pytest

from sources.reading.cells import Sheet, Unreadable
from sources.reading.workbook import read_workbook

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>导出</title><style>td {{ color: red }}</style></head><body>
<div align=center><b>农产品加工</b>企业统计表</div>填报单位：<u>口泉乡</u>
<table border=1><tr><th rowspan=2>企业名称</th><th colspan=2>销售收入</th></tr>
<tr><td>本期<br>万元</td><td> 上期 </td></tr>
<tr><td>甲&nbsp;厂</td><td>1,234.5</td><td>#DIV/0!</td></tr></table>
填表人：张三</body></html>"""


def sheet_of_page(page: str | bytes) -> Sheet:
    (sheet,) = read_workbook(page.encode() if isinstance(page, str) else page).sheets
    return sheet


def test_a_page_becomes_one_sheet_in_its_order() -> None:
    sheet = sheet_of_page(PAGE.format(charset="utf-8"))
    assert sheet.text == [
        ["农产品加工企业统计表", "", ""],
        ["填报单位：口泉乡", "", ""],
        ["企业名称", "销售收入", ""],
        ["", "本期\n万元", "上期"],
        ["甲\xa0厂", "1,234.5", "#DIV/0!"],
        ["填表人：张三", "", ""],
    ]
    assert sheet.kinds == ["t  ", "t  ", "tt ", " tt", "tte", "t  "]
    assert sheet.merged == [(2, 0, 3, 0), (2, 1, 2, 2)]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8-sig"),
    ],
)
def test_the_encoding_is_the_one_that_fits(charset: str, encoding: str) -> None:
    sheet = sheet_of_page(PAGE.format(charset=charset).encode(encoding))
    assert sheet.text[0][0] == "农产品加工企业统计表"


def test_a_declared_gb_encoding_goes_before_utf_8() -> None:
    ambiguous = "联通".encode("gbk")  # also valid as UTF-8
    page = b"<html><meta charset=gb2312><table><tr><td>" + ambiguous + b"</td></tr></table></html>"
    assert sheet_of_page(page).text == [["联通"]]


def test_a_page_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(b"<html>\n<table>\xff\xff</table></html>")
    assert refused.value.args == ("undecodable", "line 2 is not valid utf-8")


def test_a_table_around_tables_is_only_a_frame() -> None:
    sheet = sheet_of_page("<table><tr><td>题<table><tr><td>甲<td>乙<tr><td>1<td>2</table></td></tr></table>")
    assert sheet.text == [["题", ""], ["甲", "乙"], ["1", "2"]]


def test_forms_and_missing_tags_lose_no_cell() -> None:
    sheet = sheet_of_page("<table><form><tr><td>甲<td>乙</tr></form></table><table><td>丙</td></table>")
    assert sheet.text == [["甲", "乙"], ["丙", ""]]


def test_a_caption_is_a_row_above_its_table() -> None:
    assert sheet_of_page("<table><caption>统计表</caption><tr><td>1</td></tr></table>").text == [
        ["统计表"],
        ["1"],
    ]


def test_a_hidden_row_is_known() -> None:
    sheet = sheet_of_page('<table><tr><td>1<tr style="height:0; display: none"><td>2</table>')
    assert sheet.hidden_rows == {1}


def test_the_sheet_has_the_name_that_excel_gave_it() -> None:
    page = "<html><!--[if gte mso 9]><x:Name>二季度</x:Name><![endif]--><table><tr><td>1</table></html>"
    assert sheet_of_page(page).name == "二季度"


def test_a_row_span_ends_with_its_table() -> None:
    sheet = sheet_of_page("<table><tr><td rowspan=99>甲<td>1<tr><td>2</table>后")
    assert sheet.merged == [(0, 0, 1, 0)]
    assert sheet.text == [["甲", "1"], ["", "2"], ["后", ""]]


def test_a_page_that_is_cut_short_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(PAGE.format(charset="utf-8").encode()[:-60])
    assert refused.value.rule == "corrupt"


def test_spans_without_measure_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(
            b"<table>" + b"<tr><td rowspan=1000 colspan=1000>x</td>" * 8 + b"<tr>" * 2000 + b"</table>"
        )
    assert refused.value.rule == "too_large"
