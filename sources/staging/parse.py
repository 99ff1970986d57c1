"""Parsing of candidate rows, column by column: texts to typed values, and a reason for each unreadable cell.

Plain texts of all columns are read in one vectorized pass, the rest by the rules of `values.py`, once
per distinct text.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl

from schemas.field import Column
from sources.county.contract import Contract
from sources.county.places import Places
from sources.layout.column_name import bare_name
from sources.layout.draft import Candidates
from sources.staging.cell import ODD_IDENTIFIER, SLIPPED, Failure, find_refused_cells, parse_text
from sources.text.squeeze import squeeze
from sources.text.values import (
    EXCEL_DAYS,
    MISSING_TEXTS,
    MOST_DIGITS,
    MOST_WHOLE_DIGITS,
    NO_ANSWERS,
    Unread,
    is_missing,
    read_own_scale,
)

_PLAIN_INTEGER = rf"^-?[0-9]{{1,{MOST_WHOLE_DIGITS}}}$"
_UNTIDY = "[^!-~\u4e00-\u9fff\u3400-\u4dbf\u3001\u3002·]|^'|^-+$"
_ODD_DAY = "^(9999|2999|2099|1900|1899|0001|0000)-"
_ABOVE_VILLAGES = ("township", "township_level", "subdistrict", "zone", "county")

UNREAD: dict[str, type[pl.DataType]] = {"index": pl.UInt32, "field": pl.String, "rule": pl.String}
"""Cells that could not be read, or are doubtful: index of the candidate, field, and the rule that says why."""


@dataclass(frozen=True)
class Parsed:
    """Parsed rows.

    values: a typed column per field of the table, null where absent. unread, doubtful: index, field, rule.
    """

    values: pl.DataFrame
    unread: pl.DataFrame
    doubtful: pl.DataFrame


@dataclass(frozen=True)
class _Batch:
    """One batch under one contract, and the cells so far that could not be read, or are doubtful: index, field, rule."""

    candidates: Candidates
    contract: Contract
    places: Places
    unread: list[tuple[int, str, str]]
    doubtful: list[tuple[int, str, str]]


def parse(candidates: Candidates, table: list[Column], contract: Contract, places: Places) -> Parsed:
    """Parse every column of the table that the layout has."""
    candidates = _blank_missing(candidates, contract)
    batch = _Batch(candidates, contract, places, [], [])
    present = [column for column in table if column.name in candidates.texts.columns]
    plain = [
        _build_plain_value(
            column,
            candidates.units.get(column.name, Decimal(1)),
            contract.formats.get(column.name),
            column.name in contract.values,
        )
        for column in present
        if column.place is None
    ]
    plain_values = candidates.texts.with_columns(plain)  # as high also where no text of any column is plain
    values = {
        column.name: _resolve_places(batch, column)
        if column.place
        else _fill_blanks(batch, column, _parse_column(batch, column, plain_values))
        for column in present
    }
    for column in table:
        if column.name not in values:
            absent = pl.Series(column.name, [None], dtype=column.dtype)
            values[column.name] = absent.new_from_index(0, candidates.texts.height)
    unread, doubtful = (
        pl.DataFrame(sorted(cells), schema=UNREAD, orient="row") for cells in (batch.unread, batch.doubtful)
    )
    return Parsed(pl.DataFrame([values[column.name] for column in table]), unread, doubtful)


def _blank_missing(candidates: Candidates, contract: Contract) -> Candidates:
    """Blank the texts by which the contract says that there is no value."""
    if contract.missing_pattern is None:
        return candidates
    pattern, texts, township = contract.missing_pattern.pattern, candidates.texts, candidates.township
    if township is not None:
        township = township.set(township.str.contains(pattern).fill_null(False), None)
    filled = pl.when(~pl.all().str.contains(pattern)).then(pl.all())
    return replace(candidates, texts=texts.select(filled), township=township)


@cache
def _build_plain_value(
    column: Column, scale: Decimal, date_format: str | None, has_meanings: bool
) -> pl.Expr:
    """Return the expression of the values of plain texts, null for others.

    scale: what numbers of the column are multiplied by. date_format: of the contract, for days.
    has_meanings: whether the contract says what words of its own mean.
    """
    text, dtype = pl.col(column.name), column.dtype
    value = pl.lit(None, dtype=dtype)
    zeros = scale.adjusted()  # of a scale that is a power of ten, as 万 is
    if isinstance(dtype, pl.Decimal) and zeros >= 0 and scale == 10**zeros:
        number = pl.when(text.str.contains(_plain_number(zeros))).then(text)
        if zeros:
            number = number.cast(pl.Decimal(38, 2 + zeros)) * 10**zeros
        value = number.cast(dtype, strict=False)
    elif dtype == pl.Boolean and not has_meanings:
        value = pl.when(text.is_in(["是", "否"])).then(text == "是")
    elif dtype == pl.Boolean or scale != 1:
        pass
    elif dtype == pl.Int64:
        value = pl.when(text.str.contains(_PLAIN_INTEGER)).then(text).cast(dtype, strict=False)
    elif dtype == pl.Date:
        day = pl.when(~text.str.contains(_ODD_DAY)).then(text)
        value = (
            pl.when(day.str.len_bytes() == 10).then(day).str.to_date("%Y-%m-%d", strict=False, cache=False)
        )
        if date_format not in (None, EXCEL_DAYS):
            value = pl.coalesce(day.str.to_date(date_format, strict=False), value)
    elif column.allowed is not None:
        value = pl.when(text.is_in(list(column.allowed))).then(text)
    else:
        pattern = f"{_UNTIDY}|{ODD_IDENTIFIER if column.is_identifier else SLIPPED}"
        odd = text.str.contains(pattern) | text.is_in(list(MISSING_TEXTS | NO_ANSWERS))
        value = pl.when(~odd).then(text)
    return value.alias(column.name)


def _plain_number(zeros: int) -> str:
    """Return the pattern of numbers that are whole cents once they are multiplied by 10**zeros."""
    return rf"^-?[0-9]{{1,{MOST_DIGITS - zeros}}}(\.[0-9]{{1,{2 + zeros}}})?$"


def _parse_column(batch: _Batch, column: Column, plain_values: pl.DataFrame) -> pl.Series:
    values, texts = plain_values[column.name], batch.candidates.texts[column.name]
    kinds = batch.candidates.kinds[column.name] if batch.candidates.kinds is not None else None
    refused = find_refused_cells(column, kinds, may_be_number=column.name in batch.contract.numeric_codes)
    read_by_kind = _find_read_by_kind(batch.contract, column, kinds or "")
    if values.null_count() == texts.null_count() and not refused and not read_by_kind:
        return values
    rest = sorted({*(values.is_null() & texts.is_not_null()).arg_true(), *refused, *read_by_kind})
    read = _make_reader(batch, column, texts, kinds)
    return values.scatter(
        rest, pl.Series([_read_cell(batch, column, at, refused, read) for at in rest], dtype=column.dtype)
    )


def _find_read_by_kind(contract: Contract, column: Column, kinds: str) -> list[int]:
    """Find the cells that mean another thing than a text that looks like them."""
    chosen = "p"
    if column.name in contract.numeric_codes:
        chosen += "n"
    if column.name in contract.formats:
        chosen += "nd"
    if set(chosen).isdisjoint(kinds):
        return []
    return [at for at, kind in enumerate(kinds) if kind in chosen]


def _fill_blanks(batch: _Batch, column: Column, values: pl.Series) -> pl.Series:
    """Fill in what a blank cell stands for by the contract. A cell that cannot be read rejects its row all the same."""
    meaning = batch.contract.values.get(column.name, {}).get("")
    return values if meaning is None else values.fill_null(meaning)


def _read_cell(
    batch: _Batch, column: Column, at: int, refused: dict[int, str], read: Callable[[int], Any]
) -> Any:
    """Return the value of one cell; null where it cannot be read, with a reason added to the batch."""
    if at in refused:
        batch.unread.append((at, column.name, refused[at]))
        return None
    value = read(at)
    if isinstance(value, Failure):
        batch.unread.append((at, column.name, value.rule))
        return None
    if value is not None and column.dtype.is_numeric():
        own_scale = read_own_scale(batch.candidates.texts[column.name][at], column.unit)
        if own_scale is not None and own_scale != batch.candidates.units.get(column.name, Decimal(1)):
            batch.doubtful.append((at, column.name, "own_unit"))
    return value


def _make_reader(batch: _Batch, column: Column, texts: pl.Series, kinds: str | None) -> Callable[[int], Any]:
    """Make the reader of a column's cells by index: a value, None where missing, or the broken rule."""
    cell_texts = texts.to_list()
    values: dict[tuple[str, str], Any] = {}

    def read(at: int) -> Any:
        pair = cell_texts[at], kinds[at] if kinds else "t"
        if pair not in values:
            try:
                values[pair] = parse_text(batch.candidates, batch.contract, column, *pair)
            except Unread:
                values[pair] = Failure("parse")
        return values[pair]

    return read


