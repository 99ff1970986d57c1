"""Format of a file, recognised by its bytes."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from sources.reading.workbook import sniff

FORMATS = {"xlsx", "xls", "xlsb", "ods", "html", "xml2003", "encrypted", "text", "unknown"}


def xlsx() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet().write(0, 0, "乡")
    return made.getvalue()


def xls() -> bytes:
    made = BytesIO()
    workbook = xlwt.Workbook()
    workbook.add_sheet("Sheet1").write(0, 0, "乡")
    workbook.save(made)
    return made.getvalue()


def with_password(data: bytes, password: str) -> bytes:
    made = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "format"),
    [
        pytest.param(xlsx(), "xlsx", id="xlsx"),
        pytest.param(xls(), "xls", id="xls"),
        pytest.param(xlsx()[:-100], "xlsx", id="xlsx cut short"),
        pytest.param(with_password(xlsx(), "secret"), "encrypted", id="password"),
        pytest.param(b"<html><body><table><tr><td>1</table></body></html>", "html", id="page"),
        pytest.param(b"\xef\xbb\xbf\r\n<TABLE BORDER=1><TR><TD>1</TABLE>", "html", id="bare table"),
        pytest.param("<html><table></table></html>".encode("utf-16"), "html", id="page in UTF-16"),
        pytest.param(
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "xml2003",
            id="SpreadsheetML",
        ),
        pytest.param(b'<?xml version="1.0"?><note/>', "text", id="other XML"),
        pytest.param("行政村,户数\r\n".encode("gbk"), "text", id="GBK text"),
        pytest.param("行政村\t户数".encode("utf-16"), "text", id="UTF-16 text"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown", id="picture"),
        pytest.param(b"", "unknown", id="nothing"),
    ],
)
def test_the_format_is_recognised_by_the_content(data: bytes, format: str) -> None:
    assert sniff(data) == format


def test_a_zip_file_that_is_no_workbook_is_unknown() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert sniff(made.getvalue()) == "unknown"


@given(st.sampled_from([xlsx(), xls()]), st.data())
def test_sniffing_is_safe_on_damaged_bytes(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        if at < len(damaged):
            damaged[at] ^= 0xFF
    assert sniff(bytes(damaged)) in FORMATS
