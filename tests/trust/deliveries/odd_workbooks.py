"""Workbooks that are whole, and odd: each is read as what it shows, or refused with a reason."""

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial

from tests.trust.deliveries.receiving import TOWNSHIP, Desk, at_a_desk, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial


def _changed(change: Callable[..., object]) -> bytes:
    """Open the sound workbook, change its book or sheet, and save it."""
    import openpyxl

    from tests.trust.deliveries.formats import sound_file

    book = openpyxl.load_workbook(io.BytesIO(sound_file("xlsx")[1]))
    change(book, book.worksheets[0])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _repacked(name: str, change: Callable[[bytes], bytes], *, added: dict[str, bytes] | None = None) -> bytes:
    """Write the sound workbook again with one part changed, and others added."""
    from tests.trust.deliveries.formats import sound_file

    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sound_file("xlsx")[1])) as whole,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for part in whole.namelist():
            package.writestr(part, change(whole.read(part)) if part == name else whole.read(part))
        for part, content in (added or {}).items():
            package.writestr(part, content)
    return data.getvalue()


def _bomb(whole: bytes) -> bytes:
    """Add what unpacks to 600 MB."""
    data = io.BytesIO(whole)
    with (
        zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/bomb.xml", "w") as bomb,
    ):
        for _ in range(600):
            bomb.write(bytes(1 << 20))
    return data.getvalue()


_SHEET, _BOOK, _TYPES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"


def _cases() -> dict[str, tuple[str, bytes, bool]]:
    """Give by what is odd: the file's suffix, its bytes, and whether it must be accepted with its rows."""
    import openpyxl

    from sample.files.containers import to_encrypted
    from tests.trust.deliveries.formats import sound_file, to_xlsx, village_grid

    sound = sound_file("xlsx")[1]
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def chart_only(book: openpyxl.Workbook, sheet: object) -> None:
        book.create_chartsheet("图")
        book.remove(book.worksheets[0])

    def all_merged(book: openpyxl.Workbook, sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.merge_cells("A3:J6")

    def hidden_rows(book: openpyxl.Workbook, sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.row_dimensions[4].hidden = True

    def hidden_beside(book: openpyxl.Workbook, sheet: object) -> None:
        book.create_sheet("旧").sheet_state = "hidden"

    def hidden_itself(book: openpyxl.Workbook, sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.sheet_state = "hidden"
        book.create_sheet("空")

    def without_sheets(part: bytes) -> bytes:
        return re.sub(rb"<sheet .*</sheets>", b"</sheets>", part)

    def with_macros(part: bytes) -> bytes:
        return part.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")

    def set_cell(cell: str, value: object) -> Callable[..., object]:
        return lambda book, sheet: sheet.__setitem__(cell, value)

    empty = openpyxl.Workbook()
    data = io.BytesIO()
    empty.save(data)
    return {
        "no cells": ("xlsx", data.getvalue(), False),
        "no bytes": ("xlsx", b"", False),
        "no sheet": ("xlsx", _repacked(_BOOK, without_sheets), False),
        "a sheet that is not there": ("xlsx", _repacked(_BOOK, lambda part: part.replace(b"rId1", b"rId99")), False),
        "all merged": ("xlsx", _changed(all_merged), False),
        "a million rows": ("xlsx", _repacked(_SHEET, lambda part: part.replace(b"A1:J6", b"A1:XFD1048576")), True),
        "a cell in the last row": ("xlsx", _changed(set_cell("XFD1048576", "末")), False),
        "a password": ("xlsx", to_encrypted(sound), False),
        "a chart alone": ("xlsx", _changed(chart_only), False),
        "a bomb": ("xlsx", _bomb(sound), False),
        "entities": ("xlsx", _repacked(_SHEET, lambda part: part.replace(b"?>", b"?>" + doctype, 1)), False),
        "a heading twice": ("xlsx", _changed(set_cell("C3", "户籍户数")), False),
        "a blank heading": ("xlsx", _changed(set_cell("C3", None)), False),
        "a formula without a value": ("xlsx", _changed(set_cell("B4", "=50+50")), False),
        "an error": ("xlsx", _changed(set_cell("B4", "#REF!")), False),
        "a hidden sheet beside it": ("xlsx", _changed(hidden_beside), True),
        "hidden itself": ("xlsx", _changed(hidden_itself), False),
        "a hidden row": ("xlsx", _changed(hidden_rows), False),
        "a macro's format": ("xlsm", _repacked(_TYPES, with_macros, added={"xl/vbaProject.bin": b"x" * 99}), False),
        "a link to a file": ("xlsx", _changed(set_cell("L1", "='[别处.xlsx]表'!A1")), False),
        "days of 1904": ("xlsx", _repacked(_BOOK, lambda part: part.replace(b"<workbookPr", b'<workbookPr date1904="1"')), True),
        "named .xls": ("xls", sound, True),
        "named .csv": ("csv", sound, True),
        "named .pdf": ("pdf", sound, True),
        "garbage behind it": ("xlsx", sound + b"garbage" * 99, False),
        "garbage before it": ("xlsx", b"garbage" + sound, False),
        "two workbooks joined": ("xlsx", sound + to_xlsx([village_grid(999)]), False),
        "a part twice": ("xlsx", _repacked("", bytes, added={_SHEET: b"<worksheet/>"}), False),
        "a part outside": ("xlsx", _repacked("", bytes, added={"../../../etc/x": b"x"}), False),
        "a picture": ("xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), False),
    }  # fmt: skip


def _try(short: bool, desk: Desk) -> list[str]:
    from tests.trust.deliveries.formats import sound_file

    cases = {name: case for n, (name, case) in enumerate(_cases().items()) if not short or n % 6 == 0}
    place, whole = sound_file("xlsx", persons=261)
    sound = [row.replace("261", "260") for row in desk.rows(desk.send({place: whole})[place])]
    files = {f"{TOWNSHIP}/{n}/村表.{suffix}": data for n, (suffix, data, _) in enumerate(cases.values())}
    failures = ["the sound workbook cannot be tried"] * (not sound)
    for (name, (_, _, must)), of_file in zip(cases.items(), desk.send(files).values(), strict=True):
        wrong, rows = unanswered(of_file), desk.rows(of_file)
        spoken = any(
            r.reasons or r.rule_counts or r.rows.rejected or r.outcome == "rejected" for r in of_file
        )
        if not wrong and rows not in (sound, []) and not spoken:
            wrong = f"accepted without a word as {rows}"
        if not wrong and must and rows != sound and not any(r.outcome == "duplicate" for r in of_file):
            wrong = f"refused: {[reason.message for r in of_file for reason in r.reasons]}"
        failures += [f"{name}: {wrong}"] * bool(wrong)
    return failures + [f"lost: {place}" for place in desk.unkept(files)]


COUNT = 30


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    return [at_a_desk(partial(_try, short), "workbooks", COUNT // 6 + 1 if short else COUNT, load=not short)]


ODD_WORKBOOKS = Line(
    "odd_workbooks", "odd workbooks: empty, merged, huge, encrypted, bombs, joined, misnamed", _plan
)
