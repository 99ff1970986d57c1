"""Candidate rows of text to typed values, column by column; what cannot be read becomes a reason.

Plain texts of all columns are read in one vectorized pass, the rest by the rules of `values.py`, once
per distinct text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl

from schemas.field import Column
from sources.county.contract import Contract
from sources.county.places import Places
from sources.layout.column_name import bare_name
from sources.layout.draft import Candidates
from sources.text.squeeze import squeeze
from sources.text.values import (
    MISSING_TEXTS,
    MOST_DIGITS,
    Unread,
    is_missing,
    parse_day,
    parse_integer,
    parse_number,
    parse_yes_no,
)  # fmt: skip

_PLAIN_INTEGER = rf"^-?[0-9]{{1,{MOST_DIGITS}}}$"
_UNTIDY = "[^!-~\u4e00-\u9fff\u3400-\u4dbf\u3001\u3002·]|^'"
_NEVER = pl.lit(False)
_ABOVE_VILLAGES = ("township", "township_level", "subdistrict", "county")

UNREAD: dict[str, type[pl.DataType]] = {"index": pl.UInt32, "field": pl.String, "rule": pl.String}
"""What could not be read: which candidate, which field, and the rule that says why."""


@dataclass(frozen=True)
class Parsed:
    """values: a typed column a field of the table, null where absent; unread: index, field, rule."""

    values: pl.DataFrame
    unread: pl.DataFrame


@dataclass(frozen=True)
class _Pass:
    """One batch under one contract, and what could not be read of it so far."""

    candidates: Candidates
    contract: Contract
    places: Places
    unread: list[tuple[int, str, str]]


def parse(candidates: Candidates, table: list[Column], contract: Contract, places: Places) -> Parsed:
    """Parse every column of the table that the layout has."""
    found = _Pass(candidates, contract, places, [])
    present = [column for column in table if column.name in candidates.texts.columns]
    read = candidates.texts.select(
        expr
        for column in present
        if column.place is None
        for expr in _plainly(
            column, candidates.units.get(column.name, Decimal(1)), contract.formats.get(column.name)
        )
    )
    values = {
        column.name: _places(found, column) if column.place else _column(found, column, read)
        for column in present
    }
    for column in table:
        if column.name not in values:
            absent = pl.Series(column.name, [None], dtype=column.dtype)
            values[column.name] = absent.new_from_index(0, candidates.texts.height)
    unread = pl.DataFrame(sorted(found.unread), schema=UNREAD, orient="row")
    return Parsed(pl.DataFrame([values[column.name] for column in table]), unread)


@cache
def _plainly(column: Column, scale: Decimal, date_format: str | None) -> tuple[pl.Expr, pl.Expr]:
    """Which texts are plain (null where there is no text), and the values of those.

    scale: what numbers of the column are multiplied by. date_format: how the contract says days are written.
    """
    text, dtype = pl.col(column.name), column.dtype
    plain, value = _NEVER, pl.lit(None, dtype=dtype)
    zeros = scale.adjusted()  # of a scale that is a power of ten, as 万 is
    if isinstance(dtype, pl.Decimal) and zeros >= 0 and scale == 10**zeros:
        number = pl.when(text.str.contains(_plain_number(zeros))).then(text)
        if zeros:
            number = number.cast(pl.Decimal(38, 2 + zeros)) * 10**zeros
        value = number.cast(dtype, strict=False)
        plain = value.is_not_null()
    elif dtype == pl.Boolean or scale != 1:
        pass
    elif dtype == pl.Int64:
        value = pl.when(text.str.contains(_PLAIN_INTEGER)).then(text).cast(dtype, strict=False)
        plain = value.is_not_null()
    elif dtype == pl.Date:
        value = pl.when(text.str.len_bytes() == 10).then(text).str.to_date("%Y-%m-%d", strict=False)
        if date_format is not None:
            value = pl.coalesce(text.str.to_date(date_format, strict=False), value)
        plain = value.is_not_null()
    else:
        odd = text.str.contains(_UNTIDY) | text.is_in(list(MISSING_TEXTS))
        plain = text.is_in(list(column.allowed)) if column.allowed is not None else ~odd
        value = pl.when(plain).then(text)
    there = pl.when(text.is_not_null()).then(plain)
    return there.alias(f"{column.name} is plain"), value.alias(column.name)


def _plain_number(zeros: int) -> str:
    """The pattern of numbers that are whole cents once they are multiplied by 10**zeros."""
    return rf"^-?[0-9]{{1,{MOST_DIGITS - zeros}}}(\.[0-9]{{1,{2 + zeros}}})?$"


def _column(found: _Pass, column: Column, read: pl.DataFrame) -> pl.Series:
    values, plain = read[column.name], read[f"{column.name} is plain"]
    kinds = found.candidates.kinds[column.name] if found.candidates.kinds is not None else None
    refused = _refused_kinds(column, kinds)
    if plain.all() and not refused:  # ignores nulls
        return values
    texts = found.candidates.texts[column.name]
    rest = [at for at, is_plain in enumerate(plain.to_list()) if is_plain is False or at in refused]
    slow = _reader(found, column, texts, kinds)
    return values.scatter(
        rest, pl.Series([_read(found, column, at, refused, slow) for at in rest], dtype=column.dtype)
    )


_REFUSED = (("e", "error_cell"), ("m", "merged_cell"))


def _refused_kinds(column: Column, kinds: str | None) -> dict[int, str]:
    """Cells that are refused for what they are: errors, numbers merged over rows, identifiers as numbers."""
    if kinds is None:
        return {}
    marks = [(mark, rule) for mark, rule in _REFUSED if mark in kinds]
    refused = {at: rule for mark, rule in marks for at, kind in enumerate(kinds) if kind == mark}
    if "n" in kinds and column.dtype == pl.String and column.allowed is None and column.place is None:
        refused |= {at: "number_as_identifier" for at, kind in enumerate(kinds) if kind == "n"}
    return refused


def _read(found: _Pass, column: Column, at: int, refused: dict[int, str], slow: Callable[[int], Any]) -> Any:
    """The value of one cell, or null and a reason."""
    if at in refused:
        found.unread.append((at, column.name, refused[at]))
        return None
    value = slow(at)
    if isinstance(value, _Wrong):
        found.unread.append((at, column.name, value.rule))
        return None
    return value


@dataclass(frozen=True)
class _Wrong:
    rule: str


def _reader(found: _Pass, column: Column, texts: pl.Series, kinds: str | None) -> Callable[[int], Any]:
    """How a cell of the column is read: a value, None where it says that there is none, or what is wrong."""
    said = texts.to_list()
    known: dict[tuple[str, str], Any] = {}

    def read(at: int) -> Any:
        pair = said[at], kinds[at] if kinds else "t"
        if pair not in known:
            try:
                known[pair] = _value(found, column, *pair)
            except Unread:
                known[pair] = _Wrong("parse")
        return known[pair]

    return read


def _value(found: _Pass, column: Column, text: str, kind: str) -> Any:
    """One text as the column's type. Raises Unread."""
    said, dtype = squeeze(text), column.dtype
    if dtype == pl.Boolean and said.strip("-—–/"):  # 无 means no here, not missing
        return parse_yes_no(text)
    if column.allowed is not None and (meant := _meant(column, said, found.contract)) is not None:
        return meant
    if is_missing(text) or said in map(squeeze, found.contract.missing):
        return None
    scale = found.candidates.units.get(column.name, Decimal(1))
    if isinstance(dtype, pl.Decimal):
        return parse_number(
            text, scale, column.unit, min(MOST_DIGITS, dtype.precision - dtype.scale), dtype.scale
        )
    if dtype == pl.Int64:
        return parse_integer(text, scale, column.unit)
    if dtype == pl.Date:
        return parse_day(text, kind, found.contract.formats.get(column.name))
    return said.removeprefix("'")


