"""Cells one by one: the value of a text under its column's type, or the rule that says why it has none."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from schemas.field import Column
from sources.county.contract import Contract
from sources.layout.draft import Candidates
from sources.text.squeeze import squeeze
from sources.text.unit import dimension
from sources.text.values import (
    MOST_DIGITS,
    NO_ANSWERS,
    is_endless,
    is_missing,
    parse_day,
    parse_integer,
    parse_number,
    parse_yes_no,
)  # fmt: skip

SLIPPED = r"^[0-9](\.[0-9]+)?[eE]\+[0-9]+$|^[0-9]+\.0$|^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}$|^(TRUE|FALSE)$"
"""An identifier that a program took for a number, a day or a truth value before it was saved as text."""
_LETTER_O = "O[0-9]|[0-9]O"
ODD_IDENTIFIER = f"[a-z]|{_LETTER_O}|{SLIPPED}"
"""What keeps an identifier from being taken as it stands."""


@dataclass(frozen=True)
class Failure:
    """A cell that cannot be read, by the rule that says why."""

    rule: str


_REFUSED = {
    "e": "error_cell",
    "m": "merged_cell",
    "f": "formula_without_result",
    "s": "scaled_display",
}
_REFUSED_AS_TEXT = {
    "n": "number_as_identifier",
    "p": "number_as_identifier",
    "s": "number_as_identifier",
    "d": "date_as_identifier",
    "b": "boolean_as_identifier",
}


def find_refused_cells(column: Column, kinds: str | None, *, may_be_number: bool = False) -> dict[int, str]:
    """Map cells refused for their kind to a rule: errors, numbers merged over rows, numeric identifiers.

    may_be_number: whether the contract allows its codes to be stored as numbers.
    """
    if kinds is None:
        return {}
    rules = _REFUSED
    if column.is_free_text:
        rules = rules | _REFUSED_AS_TEXT
    if may_be_number:
        rules = {kind: rule for kind, rule in rules.items() if kind != "n"}
    if rules.keys().isdisjoint(kinds):
        return {}
    return {at: rules[kind] for at, kind in enumerate(kinds) if kind in rules}


def parse_text(candidates: Candidates, contract: Contract, column: Column, text: str, kind: str) -> Any:
    """Parse one text as the column's type. Raises Unread."""
    squeezed, dtype = squeeze(text), column.dtype
    if squeezed in NO_ANSWERS:
        return Failure("no_answer")
    if dtype == pl.Boolean and (squeezed == "无" or not is_missing(text)):  # 无 means no here, not missing
        return parse_yes_no(contract.values.get(column.name, {}).get(squeezed, text))
    if column.allowed is not None and (meaning := _translate(column, squeezed, kind, contract)) is not None:
        return meaning
    if is_missing(text):
        return None
    if dtype == pl.Date:
        return _parse_day(candidates, contract, column, text, kind)
    if kind == "n" and column.name in contract.numeric_codes:
        return _parse_numeric_code(text, contract.numeric_codes[column.name])
    if not dtype.is_numeric():
        return _parse_words(column, squeezed.removeprefix("'"))
    scale = candidates.units.get(column.name, Decimal(1))
    if kind == "p":
        if dimension(column.unit) != "ratio":
            return Failure("percent_display")
        text, scale = f"{Decimal(text) * 100}%", Decimal(1)
    if isinstance(dtype, pl.Decimal):
        return parse_number(
            text, scale, column.unit, min(MOST_DIGITS, dtype.precision - dtype.scale), dtype.scale
        )
    return parse_integer(text, scale, column.unit)


def _parse_day(candidates: Candidates, contract: Contract, column: Column, text: str, kind: str) -> Any:
    if is_endless(text):
        return None if column.nullable and column.ends else Failure("parse")
    return parse_day(text, kind, contract.formats.get(column.name), candidates.serial_start)


def _parse_numeric_code(text: str, digits: int) -> str | Failure:
    """Return the digits of a code that is stored as a whole number, if none can have been lost but zeros in front."""
    if not re.fullmatch("[0-9]{1,16}", text) or int(text) >= _FIRST_INEXACT:
        return Failure("number_as_identifier")
    return text.zfill(digits)


_FIRST_INEXACT = 2**53
"""The first whole number that a workbook may have stored instead of the next."""


def _parse_words(column: Column, text: str) -> str | Failure:
    """Return a text as it is kept: an identifier in capitals, unless an O among its digits may be a zero."""
    if slip := re.match(SLIPPED, text):
        return Failure(
            "boolean_as_identifier"
            if slip[2]
            else "date_as_identifier"
            if "/" in text
            else "number_as_identifier"
        )
    if not column.is_identifier:
        return text
    identifier = text.upper()
    return Failure("letter_o") if re.search(_LETTER_O, identifier) else identifier


def _translate(column: Column, text: str, kind: str, contract: Contract) -> str | None:
    """Translate a text of a closed list to its value; what has no value is left to the table's rule."""
    meanings = contract.values.get(column.name, {})
    assert column.allowed is not None
    if text in column.allowed or text in meanings:
        return meanings.get(text, text)
    return None if is_missing(text) else meanings.get("*", text) if kind == "t" else text
