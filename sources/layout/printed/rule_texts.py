"""Rules that a sheet prints itself: texts that say how its figures must balance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.balance import Balance, NotABalance, clauses, parse_clause, plain
from sources.layout.code_lines import Region
from sources.layout.column_name import MARKS, is_code
from sources.text.personal import hide_personal

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


def find_rule_texts(region: Region) -> Iterator[RuleText]:
    """Find every rule that a region prints, and every text that must be one but can't be read.

    After 平衡关系, 审核关系 and the like all that follows is rules, also in the cells beside and below.
    Elsewhere only a relation between codes is one, or a sum of names: `年龄≥60`, `1=男`, `1亩=666平方米`
    are not.
    """
    last_row = -2  # the last row in which announced rules stood
    bare: list[RuleText] = []  # announcements that nothing followed yet
    for row, column, text in _find_texts_with_clue(region):
        before, *tails = _ANNOUNCEMENT.split(text)
        continues = not tails and row - last_row <= 1 and bool(_RELATION.search(plain(text)))
        rule_clauses = list(_read_announced(before) if continues else _read_unannounced(before))
        for label, tail in zip(tails[::2], tails[1::2], strict=True):
            announced = list(_read_announced(tail, label))
            rule_clauses += announced
            if not announced:
                bare.append(RuleText(row, column, label.strip()))
        if continues and bare and rule_clauses and row - bare[-1].row <= 1:
            bare.pop()
        if tails or continues:
            last_row = row
        for clause, balances, direction in rule_clauses:
            for balance in balances:
                name = _add_direction(str(balance) if len(balances) > 1 else clause, direction)
                yield RuleText(row, column, name, balance, direction)
            if not balances:
                yield RuleText(row, column, clause)
    yield from bare


def _find_texts_with_clue(region: Region) -> Iterator[tuple[int, int, str]]:
    columns = slice(region.columns.start, region.columns.stop)
    for row in region.rows:
        if _CLUE.search("\n".join(region.sheet.text[row][columns])):
            for column in region.columns:
                text = region.sheet.text[row][column]
                if region.sheet.kinds[row][column] == "t" and _CLUE.search(text):
                    yield row, column, hide_personal(text)


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

_RuleClause = tuple[str, list[Balance], Direction | None]
_MOST_CHARACTERS = 100


def _read_announced(tail: str, label: str = "") -> Iterator[_RuleClause]:
    """Read the clauses after an announcement: whatever has a figure or a relation must be a rule."""
    for clause in clauses(_NEXT_LABEL.split(tail)[0]):
        bare = _AROUND.sub("", clause)
        if _PAGE.fullmatch(bare) or not (_RELATION.search(bare) or re.search(r"\d", bare)):
            continue
        try:
            yield bare, parse_clause(bare), _find_direction(label + clause)
        except NotABalance:
            yield _redact(clause), [], None


def _read_unannounced(text: str) -> Iterator[_RuleClause]:
    """Read the clauses of a text that nothing announces, also in parentheses after a heading."""
    for clause in clauses(_IN_PARENTHESES.sub(r" \1 ", text)):
        bare = _AROUND.sub("", clause)
        try:
            balances = parse_clause(bare)
        except NotABalance:
            if _looks_like_rule(bare):
                yield _redact(clause), [], None
            continue
        codes = [code for balance in balances for code in balance.codes]
        if _are_codes(codes):
            yield bare, balances, _find_direction(clause)
        elif any(len(b.left) + len(b.right) > 2 for b in balances) and all(map(_is_name, codes)):
            yield bare, balances, None


_IN_PARENTHESES = re.compile("[（(]([^（）()]*[=＝≤≥<>＜＞≦≧][^（）()]*)[）)]")


def _looks_like_rule(clause: str) -> bool:
    """Tell whether a clause that can't be read still relates nothing but codes and signs: `5=3/4`."""
    sides = [side.replace("其中:", "") for side in _RELATION.split(re.sub(r"[×*]100%?", "", clause))]
    bare = all(_CODES_AND_SIGNS.fullmatch(side) and _CODE.search(side) for side in sides)
    return len(sides) > 1 and (bare or _LEVELS.fullmatch(clause) is not None)


_CODES_AND_SIGNS = re.compile(r"[\dA-Z甲乙丙丁戊己庚辛壬癸第栏列行项()+\-×*/÷…~、至和之]+")
_CODE = re.compile("[0-9甲乙丙丁戊己庚辛壬癸]")
_LEVELS = re.compile(r"\d[\d.]*=[\d.]+(?:[+-][\d.]+)+")  # 2.1=2.1.1+2.1.2


def _are_codes(codes: list[str]) -> bool:
    """Tell whether all are codes, of one kind: N=30 is no rule."""
    letters = [len(code) == 1 and code.isascii() and code.isupper() for code in codes]
    return all(letters) or all(is_code(code) or code in MARKS for code in codes)


def _is_name(code: str) -> bool:
    return re.fullmatch(r"[\u4e00-\u9fff]+", code) is not None


def _find_direction(clause: str) -> Direction | None:
    down = "主栏" in clause or re.search(r"\d行|行\d|行间|行关系|^行", clause) is not None
    across = re.search("(?<!主)栏|列", clause) is not None
    return "down" if down and not across else "across" if across and not down else None


def _add_direction(clause: str, direction: Direction | None) -> str:
    """Add the direction to a rule that does not state itself what its codes number."""
    if direction is None or _find_direction(clause):
        return clause
    return clause + ("（栏）" if direction == "across" else "（行）")


def _redact(clause: str) -> str:
    """Shorten a text that can't be read, without telephone and identity numbers."""
    return re.sub(r"\d{7,}", "…", clause)[:_MOST_CHARACTERS]
