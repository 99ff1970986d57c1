"""Cells of archived files, read by other libraries than the project reads them with."""

import csv
import re
import unicodedata
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

import openpyxl
import xlrd
from lxml import html


def archived_text(archive: Path, digest: str, file_format: str, sheet: str, cell: str) -> str:
    """What the file of this hash holds at an address; of a text file the sheet is empty."""
    path = archive / digest
    match file_format:
        case "xlsx":
            return _plain(_workbook(path)[sheet][cell].value)
        case "xls":
            row, column = _position(cell)
            book = xlrd.open_workbook(file_contents=path.read_bytes())
            held = book.sheet_by_name(sheet).cell(row, column)
            if held.ctype == xlrd.XL_CELL_DATE:
                return _plain(xlrd.xldate_as_datetime(held.value, book.datemode))
            return _plain(held.value)
        case "html":
            row, column = _position(cell)
            page = html.fromstring(path.read_bytes().decode("gb18030"))
            return str(page.xpath("//tr")[row].xpath("./td")[column].text_content())
        case "text":
            row, column = _position(cell)
            data = path.read_bytes()
            lines = data.decode("utf-8-sig" if _is_utf8(data) else "gb18030").splitlines()
            return next(csv.reader([lines[row]], delimiter="|" if "|" in lines[0] else ","))[column].strip()
    raise ValueError(f"no other library is known here that reads {file_format}")


@lru_cache(maxsize=4)
def _workbook(path: Path) -> openpyxl.Workbook:
    with path.open("rb") as data:
        return openpyxl.load_workbook(data)


def as_number(text: str) -> Decimal | None:
    """The number that a text is, whatever the width of its digits and with or without separators."""
    try:
        return Decimal(re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text)))
    except InvalidOperation:
        return None


def _plain(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _position(cell: str) -> tuple[int, int]:
    column = 0
    for letter in cell.rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, column - 1


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
