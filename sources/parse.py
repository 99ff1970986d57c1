"""Candidate rows of text to typed values, column by column; what cannot be read becomes a reason.

Plain texts take a vectorized path, the rest go through the rules of `values.py` once per distinct text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import polars as pl

from schemas.field import Column
from sources.contract import Contract, squeeze
from sources.places import Places
from sources.values import (
    MISSING_TEXTS,
    Unread,
    is_missing,
    parse_day,
    parse_integer,
    parse_number,
    parse_yes_no,
)

_PLAIN_NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"
_PLAIN_INTEGER = r"^-?[0-9]{1,15}$"
_UNTIDY = "[^!-~\u4e00-\u9fff\u3400-\u4dbf\u3001\u3002·]|^'"


@dataclass(frozen=True)
class Candidates:
    """texts: a column a field, rows in order; kinds: the kind of each cell, None for text files.

    units: how many of the field's unit one of the stated unit is. township: name per row, where the
    layout has it. within: the division whose villages are meant otherwise. on: the day for places.
    """

    texts: pl.DataFrame
    kinds: pl.DataFrame | None
    units: dict[str, Decimal]
    township: pl.Series | None
    within: str | None
    on: date


@dataclass(frozen=True)
class Parsed:
    """values: a typed column a field of the table, null where absent; unread: index, field, rule."""

    values: pl.DataFrame
    unread: pl.DataFrame


def parse(candidates: Candidates, table: list[Column], contract: Contract, places: Places) -> Parsed:
    """Parse every column of the table that the layout has."""
    height = candidates.texts.height
    values, unread = {}, [_unread([], "", "")]
    for column in table:
        if column.name not in candidates.texts.columns:
            values[column.name] = pl.Series([None], dtype=column.dtype).new_from_index(0, height)
            continue
        texts = candidates.texts[column.name]
        kinds = candidates.kinds[column.name] if candidates.kinds is not None else None
        parsed, failures = _parse_column(column, texts, kinds, candidates, contract, places)
        values[column.name] = parsed.alias(column.name)
        unread.extend(failures)
    return Parsed(pl.DataFrame(values), pl.concat(unread).sort("index"))


def _parse_column(
    column: Column,
    texts: pl.Series,
    kinds: pl.Series | None,
    candidates: Candidates,
    contract: Contract,
    places: Places,
) -> tuple[pl.Series, list[pl.DataFrame]]:
    failures = []
    if kinds is not None:
        errors = kinds == "e"
        identifiers = (kinds == "n") if _is_identifier(column) else kinds.is_null()
        for mask, rule in ((errors, "error_cell"), (identifiers, "number_as_identifier")):
            if mask.any():
                failures.append(_unread(mask.arg_true(), column.name, rule))
                texts = pl.select(pl.when(mask).then(None).otherwise(texts)).to_series().alias(texts.name)
    if column.place:
        values, more = _places(column, texts, candidates, contract, places)
    else:
        plain, fast = _fast(column, texts, candidates)
        slow = _slow(column, candidates, contract)
        values, failed = _through(texts, kinds, plain, fast, slow, column.dtype)
        more = [_unread(failed, column.name, "parse")]
    return values, failures + more


def _is_identifier(column: Column) -> bool:
    return column.dtype == pl.String and column.allowed is None and column.place is None


def _fast(column: Column, texts: pl.Series, candidates: Candidates) -> tuple[pl.Series, pl.Series]:
    """Which texts are plain, and the values of those (anything elsewhere)."""
    dtype = column.dtype
    scaled = candidates.units.get(column.name, Decimal(1)) != 1
    if isinstance(dtype, pl.Decimal) and not scaled:
        numbers = _where(texts.str.contains(_PLAIN_NUMBER), texts).cast(dtype, strict=False)
        return numbers.is_not_null(), numbers
    if dtype == pl.Int64 and not scaled:
        integers = _where(texts.str.contains(_PLAIN_INTEGER), texts).cast(dtype, strict=False)
        return integers.is_not_null(), integers
    if dtype == pl.Date:
        days = texts.str.to_date("%Y-%m-%d", strict=False)
        return days.is_not_null() & (texts.str.len_bytes() == 10), days
    if column.allowed is not None:
        return texts.is_in(list(column.allowed)), texts
    if dtype == pl.String:
        return ~texts.str.contains(_UNTIDY) & ~texts.is_in(list(MISSING_TEXTS)), texts
    return pl.Series([False]).new_from_index(0, texts.len()), pl.Series([None], dtype=dtype).new_from_index(
        0, texts.len()
    )


def _where(mask: pl.Series, texts: pl.Series) -> pl.Series:
    return pl.select(pl.when(mask).then(texts)).to_series()


def _slow(column: Column, candidates: Candidates, contract: Contract) -> Callable[[str, str], Any]:
    """How one text of the column is read: a value, None where it says that there is none, or Unread."""
    scale = candidates.units.get(column.name, Decimal(1))
    missing = {squeeze(text) for text in contract.missing}
    dtype = column.dtype

    def read(text: str, kind: str) -> Any:
        said = squeeze(text)
        if dtype == pl.Boolean and said and said.strip("-—–/") != "":
            return parse_yes_no(text)
        if column.allowed is not None and (meant := _meant(column, said, contract)) is not None:
            return meant
        if said in missing or is_missing(text):
            return None
        if isinstance(dtype, pl.Decimal):
            return parse_number(text, scale, column.unit, dtype.precision - dtype.scale, dtype.scale)
        if dtype == pl.Int64:
            return parse_integer(text, scale, column.unit)
        if dtype == pl.Date:
            return parse_day(text, kind)
        return said.removeprefix("'") if _is_identifier(column) else said

    return read


def _meant(column: Column, said: str, contract: Contract) -> str | None:
    stands_for = contract.values.get(column.name, {})
    assert column.allowed is not None
    if said in column.allowed:
        return said
    if said in stands_for:
        return stands_for[said]
    return None if is_missing(said) else stands_for.get("*", said)


def _through(
    texts: pl.Series,
    kinds: pl.Series | None,
    plain: pl.Series,
    fast: pl.Series,
    slow: Callable[[str, str], Any],
    dtype: pl.DataType,
) -> tuple[pl.Series, pl.Series]:
    """Values of all texts, and the indexes of those that could not be read."""
    rest = (~plain & texts.is_not_null()).arg_true()
    values = _where_any(plain, fast, dtype)
    if not rest.len():
        return values, rest
    odd = texts.gather(rest).to_list()
    odd_kinds = kinds.gather(rest).to_list() if kinds is not None else ["t"] * len(odd)
    known: dict[tuple[str, str], tuple[Any, bool]] = {}
    for pair in zip(odd, odd_kinds, strict=True):
        if pair not in known:
            known[pair] = _attempt(slow, *pair)
    read = [known[pair] for pair in zip(odd, odd_kinds, strict=True)]
    failed = pl.Series([at for at, (_, ok) in zip(rest, read, strict=True) if not ok], dtype=pl.UInt32)
    return values.scatter(rest, pl.Series([value for value, _ in read], dtype=dtype)), failed


def _attempt(slow: Callable[[str, str], Any], text: str, kind: str) -> tuple[Any, bool]:
    try:
        return slow(text, kind), True
    except Unread:
        return None, False


def _where_any(plain: pl.Series, fast: pl.Series, dtype: pl.DataType) -> pl.Series:
    return pl.select(pl.when(plain).then(fast).cast(dtype)).to_series()


def _places(
    column: Column, texts: pl.Series, candidates: Candidates, contract: Contract, places: Places
) -> tuple[pl.Series, list[pl.DataFrame]]:
    assert column.place is not None
    stands_for = contract.values.get(column.name, {})
    townships = (
        candidates.township
        if candidates.township is not None
        else texts.clear().extend_constant(None, texts.len())
    )
    pairs = pl.DataFrame({"name": texts, "township": townships})
    resolve = partial(_resolve, column, candidates, stands_for, places)
    known = pairs.unique()
    found = [resolve(name, township) for name, township in known.iter_rows()]
    known = known.with_columns(
        code=pl.Series([code for code, _ in found], dtype=pl.String),
        rule=pl.Series([rule for _, rule in found], dtype=pl.String),
    )
    read = pairs.join(known, on=["name", "township"], how="left", nulls_equal=True, maintain_order="left")
    failures = []
    for rule in ("unknown_place", "ambiguous_place"):
        at = (read["rule"] == rule).fill_null(False).arg_true()
        failures.append(_unread(at, column.name, rule))
    return read["code"], failures


def _resolve(
    column: Column,
    candidates: Candidates,
    stands_for: dict[str, str],
    places: Places,
    name: str | None,
    township: str | None,
) -> tuple[str | None, str | None]:
    if name is None or is_missing(name):
        return None, None
    within = candidates.within
    if township is not None and not is_missing(township):
        within, wrong = places.resolve(township, "township", None, candidates.on)
        if wrong:
            return None, wrong
    said = stands_for.get(squeeze(name), name)
    return places.resolve(said, column.place or "any", within, candidates.on)


def _unread(index: Any, field: str, rule: str) -> pl.DataFrame:
    at = pl.Series("index", index, dtype=pl.UInt32)
    return pl.DataFrame({"index": at}).with_columns(field=pl.lit(field), rule=pl.lit(rule))
