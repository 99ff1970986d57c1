"""Patterns of single times in texts that are spelled out: years, quarters, months, days, and what only looks so."""

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Literal

Kind = Literal["year", "quarter", "month", "day", "span", "unclear", "sent", "comparison", "other"]


Parts = tuple[Kind, int | None, int, int, int | None]
"""Kind, year, first and last month, day."""

UNCLEAR: Parts = ("unclear", None, 1, 12, None)
_OTHER: Parts = ("other", None, 1, 12, None)
_Y = r"(?<!\d)(?P<y>(?:19|20)\d\d|(?<![近前第满超过逾])[1-4]\d(?=年))"
_GLUE = r"(?:年度?)?[-._/ ]?\(?第?"
_DAY_ENDS = r"(?:日|号|(?![\d月\u4e00-\u9fff]))"
_NUMERALS = {"I": 1, "II": 2, "III": 3, "IV": 4, "首": 1, "二": 2, "两": 2, "三": 3, "四": 4} | {
    "上": 1, "前": 1, "下": 2, "后": 2,
}  # fmt: skip


def _full_year(digits: str | None) -> int | None:
    return None if digits is None else int(digits) if len(digits) == 4 else 2000 + int(digits)


def _number(text: str) -> int:
    return _NUMERALS.get(text) or int(text)


def _day(match: re.Match[str]) -> Parts:
    year, month, day = _full_year(match.groupdict().get("y")), int(match["m"]), int(match["d"])
    try:
        date(year or 2024, month, day)
    except ValueError:
        return UNCLEAR
    return "day", year, month, month, day


def _month(match: re.Match[str]) -> Parts:
    month = int(match["m"])
    year = _full_year(match.groupdict().get("y"))
    return ("month", year, month, month, None) if 1 <= month <= 12 else UNCLEAR


def _ten_days(match: re.Match[str]) -> Parts:
    """Read a third of a month: of forms that come so often it is a period, of others it is none."""
    _, year, first, last, _ = _month(match)
    return ("unclear", year, first, last, None) if match[0].count("旬") == 1 else UNCLEAR


def _month_end(match: re.Match[str]) -> Parts:
    kind, year, month, _, _ = _month(match)
    return (
        UNCLEAR
        if kind == "unclear"
        else ("day", year, month, month, calendar.monthrange(year or 2023, month)[1])
    )


def _quarter(match: re.Match[str]) -> Parts:
    number = _number(next(match[name] for name in "qru" if match.groupdict().get(name)))
    year = _full_year(match.groupdict().get("y"))
    return ("quarter", year, 3 * number - 2, 3 * number, None) if 1 <= number <= 4 else UNCLEAR


def _quarters(match: re.Match[str]) -> Parts:
    return "span", _full_year(match["y"]), 1, 3 * _number(match["q"]), None


def _first_months(match: re.Match[str]) -> Parts:
    kind, year, _, last, _ = _month(match)
    return ("span" if kind == "month" else kind), year, 1, last, None


def _half(match: re.Match[str]) -> Parts:
    number = _number(match["h"])
    return "span", _full_year(match["y"]), 6 * number - 5, 6 * number, None


def _whole_year(match: re.Match[str]) -> Parts:
    return "span", _full_year(match.groupdict().get("y")), 1, 12, None


def _year(match: re.Match[str]) -> Parts:
    return "year", _full_year(match["y"]), 1, 12, None


def _year_end(match: re.Match[str]) -> Parts:
    return "day", _full_year(match["y"]), 12, 12, 31


def _sent(match: re.Match[str]) -> Parts:
    kind, year, first, last, day = _day(match)
    return ("unclear" if kind == "unclear" else "sent"), year, first, last, day