def _resolve_places(batch: _Batch, column: Column) -> pl.Series:
    """Resolve place names inside their rows' townships to codes, each distinct pair of names once."""
    candidates = batch.candidates
    refused = find_refused_cells(
        column, candidates.kinds[column.name] if candidates.kinds is not None else None
    )
    township = candidates.township if candidates.township is not None else pl.lit(None, dtype=pl.String)
    names = candidates.texts.select(name=column.name).with_columns(township=township)
    if refused:
        names = names.with_columns(name=names["name"].scatter(list(refused), None))
    pairs = names.unique()
    codes = [
        None if name is None else _resolve_place(batch, column, name, within) for name, within in pairs.rows()
    ]
    code_of_pair = pairs.with_columns(
        code=pl.Series([None if isinstance(code, Failure) else code for code in codes], dtype=pl.String),
        rule=pl.Series([code.rule if isinstance(code, Failure) else None for code in codes], dtype=pl.String),
    )
    resolved = names.join(
        code_of_pair, on=["name", "township"], how="left", nulls_equal=True, maintain_order="left"
    )
    wrong = resolved["rule"].is_not_null().arg_true()
    rules = zip(wrong, resolved["rule"].gather(wrong), strict=True)
    batch.unread.extend((at, column.name, rule) for at, rule in [*rules, *refused.items()])
    return resolved["code"].alias(column.name)


def _resolve_place(batch: _Batch, column: Column, name: str, township: str | None) -> str | Failure | None:
    if is_missing(name):
        return None
    on, within = batch.candidates.on, batch.candidates.within
    level = batch.contract.level_of(column) or "any"
    if level in _ABOVE_VILLAGES:
        within = None
    elif township is not None and not is_missing(township):
        within, wrong = batch.places.resolve(township, "township_level", None, on)
        if wrong:
            return Failure(wrong)
    place_name = batch.contract.values.get(column.name, {}).get(squeeze(name), bare_name(squeeze(name)))
    code, wrong = batch.places.resolve(place_name, level, within, on)
    return Failure(wrong) if wrong else code
