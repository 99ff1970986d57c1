"""Values of cells, read from texts by explicit rules; what no rule reads is Unread, never a silent null."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from schemas.errors import XiangcangError
from sources.text.squeeze import squeeze
from sources.text.unit import factor, is_unit

MISSING_TEXTS = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "―", "/", "\\", "无", "…", "……", "空", "N/A", "NULL"}
)
"""How forms write that there is no value, after narrowing and without white space."""

_TRUE = frozenset({"是", "有", "√", "✓", "✔", "Y", "YES", "TRUE", "1", "通", "已通", "达标", "●", "已"})
_FALSE = frozenset(
    {"否", "无", "×", "✗", "X", "N", "NO", "FALSE", "0", "未通", "不通", "未达标", "○", "未", "没有"}
)
_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3}))?(\D*)$")
_DAY = re.compile(
    r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
_SERIAL_START = date(1899, 12, 30)

MOST_DIGITS = 12
"""Before the point: a million millions or more is no figure of a county, and sums of such would not fit."""


class Unread(XiangcangError):
    """A text that no rule reads as this kind of value."""


def is_missing(text: str) -> bool:
    """Whether a text says that there is no value."""
    return squeeze(text).upper() in MISSING_TEXTS


def parse_number(text: str, scale: Decimal, unit: str | None, digits: int, places: int) -> Decimal:
    """Return a number in the field's unit, rounded half up to `places` decimals.

    scale: from the column's stated unit to the field's. A unit written in the cell (`12.5万元`, `12.5%`)
    counts instead. Raises Unread, also beyond `digits` digits before the point.
    """
    parts = _NUMBER.match(squeeze(text))
    if not parts:
        raise Unread(text)
    sign, mantissa, exponent, tail = parts.groups()
    if tail:
        own_scale = factor(tail, unit) if unit and is_unit(tail) else None
        if own_scale is None:
            raise Unread(text)
        scale = own_scale
    try:
        number = Decimal(sign + mantissa.replace(",", "") + (f"E{exponent}" if exponent else "")) * scale
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise Unread(text) from error
    if abs(number) >= 10**digits:
        raise Unread(text)
    return number


def parse_integer(text: str, scale: Decimal, unit: str | None) -> int:
    """Return a whole number in the field's unit. Raises Unread, also for a fraction or beyond MOST_DIGITS."""
    number = parse_number(text, scale, unit, MOST_DIGITS, 6)
    if number != number.to_integral_value():
        raise Unread(text)
    return int(number)


def parse_day(text: str, kind: str, written: str | None = None) -> date:
    """Return a day from 2022-6-3, 2022.6.3, 2022年6月3日, 20220603 or, in a number cell, an Excel serial.

    written: another way that it may be written, as a format of strptime. A time of day after it is
    dropped. Raises Unread, also for a month without a day.
    """
    squeezed = squeeze(text)
    if written is not None:
        with suppress(ValueError):
            return datetime.strptime(squeezed, written).date()
    if kind == "n" and _SERIAL.match(squeezed):
        return _SERIAL_START + timedelta(days=int(squeezed.split(".")[0]))
    day = _DAY.match(squeezed) or _COMPACT_DAY.match(squeezed)
    if not day:
        raise Unread(text)
    try:
        return date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError as error:
        raise Unread(text) from error


def parse_yes_no(text: str) -> bool:
    """Return whether a text is 是 or a mark that stands for it, rather than 否. Raises Unread for neither."""
    mark = squeeze(text).upper()
    if mark in _TRUE:
        return True
    if mark in _FALSE:
        return False
    raise Unread(text)
