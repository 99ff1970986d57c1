"""Where a sheet prints rules of its own: texts that say how its figures must balance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.balance import Balance, NotABalance, clauses, parse_clause, plain
from sources.layout.code_lines import Region
from sources.layout.column_name import MARKS, is_code

Direction = Literal["across", "down"]


@dataclass(frozen=True)
class RuleText:
    """One rule as printed at a cell (0-based). balance: None where the text can't be read as one.

    direction: whether the text says that its codes number columns (栏, 列) or rows (行).
    """

    row: int
    column: int
    text: str
    balance: Balance | None = None
    direction: Direction | None = None


def rule_texts(region: Region) -> Iterator[RuleText]:
    """Every rule that a region prints, and every text that must be one but can't be read.

    After 平衡关系, 审核关系 and the like all that follows is rules, also in the cells beside and below.
    Elsewhere only a relation between codes is one, or a sum of names: `年龄≥60`, `1=男`, `1亩=666平方米`
    are not.
    """
    told_in_row = -2  # the last row in which rules stood that were announced
    bare: list[RuleText] = []  # announcements that nothing followed yet
    for row, column, text in _texts_with_a_clue(region):
        before, *tails = _ANNOUNCEMENT.split(text)
        goes_on = not tails and row - told_in_row <= 1 and bool(_RELATION.search(plain(text)))
        found = list(_announced(before) if goes_on else _elsewhere(before))
        for label, tail in zip(tails[::2], tails[1::2], strict=True):
            said = list(_announced(tail, label))
            found += said
            if not said:
                bare.append(RuleText(row, column, label.strip()))
        if goes_on and bare and found and row - bare[-1].row <= 1:
            bare.pop()
        if tails or goes_on:
            told_in_row = row
        for clause, balances, direction in found:
            for balance in balances:
                name = _with_direction(str(balance) if len(balances) > 1 else clause, direction)
                yield RuleText(row, column, name, balance, direction)
            if not balances:
                yield RuleText(row, column, clause)
    yield from bare


def _texts_with_a_clue(region: Region) -> Iterator[tuple[int, int, str]]:
    columns = slice(region.columns.start, region.columns.stop)
    for row in region.rows:
        if _CLUE.search("\n".join(region.sheet.text[row][columns])):
            for column in region.columns:
                text = region.sheet.text[row][column]
                if region.sheet.kinds[row][column] == "t" and _CLUE.search(text):
                    yield row, column, text


_CLUE = re.compile("[=＝≤≥<>＜＞≦≧⩽⩾≠]|[等大小]于|[核衡辑稽验据量字算间内行列栏](?:关系|公式|条件|规则|要求)")
_RELATION = re.compile("[=≤≥<>≠]")
_ANNOUNCEMENT = re.compile(
    r"((?:本表|表内|表间|主栏|宾栏)?(?:审核|平衡|逻辑|[勾钩]稽|校验|数[据量字]|计算|表[内间]|[行列栏]间?)"
    r"(?:审核|平衡|逻辑|[勾钩]稽|校验)?(?:关系|公式|条件|规则|要求)式?(?:如下|[为是]|\d{1,2})?(?:\s*[:：]|\s*$|(?=\s*[\d(（①第])))"
)
_NEXT_LABEL = re.compile(r"(?<=\s)(?!其中|[行列主宾]?栏?[:：])[\u4e00-\u9fff]{2,8}\s*[:：]")
_PAGE = re.compile(r"(?:共|第)?\d+页")
_AROUND = re.compile(r"^(?!其中)[^\d=≤≥<>:()]{1,12}:|\((?![甲乙丙丁戊己庚辛壬癸]\))[\u4e00-\u9fff]{1,8}\)$")
"""A label before a rule, and a unit of measure or another aside after it."""

_Found = tuple[str, list[Balance], Direction | None]
_MOST_CHARACTERS = 100


def _announced(tail: str, label: str = "") -> Iterator[_Found]:
    """The clauses after an announcement: whatever has a figure or a relation must be a rule."""
    for clause in clauses(_NEXT_LABEL.split(tail)[0]):
        said = _AROUND.sub("", clause)
        if _PAGE.fullmatch(said) or not (_RELATION.search(said) or re.search(r"\d", said)):
            continue
        try:
            yield said, parse_clause(said), _direction(label + clause)
        except NotABalance:
            yield _kept(clause), [], None


def _elsewhere(text: str) -> Iterator[_Found]:
    """The clauses of a text that nothing announces, also in parentheses after a heading."""
    for clause in clauses(_IN_PARENTHESES.sub(r" \1 ", text)):
        said = _AROUND.sub("", clause)
        try:
            balances = parse_clause(said)
        except NotABalance:
            if _looks_like_one(said):
                yield _kept(clause), [], None
            continue
        codes = [code for balance in balances for code in balance.codes]
        if _are_codes(codes):
            yield said, balances, _direction(clause)
        elif any(len(b.left) + len(b.right) > 2 for b in balances) and all(map(_is_name, codes)):
            yield said, balances, None


_IN_PARENTHESES = re.compile("[（(]([^（）()]*[=＝≤≥<>＜＞≦≧][^（）()]*)[）)]")


def _looks_like_one(clause: str) -> bool:
    """Whether a clause relates nothing but codes and signs, if in no way that can be read: `5=3/4`."""
    sides = [side.replace("其中:", "") for side in _RELATION.split(re.sub(r"[×*]100%?", "", clause))]
    bare = all(_CODES_AND_SIGNS.fullmatch(side) and _CODE.search(side) for side in sides)
    return len(sides) > 1 and (bare or _LEVELS.fullmatch(clause) is not None)


_CODES_AND_SIGNS = re.compile(r"[\dA-Z甲乙丙丁戊己庚辛壬癸第栏列行项()+\-×*/÷…~、至和之]+")
_CODE = re.compile("[0-9甲乙丙丁戊己庚辛壬癸]")
_LEVELS = re.compile(r"\d[\d.]*=[\d.]+(?:[+-][\d.]+)+")  # 2.1=2.1.1+2.1.2


def _are_codes(codes: list[str]) -> bool:
    """Whether all are codes, of one kind: N=30 is no rule."""
    letters = [len(code) == 1 and code.isascii() and code.isupper() for code in codes]
    return all(letters) or all(is_code(code) or code in MARKS for code in codes)


def _is_name(code: str) -> bool:
    return re.fullmatch(r"[\u4e00-\u9fff]+", code) is not None


def _direction(said: str) -> Direction | None:
    down = "主栏" in said or re.search(r"\d行|行\d|行间|行关系|^行", said) is not None
    across = re.search("(?<!主)栏|列", said) is not None
    return "down" if down and not across else "across" if across and not down else None


def _with_direction(said: str, direction: Direction | None) -> str:
    """A rule that does not say itself what its codes number, with what was said before it."""
    if direction is None or _direction(said):
        return said
    return said + ("（栏）" if direction == "across" else "（行）")


def _kept(clause: str) -> str:
    """What is kept of a text that can't be read: no telephone or identity numbers."""
    return re.sub(r"\d{7,}", "…", clause)[:_MOST_CHARACTERS]
