"""Sums that a marked copy keeps as formulas, so that a total follows when a cell above it is put right.

A sum over one range of its own sheet can neither run anything nor lead outside; no other formula is kept.
"""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

import openpyxl

from sources.reading.marking.line import LeftOut
from sources.text.personal import hide_in_names

Sums = dict[str, dict[str, str]]
"""By name of each sheet, the formulas of its sums by address, as =SUM(C6:C205)."""

_SUM = re.compile(r"=SUM\((\$?[A-Z]{1,3}\$?[0-9]{1,7}):(\$?[A-Z]{1,3}\$?[0-9]{1,7})\)")


def read_sums(data: bytes, left_out: LeftOut) -> Sums:
    """Read the sums of an .xlsx in the sheets that a copy keeps, over no cell that it leaves out.

    Raises whatever an odd file makes openpyxl raise.
    """
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
    names = hide_in_names([page.title for page in book.worksheets])
    sums: Sums = {}
    for page, name in zip(book.worksheets, names, strict=True):
        for cells in page.iter_rows() if name in left_out else ():
            for cell in cells:
                if isinstance(cell.value, str) and _is_kept_sum(cell.value, left_out[name]):
                    sums.setdefault(name, {})[cell.coordinate] = cell.value
    return sums


def _is_kept_sum(text: str, left_out: list[tuple[int, int]]) -> bool:
    match = _SUM.fullmatch(text)
    if match is None:
        return False
    left, top, right, bottom = openpyxl.utils.range_boundaries(f"{match[1]}:{match[2]}")
    return not any(top <= row + 1 <= bottom and left <= column + 1 <= right for row, column in left_out)


def put_sums(copy: bytes, sums: Mapping[int, Mapping[str, str]]) -> bytes:
    """Put formulas before the numbers that they gave, which openpyxl cannot write together.

    sums: formulas by address, by number of the sheet in the copy, the first being 1.
    """
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(copy)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for part in parts.infolist():
            content = parts.read(part)
            number = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", part.filename)
            for address, formula in sums.get(int(number[1]), {}).items() if number else ():
                cell = re.compile(rf'(<c r="{address}"(?: s="[0-9]+")?(?: t="n")?>)(?=<v>)'.encode())
                content = cell.sub(rb"\g<1><f>" + formula[1:].encode() + b"</f>", content, count=1)
            whole.writestr(part, content)
    return out.getvalue()