_Builder = Callable[[re.Match[str]], Parts]
_ENGLISH = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_QUARTER_ENDS = r"季(?:度|(?=[报末])|(?![\u4e00-\u9fff]))"
_SPELLINGS: list[tuple[str, _Builder]] = [
    (r"[〔\[(【](?:19|20)\d\d[〕\])】]年?第?\d+号|[〔【](?:19|20)\d\d[〕】](?:第?\d+号?)?", lambda _: _OTHER),
    (r"(?<!\d)(?:19|20)\d\d(?:年?第|年|-)\d+号", lambda _: _OTHER),
    (r"(?<!\d)(?:19|20)\d\d年?(?:版|修订|制定|印制)", lambda _: _OTHER),
    (
        r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?![\d年])",
        _sent,
    ),
    (r"(?<![\d.])(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?:日|号)?(?=[报填制版稿]|上报)", _sent),
    (
        rf"(?<![A-Z])(?:{_ENGLISH})[A-Z]*[-. ']*\d{{2,4}}|(?<!\d)\d{{2,4}}[-. ]?(?:{_ENGLISH})",
        lambda _: UNCLEAR,
    ),
    (rf"{_Y}年\d{{1,2}}-\d{{1,2}}(?![\d月日号])", lambda _: UNCLEAR),
    (r"(?:农历|阴历|闰)\d{1,2}月|正月|腊月|冬月", lambda _: UNCLEAR),
    (rf"{_Y}{_GLUE}[春夏秋冬]季度?|{_Y.replace('<y>', '<z>')}(?:学年|财年)", lambda _: UNCLEAR),
    (rf"(?:{_Y}{_GLUE})?(?<!\d)(?P<m>\d{{1,2}})月份?[上中下]旬(?:[~至到和及与、,+-]*[上中下]旬)*", _ten_days),
    (rf"(?:{_Y}{_GLUE})?\d{{1,2}}月(?:初|份?[上下]半月)", lambda _: UNCLEAR),
    (rf"(?:{_Y}{_GLUE})?(?:\d{{1,2}}月份?)?第\d{{1,2}}周", lambda _: UNCLEAR),
    (r"(?<!\d)\d{1,2} \d{1,2}月|[〇零一二三四五六七八九十]{2,}月(?!龄)", lambda _: UNCLEAR),
    (rf"{_Y}(?:年度?)?[-./ ]?(?P<m>\d{{1,2}})月份?(?P<d>\d{{1,2}})(?!\d){_DAY_ENDS}", _day),
    (rf"{_Y}(?P<t>[-./_ ])(?P<m>\d{{1,2}})(?P=t)(?P<d>\d{{1,2}})(?!\d)[日号]?", _day),
    (rf"{_Y}年[-./]?(?P<m>\d{{1,2}})[-./](?P<d>\d{{1,2}})(?!\d)[日号]?", _day),
    (rf"{_Y}[-./_]\d{{1,2}}[-./]\d{{1,2}}(?!\d)", lambda _: UNCLEAR),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)", _day),
    (rf"(?<!\d)(?P<m>\d{{1,2}})月份?(?P<d>\d{{1,2}})(?!\d){_DAY_ENDS}", _day),
    (rf"(?:{_Y}{_GLUE})?前(?P<m>\d{{1,2}})个月", _first_months),
    (rf"(?:{_Y}{_GLUE})?前(?P<q>[2-4二两三四])个?季度?", _quarters),
    (rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<q>[1-4]){_QUARTER_ENDS}", _quarter),
    (
        rf"(?:{_Y}{_GLUE})?(?:(?<!\d)(?P<q>\d+)|(?<![A-Z])(?P<r>I{{1,3}}|IV)|(?P<u>首)){_QUARTER_ENDS}",
        _quarter,
    ),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d|[1-4]\d)年?度?[-._/ ]?Q(?P<q>\d)(?!\d)", _quarter),
    (r"(?<![A-Z])Q(?P<q>\d)[-._/ ]?(?P<y>(?:19|20)\d\d)(?!\d)", _quarter),
    (r"(?<![A-Z0-9])(?P<q>\d)Q[-._/ ]?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)", _quarter),
    (r"(?<![A-Z0-9])Q(?P<q>[1-4])(?!\d)|(?<![A-Z0-9])(?P<r>[1-4])Q(?![A-Z0-9])", _quarter),
    (rf"(?:{_Y}{_GLUE})?(?P<h>[上下前后])半年度?", _half),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d|[1-4]\d)年?度?[-._/ ]?H(?P<h>[12])(?!\d)", _half),
    (r"(?<![A-Z0-9])(?P<h>[12])H(?P<y>(?:19|20)\d\d|\d\d)(?!\d)", _half),
    (r"半年(?:报|度)", lambda _: UNCLEAR),
    (rf"{_Y}(?:年度?)?全年|(?<![\u4e00-\u9fff])全年(?![\u4e00-\u9fff])", _whole_year),
    (rf"(?:{_Y}{_GLUE})?(?<!\d)(?P<m>\d{{1,2}})月份?[底末]", _month_end),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d{1,2})月份?", _month),
    (rf"(?:{_Y}{_GLUE})?(?<!\d)(?P<m>\d+)月(?!龄)份?", _month),
    (rf"{_Y}[-./_](?P<m>\d{{1,2}})(?!\d)", _month),
    (r"(?<!\d)(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?!\d)", _month),
    (rf"{_Y}(?:年| )(?P<m>\d{{1,2}})(?![\d.]|(?![至到和及与或])[\u4e00-\u9fff])", _month),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?!\d)", _month),
    (r"(?<![\d.-])(?P<y>2[1-9])(?P<m>0[1-9]|1[0-2])(?!\d|\.\d|[年号]|-\d)", _month),
    (r"^(?P<m>0?[1-9]|1[0-2])\.(?P<d>0?[1-9]|[12]\d|3[01])$", _day),
    (
        r"(?<![\dA-Z.-])(?P<y>2[1-9])?(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d|\.\d|[年号]|-\d)",
        _day,
    ),
    (rf"{_Y}年?(?:年?[底末终])", _year_end),
    (rf"{_Y}年初", lambda _: UNCLEAR),
    (r"(?<!\d)(?!(?:19|20)\d\d年)\d{3,}年", lambda _: UNCLEAR),
    (rf"{_Y}年(?!以|期|来|间|后|多|内|代)(?:度(?!假))?", _year),
    (
        r"(?<![\d.])(?<!OFFICE)(?<!EXCEL)(?<!WORD)(?<!WPS)(?<!WIN)(?P<y>(?:19|20)\d\d)(?!\d|\.\d|[户人元个万亩吨米家头只%])",
        _year,
    ),
]

PATTERNS = [(re.compile(pattern), build) for pattern, build in _SPELLINGS]
"""What one has matched, no later one reads."""
