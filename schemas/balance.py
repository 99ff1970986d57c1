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
"""Which missing values keep a balance from being evaluated; where it is evaluated, they count as 0."""


class NotABalance(XiangcangError):
    """A text that is no balance, or can be read as more than one; its only argument is the text."""


@dataclass(frozen=True)
class BalanceTerm:
    """One value of a side: a code (`07`, `甲`) or the name of a field, added (1) or taken away (-1)."""

    sign: Literal[1, -1]
    code: str


@dataclass(frozen=True)
class Balance:
    """Two sums and how they must relate. text: the words it was read from, which equality ignores."""

    left: tuple[BalanceTerm, ...]
    relation: Relation
    right: tuple[BalanceTerm, ...]
    text: str = field(default="", compare=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """Each code once, in the order written."""
        return tuple(dict.fromkeys(term.code for term in (*self.left, *self.right)))

    def __str__(self) -> str:
        """Write it as forms print it: `12=13+14`."""
        return _write_side(self.left) + self.relation + _write_side(self.right)


def _write_side(side: tuple[BalanceTerm, ...]) -> str:
    return "".join(("-" if term.sign < 0 else "+") + term.code for term in side).removeprefix("+")


@dataclass(frozen=True)
class Evaluation:
    """Both sides of a balance in one record, and whether it holds; None where missing values leave it undecided."""

    left: Decimal
    right: Decimal
    holds: bool | None


def evaluate(
    balance: Balance,
    values: Mapping[str, Decimal | None],
    missing: Missing = "skip_if_any",
    *,
    step: Decimal | None = None,
) -> Evaluation:
    """Evaluate a balance on the values of one record.

    values: by code, None where missing. step: one in the last decimal place that all values were rounded
    to; None where they are exact. A rounded value is off by half a step at most, so n terms that balance
    can show a difference of less than n/2 steps, (n - 1) // 2 whole ones: none between one term and
    another, one between a total and its two or three parts. Where one value is greater than another, the
    rounded ones can be equal. Raises KeyError for a code without an entry in values.
    """
    left, right = _add_up(balance.left, values), _add_up(balance.right, values)
    absent = [values[code] is None for code in balance.codes]
    if (missing == "skip_if_any" and any(absent)) or (missing == "skip_if_all" and all(absent)):
        return Evaluation(left, right, None)
    slack = (len(balance.left) + len(balance.right) - 1) // 2 * (step or Decimal(0))
    excess = left - right
    holds = {
        "=": abs(excess) <= slack,
        "≤": excess <= slack,
        "≥": excess >= -slack,
        "<": excess < 0 if step is None else excess <= slack,
        ">": excess > 0 if step is None else excess >= -slack,
    }
    return Evaluation(left, right, holds[balance.relation])


def _add_up(terms: tuple[BalanceTerm, ...], values: Mapping[str, Decimal | None]) -> Decimal:
    return sum((term.sign * (values[term.code] or Decimal(0)) for term in terms), Decimal(0))


def parse_balances(text: str) -> list[Balance]:
    """Read every balance of a text, in order; a code or name stays as it is spelled (`07` is not `7`).

    Balances are parted by semicolons, commas, full stops, 、 or white space. `07、09≤05` is two; `05≥07、09`
    too; `11=01+02=12+16` compares both sums with 11; `1≤2≤3` each with the next; `2+3+…+9` is written out.
    Raises NotABalance if any part of the text is something else, or can be read in two ways.
    """
    balances = [balance for clause in clauses(text) for balance in parse_clause(clause)]
    if not balances:
        raise NotABalance(text)
    return balances


def clauses(text: str) -> list[str]:
    """Split a text into the parts that are read each for itself.

    They come in half-width signs and without the numbers of a list. Codes alone belong to the relation
    beside them, as in `07,09,10≤05`.
    """
    lines = _strip_numbers([piece for piece in re.split(r"[;,。\s]+", plain(text)) if piece])
    return _join_codes([clause for line in lines for clause in _join_codes(line.strip("、").split("、"))])


def _strip_numbers(lines: list[str]) -> list[str]:
    """Strip the numbers of a list: (1) from any line, 1、 or 1. where they count the lines from 1 to n."""
    lines = [re.sub(r"^(?:\(\d{1,2}\)|\d{1,2}\))(?=\w)", "", line) for line in lines]
    matches = [re.match(r"(\d{1,2})[、.]", line) for line in lines]
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) > 1 and numbers == list(range(1, len(lines) + 1)):
        return [line[match.end() :] for line, match in zip(lines, matches, strict=True) if match]
    return lines


def _join_codes(pieces: list[str]) -> list[str]:
    """Join codes that stand alone to the relation that takes several: `=` never does."""
    joined: list[str] = []
    waiting: list[str] = []
    for piece in pieces:
        relations = _RELATION.findall(piece)
        if not relations and all(map(_BARE.fullmatch, piece.split("、"))):
            waiting.append(piece)
            continue
        takes_before = bool(waiting and joined) and _RELATION.findall(joined[-1])[-1:] not in (["="], [])
        if takes_before and relations and relations[0] != "=":
            # either relation takes them: joined whole, which parse_clause refuses as ambiguous
            joined[-1] = "、".join([joined[-1], *waiting, piece])
        elif takes_before:
            joined[-1:] = ["、".join([joined[-1], *waiting]), piece]
        else:
            joined.append("、".join([*waiting, piece]))
        waiting = []
    if waiting and joined:
        joined[-1] = "、".join([joined[-1], *waiting])
        return joined
    return joined + waiting


def plain(text: str) -> str:
    """Write a text in half-width signs: ＝ ＋ － ＜＝ >= 大于等于 ① as = + - ≤ ≥ ≥ (1), no space around them."""
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
    """Read the balances of one of the `clauses` of a text. Raises NotABalance."""
    sides, relations = _RELATION.split(clause), _RELATION.findall(clause)
    firsts, lasts = sides[0].split("、"), sides[-1].split("、")
    if not relations or any("、" in side for side in sides[1:-1]):
        raise NotABalance(clause)
    if (len(firsts) > 1 and relations[0] == "=") or (len(lasts) > 1 and relations[-1] == "="):
        raise NotABalance(clause)  # 1、12=13+14 may be the first of a list as well as two balances
    balances = []
    for first in firsts:
        for last in lasts:
            chain = [_read_side(side, clause) for side in (first, *sides[1:-1], last)]
            for number, (before, after) in enumerate(pairwise(chain)):
                left = chain[0] if set(relations) == {"="} else before
                balances.append(Balance(left, relations[number], after, clause))
    return list(dict.fromkeys(balances))


def _read_side(side: str, clause: str) -> tuple[BalanceTerm, ...]:
    side = _SPAN.sub(lambda span: _expand_span(span[1], span[2], clause), side.removeprefix("其中:"))
    side = _ELLIPSIS.sub(lambda span: _expand_span(span[1], span[2], clause), side)
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
    """Strip a code of what is written around it: 第3栏, 3栏, (3) are 3."""
    word = word.strip("()")
    numbered = _NUMBERED.fullmatch(word)
    return numbered[1] if numbered else word


def _expand_span(first: str, last: str, clause: str) -> str:
    """Write a span of codes out, `01` to `05` as `01+02+03+04+05`. Raises NotABalance where it does not rise."""
    if len(first) > len(last) or int(first) >= int(last) or int(last) - int(first) > 200:
        raise NotABalance(clause)
    return "+".join(str(number).zfill(len(first)) for number in range(int(first), int(last) + 1))
