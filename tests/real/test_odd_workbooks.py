"""Public workbooks that other readers choked on: each ends in cells, or in one named rule."""

import time
from pathlib import Path

import pytest
import xlrd

from sources.reading.cells import Sheet, Unreadable
from sources.reading.worker import Reader

pytestmark = pytest.mark.real

REFUSED = {
    "calamine__pass_protected.xlsx": "encrypted",
    "openpyxl__openpyxl__reader__tests__data__null_file.xlsx": "empty_file",
    "poi__clusterfuzz-testcase-minimized-POIHSSFFuzzer-4651309315719168.xls": "encrypted",
    "poi__crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx": "encrypted",
    "poi__protected_passtika.xlsx": "encrypted",
    "poi_poifs__poifs__60320-protected.xlsx": "encrypted",
}
RULES = {
    "unknown_format",
    "encrypted",
    "corrupt",
    "empty_file",
    "too_large",
    "timeout",
    "killed",
    "undecodable",
}


def odd_workbooks(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "odd_workbooks").iterdir() if path.name != "MANIFEST.tsv")


def outcome(reader: Reader, path: Path) -> str:
    """ "cells", or the rule."""
    try:
        workbook = reader.read(path.read_bytes())
    except Unreadable as refused:
        return refused.rule
    for sheet in workbook.sheets:
        assert [len(row) for row in sheet.text] == [len(kinds) for kinds in sheet.kinds], (
            path.name,
            sheet.name,
        )
        filled = sum(bool(cell) for row in sheet.text for cell in row)
        assert filled == sum(len(kinds) - kinds.count(" ") for kinds in sheet.kinds), (path.name, sheet.name)
    return "cells"


def sheet_of(reader: Reader, path: Path, name: str) -> Sheet:
    (sheet,) = [sheet for sheet in reader.read(path.read_bytes()).sheets if sheet.name == name]
    return sheet


def test_every_file_ends_in_cells_or_a_named_rule_within_30_seconds(
    reader: Reader, real_folder: Path
) -> None:
    for path in odd_workbooks(real_folder):
        started = time.monotonic()
        assert outcome(reader, path) in {"cells", *RULES}, path.name
        assert time.monotonic() - started < 30, path.name


def test_only_files_without_cells_to_read_are_refused(reader: Reader, real_folder: Path) -> None:
    listed = (real_folder / "odd_workbooks" / "MANIFEST.tsv").read_text().splitlines()[1:]
    names = [line.split("\t")[0] for line in listed]
    outcomes = {name: outcome(reader, real_folder / "odd_workbooks" / name) for name in names}
    assert {name: rule for name, rule in outcomes.items() if rule != "cells"} == REFUSED


@pytest.mark.parametrize(
    ("file", "sheet", "errors"),
    [
        ("sheetjs__wps__fn.xlsx", "Sheet1", {(2, 2): "#VALUE!"}),
        ("poi__testVarious.xlsb", "mySheet1", {(13, 1): "#NAME?"}),
        ("sheetjs__biff5__named_ranges_2011.xls", "Named Ranges", {(2, 4): "#NAME?", (6, 4): "#NAME?"}),
    ],
)
def test_cells_in_error_are_found(
    reader: Reader, real_folder: Path, file: str, sheet: str, errors: dict[tuple[int, int], str]
) -> None:
    assert errors_of(sheet_of(reader, real_folder / "odd_workbooks" / file, sheet)) == errors


def errors_of(sheet: Sheet) -> dict[tuple[int, int], str]:
    rows = enumerate(zip(sheet.text, sheet.kinds, strict=True))
    return {
        (row, column): text[column]
        for row, (text, kinds) in rows
        for column in range(len(kinds))
        if kinds[column] == "e"
    }


def test_dates_of_1904_are_the_same_in_ods_and_xlsb(reader: Reader, real_folder: Path) -> None:
    folder = real_folder / "odd_workbooks"
    ods, xlsb = (
        sheet_of(reader, folder / "sheetjs__1904__1904.ods", "1904"),
        sheet_of(reader, folder / "sheetjs__1904__1904.xlsb", "Sheet1"),
    )
    assert [row[1] for row in ods.text] == [row[1] for row in xlsb.text]


def test_a_strict_workbook_reads_as_its_transitional_twin(reader: Reader, real_folder: Path) -> None:
    folder = real_folder / "odd_workbooks"
    strict, plain = (
        reader.read((folder / name).read_bytes()) for name in ("poi__sample.strict.xlsx", "poi__sample.xlsx")
    )
    assert strict.sheets == plain.sheets


def test_the_township_workbook_agrees_with_xlrd_cell_by_cell(reader: Reader, real_folder: Path) -> None:
    (path,) = (real_folder / "township_annual_2016").glob("0000_*.xls")
    theirs = xlrd.open_workbook(path, formatting_info=True)
    ours = reader.read(path.read_bytes()).sheets
    assert [sheet.name for sheet in ours] == theirs.sheet_names()
    for sheet in ours:
        their = theirs.sheet_by_name(sheet.name)
        assert filled_cells(sheet) == filled_cells_of_xlrd(their), sheet.name
        merged = {(top, left, bottom - 1, right - 1) for top, bottom, left, right in their.merged_cells}
        assert set(sheet.merged) == merged, sheet.name


def filled_cells(sheet: Sheet) -> dict[tuple[int, int], str | float]:
    return {
        (row, column): float(text) if kinds[column] == "n" else text
        for row, (texts, kinds) in enumerate(zip(sheet.text, sheet.kinds, strict=True))
        for column, text in enumerate(texts)
        if text
    }


def filled_cells_of_xlrd(sheet: xlrd.sheet.Sheet) -> dict[tuple[int, int], str | float]:
    cells = {
        (row, column): sheet.cell(row, column) for row in range(sheet.nrows) for column in range(sheet.ncols)
    }
    return {
        at: xlrd.error_text_from_code[cell.value] if cell.ctype == xlrd.XL_CELL_ERROR else cell.value
        for at, cell in cells.items()
        if str(cell.value).strip()
    }