def _meant(column: Column, said: str, contract: Contract) -> str | None:
    """What a text of a closed list stands for; one that stands for nothing is left to the table's rule."""
    stands_for = contract.values.get(column.name, {})
    assert column.allowed is not None
    if said in column.allowed or said in stands_for:
        return stands_for.get(said, said)
    return None if is_missing(said) else stands_for.get("*", said)


def _places(found: _Pass, column: Column) -> pl.Series:
    """Codes of places inside their rows' townships, each distinct pair of names looked up once."""
    candidates = found.candidates
    refused = _refused_kinds(column, candidates.kinds[column.name] if candidates.kinds is not None else None)
    township = candidates.township if candidates.township is not None else pl.lit(None, dtype=pl.String)
    said = candidates.texts.select(name=column.name).with_columns(township=township)
    if refused:
        said = said.with_columns(name=said["name"].scatter(list(refused), None))
    pairs = said.unique()
    read = [None if name is None else _resolve(found, column, name, within) for name, within in pairs.rows()]
    known = pairs.with_columns(
        code=pl.Series([None if isinstance(one, _Wrong) else one for one in read], dtype=pl.String),
        rule=pl.Series([one.rule if isinstance(one, _Wrong) else None for one in read], dtype=pl.String),
    )
    met = said.join(known, on=["name", "township"], how="left", nulls_equal=True, maintain_order="left")
    wrong = met["rule"].is_not_null().arg_true()
    rules = zip(wrong, met["rule"].gather(wrong), strict=True)
    found.unread.extend((at, column.name, rule) for at, rule in [*rules, *refused.items()])
    return met["code"].alias(column.name)


def _resolve(found: _Pass, column: Column, name: str, township: str | None) -> str | _Wrong | None:
    if is_missing(name):
        return None
    on, within = found.candidates.on, found.candidates.within
    if column.place in _ABOVE_VILLAGES:
        within = None
    elif township is not None and not is_missing(township):
        within, wrong = found.places.resolve(township, "township_level", None, on)
        if wrong:
            return _Wrong(wrong)
    meant = found.contract.values.get(column.name, {}).get(squeeze(name), bare_name(squeeze(name)))
    code, wrong = found.places.resolve(meant, column.place or "any", within, on)
    return _Wrong(wrong) if wrong else code
