"""Values of cells, read from texts by explicit rules; what no rule reads is Unread, never a silent null."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from schemas.errors import XiangcangError
from sources.text.squeeze import narrow, squeeze
from sources.text.unit import dimension, factor, is_unit

MISSING_TEXTS = frozenset({"", "/", "\\", "无", "空", "不详", "未知", "N/A", "NULL"})
"""How forms write that there is no value, after narrowing and without white space; dashes too."""

NO_ANSWERS = frozenset(
    {
        "同上",
        "同前",
        "同左",
        "同右",
        "上同",
        "〃",
        "″",
        "〞",
        "“",
        "”",
        '"',
        "''",
        "…",
        "……",
        "...",
        "......",
        "=",
    }
    | {"待定", "待核", "待核实", "待补", "待补充", "待查", "待填", "暂定"}
)
"""What refers to another cell, or says that the value is too small or still to come: neither missing nor a value."""

_ENDLESS = frozenset({"9999-12-31", "9999-12-30", "9999-01-01", "2999-12-31", "2099-12-31", "1900-01-01",
                      "1900-01-00", "1899-12-31", "1899-12-30", "0001-01-01"})  # fmt: skip
"""Days by which bank systems write that there is none."""

_TRUE = frozenset({"是", "有", "√", "✓", "✔", "Y", "YES", "TRUE", "1", "通", "已通", "达标", "●", "已"})
_FALSE = frozenset(
    {"否", "无", "×", "✗", "X", "N", "NO", "FALSE", "0", "未通", "不通", "未达标", "未", "没有"}
)
_BOXES = re.compile(r"([□☐▢☑☒■√✓✔])([^□☐▢☑☒■√✓✔]+)")
_LABELLED_BOXES = re.compile(r"([^□☐▢☑☒■√✓✔]+)([□☐▢☑☒■√✓✔])")
_EMPTY_BOXES = frozenset("□☐▢")

_BLANK = "[ \u00a0\u2009\u202f\u3000]"
_WHOLE = rf"[1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d{{0,2}}(?:{_BLANK}\d{{3}})+|\d+"
_NUMBER = re.compile(
    rf"([+-]?)((?:{_WHOLE})(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{{1,3}}))?{_BLANK}*([^\d\s]*)$", re.ASCII
)
_YUAN_SIGN = re.compile(rf"^([+-]?)[¥\uffe5]{_BLANK}*")
_TIME = r"(?:(?:\s+|T|(?<=日)\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY = re.compile(
    rf"(\d{{4}})\s*(?:年|[-./])\s*(\d{{1,2}})\s*(?:月|[-./])\s*(\d{{1,2}})(?:\s*日)?{_TIME}$", re.ASCII
)
_COMPACT_DAY = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:\.0)?(?:\s*(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\.0)?)?$", re.ASCII
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
EXCEL_DAYS = "excel"
"""The format of days that are written as day numbers, also in texts."""

SERIAL_START = date(1899, 12, 30)
SERIAL_START_1904 = date(1904, 1, 1)
"""Day 0 of the serial days of workbooks, in either system."""

MOST_DIGITS = 12
"""Before the point: a million millions or more is no figure of a county, and sums of such would not fit."""

MOST_WHOLE_DIGITS = 10
"""Of a count: eleven are a telephone number in the wrong column."""


class Unread(XiangcangError):
    """A text that no rule reads as this kind of value."""


_DASHES = re.compile("[-\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63]+")
"""Dashes of every kind: one is as good as another."""

_GROUPING = re.compile(f",|{_BLANK}")


@lru_cache(maxsize=1 << 16)
def is_missing(text: str) -> bool:
    """Whether a text says that there is no value."""
    squeezed = squeeze(text)
    return squeezed.upper() in MISSING_TEXTS or not _DASHES.sub("", squeezed)


_NIL = frozenset(
    f"{when}{what}"
    for when in ("", "本年", "本季", "本季度", "本月", "本期")
    for what in ("无", "没有", "零报告", "无数据", "无业务", "无发生", "无此项", "无此类情况")
)
"""Texts of a row that say that there is nothing to report."""


def says_nil(texts: Iterable[str]) -> bool:
    """Whether the cells of a row say that there is nothing to report: some such word, beside zeros and blanks."""
    has_word = False
    for text in map(squeeze, texts):
        if text in _NIL:
            has_word = True
        elif text != "0" and not is_missing(text):
            return False
    return has_word


def read_own_scale(text: str, unit: str | None) -> Decimal | None:
    """Return how many of the field's unit the unit is that a number states beside it; None where it states none."""
    parts = _split_number(text, unit)
    return factor(parts[3], unit) if parts and parts[3] and unit and is_unit(parts[3]) else None


