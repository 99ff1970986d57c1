"""Names of a column or an indicator, from the cells that head it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from sources.text.unit import is_unit

_NUMBERING = re.compile(
    r"^(?:\*|其中[:：]?|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.)]|[①-⑳]|[a-z]、|#)+"
)
_PARENTHESES = re.compile(r"[(（]([^()（）]+)[)）]$")
_CODE = re.compile(r"\(?[0-9]{1,6}[a-z]?\)?|[①-⑳]")
_ROW_LABEL = re.compile(r"(?:计量|计算)?单位|(?:汇总|指标)?代码(?:总汇|汇总)?|栏次|行次")
_WHOLE = {"合计", "总计", "小计", "计", "数量", "本年"}
MARKS = frozenset("甲乙丙丁戊己庚辛壬癸")


def is_placeholder(text: str) -> bool:
    """Tell whether a header cell only fills its place: blank or dashes."""
    return not text.strip("-—–/")


def is_heading_text(text: str) -> bool:
    """Tell whether a header cell says something of its column: no placeholder, no mark that numbers it."""
    return not is_placeholder(text) and text not in MARKS


def is_code(text: str) -> bool:
    """Tell whether a text is the code of a column or an indicator: 01, 12a, (3), ④."""
    return _CODE.fullmatch(text) is not None


def bare_name(part: str) -> str:
    """Return a header or indicator name without its numbering and its unit of measure."""
    part = _NUMBERING.sub("", part) or part
    name, unit = _split_unit(part)
    return name if unit else part


def _split_unit(part: str) -> tuple[str, str | None]:
    """Split a heading from its unit of measure, in parentheses or after a slash (`面积/亩`, `单产/公斤/亩`)."""
    in_parentheses = _PARENTHESES.search(part)
    if in_parentheses and is_unit(in_parentheses[1]):
        return part[: in_parentheses.start()], in_parentheses[1]
    name, slash, unit = part.partition("/")
    while slash and not is_unit(part):
        if name and is_unit(unit):
            return name, unit
        more, slash, unit = unit.partition("/")
        name = f"{name}/{more}"
    return part, None


@lru_cache(maxsize=1 << 14)
def names_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """List the names of a column by its headings from the top down, the most specific first.

    Each holds the lowest heading: as it stands; without the units of measure and codes below the
    headings; and without a closing 合计. `一、耕地/水田/亩/12` is known as `12`, `耕地/水田` or `水田`.
    """
    headings = tuple(part for part in path if not _is_annotation(part))
    whole = headings[:-1] if len(headings) > 1 and headings[-1] in _WHOLE else headings
    return tuple(dict.fromkeys([*_tails(path), *_tails(headings), *_tails(whole)]))


def _tails(path: tuple[str, ...]) -> list[str]:
    """List the lowest heading with all above it, then with ever fewer; each as it stands, then bare."""
    bare = tuple(bare_name(part) for part in path)
    return ["/".join(parts[-n:]) for n in range(len(path), 0, -1) for parts in (path, bare)]


def unit_of(path: Sequence[str]) -> str | None:
    """Find the unit of measure that is nearest to the body: a cell of its own, in parentheses or after a slash."""
    for part in reversed(path):
        if is_unit(part.strip("()")):
            return part.strip("()")
        if unit := _split_unit(part)[1]:
            return unit
    return None


def heading_of(path: Sequence[str]) -> str:
    """Return the lowest heading that names the column, as a clerk would call it."""
    return next((bare_name(part) for part in reversed(path) if not _is_annotation(part)), path[-1])


def is_unit_row(texts: list[str]) -> bool:
    """Tell whether a row only states units of measure; a label and placeholders may stand among them."""
    units = [text for text in texts if is_unit(text.strip("()"))]
    others = [text for text in texts if not (_is_aside(text) or _ROW_LABEL.fullmatch(text))]
    return bool(units) and len(units) == len(others)


def is_number_row(texts: list[str]) -> bool:
    """Tell whether a row only numbers the columns: 甲 乙 1 2 3, or 1 2 3, or 汇总代码 01 02 03."""
    labelled = bool(texts) and bool(_ROW_LABEL.fullmatch(texts[0]))
    rest = texts[1:] if labelled else texts
    codes = list(filter(is_code, rest))
    if any(text not in codes and not _is_aside(text) for text in rest):
        return False
    if not codes:
        return len(rest) > 1 and MARKS.issuperset(rest)
    marked = not MARKS.isdisjoint(rest)
    return labelled or (
        _counts_up(codes) and (marked or (_parse_code_number(codes[0]) == 1 and len(codes) > 2))
    )


def _counts_up(codes: list[str]) -> bool:
    numbers = [_parse_code_number(code) for code in codes]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and all(after - before == 1 for before, after in pairwise(known))


def _parse_code_number(code: str) -> int | None:
    """Parse a code: 1 for 1, (1) and ①; None for a code that goes on with a letter."""
    digits = code.strip("()")
    if digits.isascii():
        return int(digits) if digits.isdigit() else None
    return ord(digits) - ord("①") + 1


def _is_annotation(part: str) -> bool:
    return bool(is_unit(part.strip("()")) or is_code(part) or _ROW_LABEL.fullmatch(part))


def _is_aside(text: str) -> bool:
    return text in MARKS or is_placeholder(text)
