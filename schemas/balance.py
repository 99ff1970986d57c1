"""Balances: what the figures of one record must add up to, as forms print it and tables declare it.

`12=13+14`, `07、09≤05`, `第3栏=第4栏+第5栏`, `total_yuan = central_yuan + provincial_yuan`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from schemas.errors import XiangcangError

Relation = Literal["=", "≤", "≥", "<", ">"]
Missing = Literal["skip_if_any", "skip_if_all", "never_skip"]
"""When a balance says nothing of a record; where it does speak, a missing value counts as 0."""


class NotABalance(XiangcangError):
    """The text is no balance, or can be read as more than one. Its only argument is the text."""


@dataclass(frozen=True)
class BalanceTerm:
    """One value of a side: a code (`07`, `甲`) or the name of a field, added or taken away."""

    sign: Literal[1, -1]
    code: str


@dataclass(frozen=True)
class Balance:
    """Two sums and how they must relate. text: as written; what it was read from makes no difference."""

    left: tuple[BalanceTerm, ...]
    relation: Relation
    right: tuple[BalanceTerm, ...]
    text: str = field(default="", compare=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """Each code once, in the order written."""
        return tuple(dict.fromkeys(term.code for term in (*self.left, *self.right)))

    def __str__(self) -> str:
        """As it would be written: `12=13+14`."""
        return _written(self.left) + self.relation + _written(self.right)


def _written(side: tuple[BalanceTerm, ...]) -> str:
    return "".join(("-" if term.sign < 0 else "+") + term.code for term in side).removeprefix("+")


@dataclass(frozen=True)
class Verdict:
    """Both sides of a balance in one record, and whether it holds; None where it says nothing."""

    left: Decimal
    right: Decimal
    holds: bool | None


def hold(
    balance: Balance,
    values: Mapping[str, Decimal | None],
    missing: Missing = "skip_if_any",
    *,
    step: Decimal | None = None,
) -> Verdict:
    """Hold a record against a balance.

    values: by code, None where missing. step: one in the last decimal place that all values were rounded
    to; None where they are exact. What was rounded is off by half a step at most, so n terms that balance
    can show a difference of less than n/2 steps, (n - 1) // 2 whole ones: none between one term and
    another, one between a total and its two or three parts. Of two figures one of which is greater, the
    rounded ones can be equal. Raises KeyError for a code that has no value at all.
    """
    left, right = _sum(balance.left, values), _sum(balance.right, values)
    absent = [values[code] is None for code in balance.codes]
    if (missing == "skip_if_any" and any(absent)) or (missing == "skip_if_all" and all(absent)):
        return Verdict(left, right, None)
    slack = (len(balance.left) + len(balance.right) - 1) // 2 * (step or Decimal(0))
    above = left - right
    holds = {
        "=": abs(above) <= slack,
        "≤": above <= slack,
        "≥": above >= -slack,
        "<": above < 0 if step is None else above <= slack,
        ">": above > 0 if step is None else above >= -slack,
    }
    return Verdict(left, right, holds[balance.relation])


def _sum(terms: tuple[BalanceTerm, ...], values: Mapping[str, Decimal | None]) -> Decimal:
    return sum((term.sign * (values[term.code] or Decimal(0)) for term in terms), Decimal(0))


def parse_balances(text: str) -> list[Balance]:
    """Every balance of a text, in order; a code or name stays as it is spelled (`07` is not `7`).

    Balances are parted by semicolons, commas, full stops, 、 or white space. `07、09≤05` is two; `05≥07、09`
    too; `11=01+02=12+16` holds both sums against 11; `1≤2≤3` each with the next; `2+3+…+9` is written out.
    Raises NotABalance if any part of the text is something else, or can be read in two ways.
    """
    found = [balance for clause in clauses(text) for balance in parse_clause(clause)]
    if not found:
        raise NotABalance(text)
    return found


def clauses(text: str) -> list[str]:
    """The parts of a text that are read each for itself, in half-width signs, without the numbers of a list.

    Codes alone belong to the relation beside them, as in `07,09,10≤05`.
    """
    lines = _unnumbered([piece for piece in re.split(r"[;,。\s]+", plain(text)) if piece])
    return _joined([clause for line in lines for clause in _joined(line.strip("、").split("、"))])


def _unnumbered(lines: list[str]) -> list[str]:
    """Lines without their numbers: (1)12=13+14 each for itself, 1、 or 1. where they count from 1 to n."""
    lines = [re.sub(r"^(?:\(\d{1,2}\)|\d{1,2}\))(?=\w)", "", line) for line in lines]
    numbers = [re.match(r"(\d{1,2})[、.]", line) for line in lines]
    said = [int(number[1]) for number in numbers if number]
    if len(said) > 1 and said == list(range(1, len(lines) + 1)):
        return [line[number.end() :] for line, number in zip(lines, numbers, strict=True) if number]
    return lines


def _joined(pieces: list[str]) -> list[str]:
    """Pieces, where codes alone are joined to the relation that takes several: `=` never does."""
    found: list[str] = []
    waiting: list[str] = []
    for piece in pieces:
        relations = _RELATION.findall(piece)
        if not relations and all(map(_BARE.fullmatch, piece.split("、"))):
            waiting.append(piece)
            continue
        before = (
            found[-1:] if waiting and found and _RELATION.findall(found[-1])[-1:] not in (["="], []) else []
        )
        if before and relations and relations[0] != "=":
            found[-1:] = ["、".join([*before, *waiting, piece])]  # either takes them: no one can tell
        elif before:
            found[-1:] = ["、".join([*before, *waiting]), piece]
        else:
            found.append("、".join([*waiting, piece]))
        waiting = []
    if waiting and found:
        found[-1] = "、".join([found[-1], *waiting])
        return found
    return found + waiting


def plain(text: str) -> str:
    """The text in half-width signs: ＝ ＋ － ＜＝ >= 大于等于 ① as = + - ≤ ≥ ≥ (1), no space around signs."""
    text = re.sub("[①-⑳]", lambda mark: f"({unicodedata.normalize('NFKC', mark[0])})", text)
    text = unicodedata.normalize("NFKC", text)
    for pattern, sign in _SPELLINGS:
        text = pattern.sub(sign, text)
    return text.strip()


_SPELLINGS = [
    (re.compile(pattern), sign)
    for pattern, sign in [
        (r"大于或?等于|不小于|≧|⩾|>\s*=|=\s*>", "≥"),
        (r"小于或?等于|不大于|≦|⩽|<\s*=|=\s*<", "≤"),
        (r"等于|==", "="),
        ("大于", ">"),
        ("小于", "<"),
        ("[“”‘’\"']", ""),
        (r"(?:应当?|必?须)\s*(?=[=≤≥<>])", ""),
        (r"(?<=[\d)栏列行项])\s*(?:并?且|同时)\s*(?=[\d(第])", ";"),
        ("[—–−‐‑]", "-"),
        (r"[\[【〔{]\s*(\w+)\s*[\]】〕}]", r"(\1)"),
        (r"(?<=[\d)栏列行项])\s*加\s*(?=[\d(第])", "+"),
        (r"(?<=[\d)栏列行项])\s*减\s*(?=[\d(第])", "-"),
        (r"[…⋯]+|\.{2,}", "…"),
        (r"\s*([=≤≥<>≠+\-…、,;:。])\s*", r"\1"),
    ]
]
_RELATION = re.compile("[=≤≥<>]")


def parse_clause(clause: str) -> list[Balance]:
    """The balances of one of the `clauses` of a text. Raises NotABalance."""
    sides, relations = _RELATION.split(clause), _RELATION.findall(clause)
    firsts, lasts = sides[0].split("、"), sides[-1].split("、")
    if not relations or any("、" in side for side in sides[1:-1]):
        raise NotABalance(clause)
    if (len(firsts) > 1 and relations[0] == "=") or (len(lasts) > 1 and relations[-1] == "="):
        raise NotABalance(clause)  # 1、12=13+14 may be the first of a list as well as two balances
    found = []
    for first in firsts:
        for last in lasts:
            chain = [_read_side(side, clause) for side in (first, *sides[1:-1], last)]
            for number, (before, after) in enumerate(pairwise(chain)):
                left = chain[0] if set(relations) == {"="} else before
                found.append(Balance(left, relations[number], after, clause))  # type: ignore[arg-type]
    return list(dict.fromkeys(found))


def _read_side(side: str, clause: str) -> tuple[BalanceTerm, ...]:
    side = _SPAN.sub(lambda span: _written_out(span[1], span[2], clause), side.removeprefix("其中:"))
    side = _ELLIPSIS.sub(lambda span: _written_out(span[1], span[2], clause), side)
    if not _SIDE.fullmatch(side):
        raise NotABalance(clause)
    return tuple(BalanceTerm(-1 if sign == "-" else 1, bare_code(code)) for sign, code in _TERM.findall(side))


_SIDE = re.compile(r"[+-]?(?:\w+|\(\w+\))(?:[+-](?:\w+|\(\w+\)))*")
_TERM = re.compile(r"([+-]?)(\w+|\(\w+\))")
_SPAN = re.compile(r"第?(\d+)(?:[栏列行项])?[至到~-]第?(\d+)(?:[栏列行项])?(?:各项)?(?:之和|的和|合计)")
_ELLIPSIS = re.compile(r"(\d+)\+…\+(\d+)")
_CODE = r"\d[0-9A-Za-z]{0,5}|[甲乙丙丁戊己庚辛壬癸]|[A-Z]{1,2}"
_NUMBERED = re.compile(rf"(?:第|第?[栏列行项])?({_CODE})[栏列行项]?")
_BARE = re.compile(rf"\(?(?:{_NUMBERED.pattern}|[A-Za-z_][A-Za-z0-9_]*)\)?")


def bare_code(word: str) -> str:
    """A code without what is written around it: 第3栏, 3栏, (3) are 3."""
    word = word.strip("()")
    numbered = _NUMBERED.fullmatch(word)
    return numbered[1] if numbered else word


def _written_out(first: str, last: str, clause: str) -> str:
    if len(first) > len(last) or int(first) >= int(last) or int(last) - int(first) > 200:
        raise NotABalance(clause)
    return "+".join(str(number).zfill(len(first)) for number in range(int(first), int(last) + 1))
