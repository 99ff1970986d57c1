"""Terms that a contract states field by field, each with the check of how it is written."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from sources.text.unit import is_unit
from sources.text.values import EXCEL_DAYS

_DAY = datetime(2021, 6, 28, tzinfo=UTC)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        place = "" if error.pos is None else f"第 {error.pos + 1} 个字符处"
        raise ValueError(f"不是正则表达式：{place}写法不对") from None
    return pattern


def _reads_days(pattern: str) -> str:
    """Refuse a format in which a day that is written cannot be read back."""
    try:
        is_read = datetime.strptime(_DAY.strftime(pattern), pattern).date() == _DAY.date()
    except ValueError:
        is_read = False
    if not is_read and pattern != EXCEL_DAYS:
        raise ValueError(
            f"“{pattern}”不是年、月、日俱全的日期格式；应如 %Y%m%d，Excel 的日期序号写 {EXCEL_DAYS}"
        )
    return pattern


def _is_known_unit(unit: str) -> str:
    if not is_unit(unit):
        raise ValueError(f"计量单位“{unit}”不认得；应如元、万元、亩、公斤、户、人、%，或元/亩")
    return unit


Regex = Annotated[str, AfterValidator(_compiles)]
DayFormat = Annotated[str, AfterValidator(_reads_days)]
UnitName = Annotated[str, AfterValidator(_is_known_unit)]
Digits = Annotated[int, Field(strict=True, ge=0, le=16)]
"""How many digits a code has; 0 where their number differs."""
