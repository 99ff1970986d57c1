"""Cells of xlsx, xls, xlsb and ods, by python-calamine, with what it leaves out put back."""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO
from itertools import chain
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sources.reading.cells import MAX_UNPACKED_BYTES, Format, Sheet, Unreadable, check_size, number_text
from sources.reading.default_password import decrypt
from sources.reading.sheet_facts import SheetFacts, ods, xls, xlsb, xlsx
from sources.reading.sheet_facts.number_format import shows_another

_FACTS: dict[str, Callable[[bytes], list[SheetFacts]]] = {
    "xlsx": xlsx.read_facts,
    "xls": xls.read_facts,
    "xlsb": xlsb.read_facts,
    "ods": ods.read_facts,
}
Value = str | float | int | bool | dt.date | dt.time | dt.timedelta


def read_calamine(data: bytes, format: Format) -> list[Sheet]:
    """Read all worksheets. Raises Unreadable; calamine's panics and a broken container's errors pass."""
    if format == "xls":
        try:
            data = xls.with_unicode(data)
        except OSError as error:
            raise Unreadable("corrupt", "the container of the .xls file is broken") from error
    else:
        _check_unpacked(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    except CalamineError as error:
        if format == "xls" and xls.has_password(data):
            return read_calamine(decrypt(data), format)
        if format == "ods" and ods.has_password(data):
            raise Unreadable("encrypted", "the .ods file has a password") from error
        raise _corrupt(error) from error
    facts = _FACTS[format](data)
    try:
        return _read_sheets(workbook, facts)
    except CalamineError as error:
        if "cell error value" not in str(error):
            raise _corrupt(error) from error
    return _read_sheets(CalamineWorkbook.from_filelike(BytesIO(xlsx.with_known_errors(data))), facts)


def _corrupt(error: CalamineError) -> Unreadable:
    before_any_value = re.split(r"[:'\"`]", str(error))[0]  # a log holds no cell's value
    return Unreadable("corrupt", f"calamine: {before_any_value.strip()}")


def _check_unpacked(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise Unreadable(
            "too_large", f"it unpacks to {unpacked} bytes; at most {MAX_UNPACKED_BYTES} are read"
        )


def _read_sheets(workbook: CalamineWorkbook, facts: list[SheetFacts]) -> list[Sheet]:
    sheets, cells = [], 0
    for index, (metadata, facts_of_sheet) in enumerate(zip(workbook.sheets_metadata, facts, strict=True)):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        if sheet.end is not None:
            cells += (sheet.end[0] + 1) * (sheet.end[1] + 1)
            check_size(cells)
        sheets.append(_build_sheet(metadata, sheet, facts_of_sheet))
    return sheets


def _build_sheet(metadata: SheetMetadata, sheet: CalamineSheet, facts: SheetFacts) -> Sheet:
    text, kinds = _split_texts_and_kinds(sheet.to_python(skip_empty_area=False))
    uncalculated = dict.fromkeys(facts.uncalculated, ("f", "="))
    if put := uncalculated | {position: ("e", error) for position, error in facts.errors.items()}:
        _put_cells(text, kinds, put)
    for position, days in facts.days.items():
        _put_day(text, kinds, position, days + (_DAYS_TO_1904 if facts.from_1904 else 0))
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []] + facts.merged
    return Sheet(
        metadata.name,
        metadata.visible != SheetVisibleEnum.Visible,
        text,
        kinds,
        merged,
        frozenset(facts.hidden_rows),
        frozenset(row for row, column in facts.struck if _kind_at(kinds, row, column) != " "),
        {
            (row, column): display
            for (row, column), display in facts.displays.items()
            if (kind := _kind_at(kinds, row, column)) != " "
            and shows_another(display, kind, text[row][column])
        },
        facts.from_1904,
        {at: shown for at, shown in facts.decimals.items() if _has_more_decimals(text, kinds, at, shown)},
    )


def _has_more_decimals(text: list[list[str]], kinds: list[str], at: tuple[int, int], shown: int) -> bool:
    return _kind_at(kinds, *at) == "n" and len(text[at[0]][at[1]].partition(".")[2]) > shown


_DAYS_TO_1904 = 1462
_FIRST_DAY = dt.date(1899, 12, 30)


def _kind_at(kinds: list[str], row: int, column: int) -> str:
    """Return the kind of a cell; blank beyond the last that holds something, where styles may stand."""
    return kinds[row][column] if row < len(kinds) and column < len(kinds[row]) else " "


def _put_day(text: list[list[str]], kinds: list[str], position: tuple[int, int], days: int) -> None:
    """Put the day of a moment that calamine rounded up to the next midnight."""
    row, column = position
    if _kind_at(kinds, row, column) == "d" and "T" not in text[row][column]:
        text[row][column] = (_FIRST_DAY + dt.timedelta(days=days)).isoformat()


def _split_texts_and_kinds(rows: list[list[Value]]) -> tuple[list[list[str]], list[str]]:
    """Return the rows' texts, and a string of kinds for each row.

    These loops are hot: they run over all cells at once, with a call only for what is not text already.
    """
    values = list(chain.from_iterable(rows))
    text = [("" if v.isspace() else v) if type(v) is str else _TEXT[type(v)](v) for v in values]
    kinds = "".join([_KIND[type(v)] if shown else " " for v, shown in zip(values, text, strict=True)])
    width = len(rows[0]) if rows else 1
    starts = range(0, len(values), width)
    return [text[at : at + width] for at in starts], [kinds[at : at + width] for at in starts]


def _put_cells(
    text: list[list[str]], kinds: list[str], cells: dict[tuple[int, int], tuple[str, str]]
) -> None:
    """Put kind and text of cells that calamine takes for empty."""
    width = max(max(column for _, column in cells) + 1, len(text[0]) if text else 0)
    height = max(max(row for row, _ in cells) + 1, len(text))
    check_size(width * height)
    text += [[] for _ in range(height - len(text))]
    kinds += [""] * (height - len(kinds))
    for row, shown in enumerate(text):
        shown += [""] * (width - len(shown))
        kinds[row] = kinds[row].ljust(width)
    for (row, column), (kind, shown_text) in cells.items():
        text[row][column] = shown_text
        kinds[row] = f"{kinds[row][:column]}{kind}{kinds[row][column + 1 :]}"


def _moment_text(moment: dt.datetime) -> str:
    return moment.isoformat().removesuffix("T00:00:00")


def _duration_text(duration: dt.timedelta) -> str:
    """Write a duration as [h]:mm:ss shows it."""
    seconds = round(duration.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{second:02}"


_TEXT: dict[type, Callable[..., str]] = {
    float: number_text,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    dt.date: dt.date.isoformat,
    dt.datetime: _moment_text,
    dt.time: dt.time.isoformat,
    dt.timedelta: _duration_text,
}
_KIND: dict[type, str] = {
    str: "t",
    float: "n",
    int: "n",
    bool: "b",
    dt.date: "d",
    dt.datetime: "d",
    dt.time: "d",
    dt.timedelta: "d",
}