def _split_number(text: str, unit: str | None) -> tuple[str, str, str | None, str] | None:
    """Split a number into its sign, digits, exponent and unit; of money, the sign of the yuan is its unit."""
    narrowed = narrow(text)
    plain = _YUAN_SIGN.sub(r"\1", narrowed) if dimension(unit) == "money" else narrowed
    parts = _NUMBER.match(plain)
    if not parts:
        return None
    return parts[1], parts[2], parts[3], parts[4] or ("元" if plain != narrowed else "")


def parse_number(text: str, scale: Decimal, unit: str | None, digits: int, places: int) -> Decimal:
    """Return a number in the field's unit, rounded half up to `places` decimals.

    scale: from the column's stated unit to the field's. A unit written in the cell (`12.5万元`, `12.5%`, `¥12.5`)
    counts instead. Raises Unread, also for two numbers in one cell, and beyond `digits` digits before the point.
    """
    parts = _split_number(text, unit)
    if not parts:
        raise Unread(text)
    sign, mantissa, exponent, tail = parts
    if tail:
        own_scale = read_own_scale(text, unit)
        if own_scale is None:
            raise Unread(text)
        scale = own_scale
    try:
        number = Decimal(sign + _GROUPING.sub("", mantissa) + (f"E{exponent}" if exponent else "")) * scale
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise Unread(text) from error
    if abs(number) >= 10**digits:
        raise Unread(text)
    return number


def parse_integer(text: str, scale: Decimal, unit: str | None) -> int:
    """Return a whole number in the field's unit. Raises Unread, also for a fraction or beyond MOST_WHOLE_DIGITS."""
    number = parse_number(text, scale, unit, MOST_WHOLE_DIGITS, 6)
    if number != number.to_integral_value():
        raise Unread(text)
    return int(number)


def parse_day(text: str, kind: str, written: str | None = None, serial_start: date = SERIAL_START) -> date:
    """Return a day from 2022-6-3, 2022.6.3, 2022年6月3日, 20220603 or, in a number cell, an Excel serial.

    written: another way that it may be written, as a format of strptime, or `excel` for serials. A time of day after it is
    dropped: after a blank, T or 日, with a colon, or as the six digits of bank exports. serial_start: day 0
    of serials. Raises Unread, also for a month without a day.
    """
    narrowed = narrow(text)
    if written is not None and kind != "d" and (own := _parse_by_format(narrowed, kind, written)):
        return own
    if (kind == "n" or written == EXCEL_DAYS) and _SERIAL.match(narrowed):
        return serial_start + timedelta(days=int(narrowed.split(".")[0]))
    day = _DAY.match(narrowed) or _COMPACT_DAY.match(narrowed)
    if not day:
        raise Unread(text)
    try:
        return date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError as error:
        raise Unread(text) from error


def _parse_by_format(text: str, kind: str, written: str) -> date | None:
    """Return a day written in a format of strptime, None where it is not.

    A number may have lost a zero in front. Raises Unread for one that is no day of a format of digits.
    """
    digits = _count_digits(written) if kind == "n" else None
    try:
        day = datetime.strptime(text.zfill(digits or 0), written).date()
    except ValueError:
        day = None
    if digits and (day is None or len(text) not in (digits - 1, digits) or day.year < _FIRST_YEAR):
        raise Unread(text)
    return day


_FIRST_YEAR = 1900


def _count_digits(written: str) -> int | None:
    """Count the digits of a day in a format that writes nothing else (`%Y%m%d`); None for any other format."""
    example = date(2021, 12, 28).strftime(written)
    return len(example) if example.isdigit() else None


def is_endless(text: str) -> bool:
    """Whether a text is one of the days by which bank systems write that there is no day."""
    narrowed = narrow(text)
    day = _DAY.match(narrowed) or _COMPACT_DAY.match(narrowed)
    return day is not None and (
        f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}" in _ENDLESS
        or day[1] == "0000"
        or day.groups()[:3] == ("9999", "99", "99")
    )


def parse_yes_no(text: str) -> bool:
    """Return whether a text is 是 or a mark that stands for it, rather than 否; of boxes, the ticked one counts.

    Raises Unread for neither.
    """
    mark = squeeze(text).upper()
    if mark in _TRUE:
        return True
    if mark in _FALSE:
        return False
    return _read_boxes(mark)


def _read_boxes(text: str) -> bool:
    """Return what the ticked of several boxes says (`□是☑否`, `是□否☑`). Raises Unread unless one is ticked."""
    boxed = text.replace("(√)", "☑").replace("()", "□")
    boxes = [(box, label) for box, label in _BOXES.findall(boxed)]
    if "".join(map("".join, boxes)) != boxed:
        boxes = [(box, label) for label, box in _LABELLED_BOXES.findall(boxed)]
        if "".join(label + box for box, label in boxes) != boxed:
            raise Unread(text)
    ticked = [label for box, label in boxes if box not in _EMPTY_BOXES]
    if len(boxes) != 2 or len(ticked) != 1 or not all(label in _TRUE | _FALSE for _, label in boxes):
        raise Unread(text)
    return ticked[0] in _TRUE
