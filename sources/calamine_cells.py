"""Cells of xlsx, xls, xlsb and ods, by python-calamine, with what it leaves out put back."""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sources.cells import MAX_UNPACKED_BYTES, Format, Sheet, Unreadable, check_size
from sources.default_password import decrypted
from sources.sheet_facts import SheetFacts, facts_reader
from sources.sheet_facts.xls import has_password

Value = str | float | int | bool | dt.date | dt.time | dt.timedelta


def read_calamine(data: bytes, format: Format) -> list[Sheet]:
    """All worksheets. Raises Unreadable; calamine's panics and a broken container's errors come through."""
    if format != "xls":
        _check_unpacked(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        facts = facts_reader(format)(data)
        return _sheets(workbook, facts)
    except PasswordError as error:
        raise Unreadable("encrypted", "the workbook has a password") from error
    except CalamineError as error:
        if format == "xls" and has_password(data):
            return read_calamine(decrypted(data), format)
        raise Unreadable("corrupt", f"calamine: {_without_values(str(error))}") from error


def _check_unpacked(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MAX_UNPACKED_BYTES:
        raise Unreadable(
            "too_large", f"it unpacks to {unpacked} bytes; at most {MAX_UNPACKED_BYTES} are read"
        )


def _without_values(message: str) -> str:
    """Calamine quotes what it could not read; a log must not."""
    return re.sub(r"""(['"`]).*\1""", "…", message, flags=re.DOTALL)[:200]


def _sheets(workbook: CalamineWorkbook, facts: list[SheetFacts]) -> list[Sheet]:
    sheets, cells = [], 0
    for index, (said, fact) in enumerate(zip(workbook.sheets_metadata, facts, strict=True)):
        if said.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        if sheet.end is not None:
            cells += (sheet.end[0] + 1) * (sheet.end[1] + 1)
            check_size(cells)
        sheets.append(_sheet(said, sheet, fact))
    return sheets


def _sheet(said: SheetMetadata, sheet: CalamineSheet, facts: SheetFacts) -> Sheet:
    text, kinds = [], []
    for row in sheet.to_python(skip_empty_area=False):
        shown, kind = _row(row)
        text.append(shown)
        kinds.append(kind)
    if facts.errors:
        _put_errors(text, kinds, facts.errors)
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []] + facts.merged
    hidden = said.visible != SheetVisibleEnum.Visible
    return Sheet(said.name, hidden, text, kinds, merged, frozenset(facts.hidden_rows))


def _row(values: list[Value]) -> tuple[list[str], str]:
    """A row's text and kinds. The hot loop: no call but for what is not text already."""
    text = [("" if v.isspace() else v) if type(v) is str else _TEXT[type(v)](v) for v in values]
    kinds = "".join([_KIND[type(v)] if shown else " " for v, shown in zip(values, text, strict=True)])
    if _NOT_FINITE in text:
        kinds = "".join(
            ["e" if shown == _NOT_FINITE else kind for shown, kind in zip(text, kinds, strict=True)]
        )
    return text, kinds


def _put_errors(text: list[list[str]], kinds: list[str], errors: dict[tuple[int, int], str]) -> None:
    width = max(max(column for _, column in errors) + 1, len(text[0]) if text else 0)
    height = max(max(row for row, _ in errors) + 1, len(text))
    check_size(width * height)
    text += [[] for _ in range(height - len(text))]
    kinds += [""] * (height - len(kinds))
    for row, shown in enumerate(text):
        shown += [""] * (width - len(shown))
        kinds[row] = kinds[row].ljust(width)
    for (row, column), name in errors.items():
        text[row][column] = name
        kinds[row] = f"{kinds[row][:column]}e{kinds[row][column + 1 :]}"


_NOT_FINITE = "#NUM!"


def number_text(number: float) -> str:
    """The shortest text that reads back as the same number; whole numbers without a point."""
    text = repr(number)
    if text.endswith(".0"):
        return text[:-2]
    return _NOT_FINITE if text[-1] in "fn" else text


def _moment_text(moment: dt.datetime) -> str:
    return moment.isoformat().removesuffix("T00:00:00")


def _duration_text(duration: dt.timedelta) -> str:
    """As [h]:mm:ss shows it."""
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
