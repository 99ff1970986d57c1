"""Spelling of periods: the many ways in which clerks write them, brought to the one that is looked for.

Afterwards digits are ASCII and without spaces between them, `~` is the sign of a range, and of an enumeration
or range (`5-6月`, `一、二季度`, `2022.5-6`) every part has its own unit.
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\ue000-\uf8ff]")
_LONG_DASHES = re.compile("(?:[\u2012-\u2015\u2500\u2501\u30fc\u301c\u223c~]|--)+")
_SHORT_DASHES = re.compile("[\u2010\u2011\u2212\ufe63]")
_TIME = re.compile(
    r"(?:(?<=\d)T|\s+|(?<=日))\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?Z?(?![\d:])|(?<=日)\s*\d{1,2}[时点](?:\d{1,2}分?)?"
)
_SPREAD_YEAR = re.compile(r"(?<!\d)(1\s*9|2\s*0)\s*(\d)\s*(\d)(?=\s*年)")
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")

_DIGIT = "〇零○Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖\\d"
_VALUES = (
    {c: i for i, c in enumerate("〇一二三四五六七八九")}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | dict.fromkeys("○Oo", 0)
)
_HAN = "〇零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾元"
_FOUR_DIGITS = re.compile(
    rf"(?<![{_DIGIT}])((?:[2二贰][0〇零○Oo]|[1一壹][9九玖])[{_DIGIT}]{{2}})(?![{_DIGIT}])"
)
_TWO_DIGITS = re.compile(rf"(?<![{_DIGIT}十拾])([一二三贰][{_DIGIT}])(?=年(?:度|[上下前第{_DIGIT}十]|$))")
_SIGN = "(?:起|开始|底|末|份)*(?:~|-|至|到|截至|截止到?)"
_LIST = "[、,和及与&+/]"
_BETWEEN = f"(?:{_SIGN}|{_LIST})"
_NUMBER = "(?:[二三贰叁]?[十拾][一二三四五六七八九壹贰叁肆伍陆柒捌玖]?|[〇零]?[一二三四五六七八九壹贰叁肆伍陆柒捌玖]|元(?=月))"
_HAN_NUMBER = re.compile(
    rf"(?<![{_HAN}]){_NUMBER}(?=(?:{_BETWEEN}第?(?:{_NUMBER}|\d{{1,2}}))*(?:个?月|日|号|季))"
    rf"|(?<=年){_NUMBER}(?=[^\u4e00-\u9fff]|$|{_BETWEEN})"
)
_DASH_THAT_IS_ONE = re.compile(r"(?<=\d)一(?=\d)|(?<=月)一(?=\d)")

_FROM_NEW_YEAR = re.compile(rf"(?:年初|今年|本年|当年)(?:以来)?{_SIGN}(?=\D|\d)")
_YEAR = r"(?:19|20)\d\d"
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12]\\d|3[01])"
_ELIDED = (
    (re.compile(r"(?<=年)(\d\d?)[.·](\d\d?)(?=月)"), r"\1月、\2"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?=(?:{_BETWEEN}\d{{1,2}})+月)"), r"\1月"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})月(\d{{1,2}})[日号]?{_SIGN}(\d{{1,2}})(?=[日号])"), r"\1月\2日~\1月\3"),
    (re.compile(rf"(?<![\d第])第?(\d)(?=(?:{_BETWEEN}第?\d)+季)"), r"\1季度"),
    (re.compile(rf"(?<!\d)({_YEAR})(?={_BETWEEN}(?:{_YEAR}|\d\d)年)"), r"\1年"),
    (re.compile(rf"(?<!\d)(\d\d)(?={_BETWEEN}\d\d年)"), r"\1年"),
    (re.compile(rf"(?<!\d)({_YEAR})([./])(\d\d?)\2(\d\d?){_SIGN}(\d\d?)\2(\d\d?)(?![\d./])"), r"\1\2\3\2\4~\1\2\5\2\6"),
    (re.compile(rf"(?<!\d)({_YEAR})([./])(\d\d?){_SIGN}(\d\d?)(?![\d./月日年])"), r"\1\2\3~\1\2\4"),
    (re.compile(rf"(?<!\d)({_YEAR})-(\d\d?)(?:~|至|到)(\d\d?)(?![\d./月日年-])"), r"\1-\2~\1-\3"),
    (re.compile(rf"(?<!\d)({_YEAR})(0[1-9]|1[0-2]){_SIGN}(0[1-9]|1[0-2])(?!\d)"), r"\1\2~\1\3"),
    (re.compile(rf"(?<!\d)({_YEAR})((?:0[1-9]|1[0-2])[0-3]\d){_SIGN}((?:0[1-9]|1[0-2])[0-3]\d)(?!\d)"), r"\1\2~\1\3"),
    (re.compile(rf"(?<![\d.])({_MONTH})\.({_DAY}){_SIGN}({_MONTH})\.({_DAY})(?![\d.])"), r"\1月\2日~\3月\4日"),
)  # fmt: skip
"""What stands for a date in a range or list whose unit, month or year is only written once."""


@lru_cache(maxsize=1 << 12)
def spell_out(text: str) -> str:
    """Return a text with its periods spelled in one way; what is no period stays as it is, but narrowed."""
    text = (
        _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).upper().replace("。", ".").replace("·", ".")
    )
    text = _SHORT_DASHES.sub("-", _LONG_DASHES.sub("~", text))
    text = _TIME.sub("", text)
    text = re.sub(r"\s+", " ", _SPACE.sub("", _SPREAD_YEAR.sub(_join_digits, text)))
    text = _TWO_DIGITS.sub(_read_digits, _FOUR_DIGITS.sub(_read_digits, text))
    text = _HAN_NUMBER.sub(_read_number, _DASH_THAT_IS_ONE.sub("~", text))
    text = _FROM_NEW_YEAR.sub(_begin_year, text)
    for elided, whole in _ELIDED:
        text = elided.sub(whole, text)
    return text


def _join_digits(year: re.Match[str]) -> str:
    return re.sub(r"\s", "", year[0])


def _read_digits(number: re.Match[str]) -> str:
    return "".join(str(_VALUES[c]) if c in _VALUES else c for c in number[0])


def _read_number(number: re.Match[str]) -> str:
    """Read a Han number below forty; 元月 is January."""
    han = number[0].replace("元", "一").replace("拾", "十")
    tens, ten, ones = han.rpartition("十")
    value = (_VALUES[tens] if tens else 1) * 10 * bool(ten) + sum(_VALUES[c] for c in ones[-1:])
    return str(value)


def _begin_year(start: re.Match[str]) -> str:
    """Write 年初至 as the first month and the sign of a range."""
    return (
        "年"
        if start[0].startswith("年初") and start.string[start.start() - 1 : start.start()].isdigit()
        else ""
    ) + "1月~"
