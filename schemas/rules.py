"""Rules that more than one table needs, as polars expressions that are true where the rule holds."""

from functools import reduce

import polars as pl

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_CHECK_DIGITS = "10X98765432"


def credit_code_holds(code: pl.Expr) -> pl.Expr:
    """True where the 18th character is the check character of the first 17 (GB 32100-2015).

    Weights are 3**i modulo 31 over the 31-character alphabet; false for any other length.
    """
    numbers = {character: number for number, character in enumerate(_CREDIT_ALPHABET)}
    weighted = [
        _character(code, i).replace_strict(numbers, default=None, return_dtype=pl.Int32) * (3**i % 31)
        for i in range(17)
    ]
    expected = (31 - _total(weighted) % 31) % 31
    last = _character(code, 17).replace_strict(numbers, default=None, return_dtype=pl.Int32)
    return ((code.str.len_chars() == 18) & (expected == last)).fill_null(False)


def id_number_holds(number: pl.Expr) -> pl.Expr:
    """True where an 18-character citizen number ends in its check character (GB 11643-1999, ISO 7064).

    Weights are 2**(17-i) modulo 11; false for any other length, and for 15-digit numbers, which have none.
    """
    weighted = [_digit(number, i) * (2 ** (17 - i) % 11) for i in range(17)]
    last = number.str.slice(17, 1).str.to_uppercase()
    expected = (_total(weighted) % 11).replace_strict(
        dict(enumerate(_ID_CHECK_DIGITS)), default=None, return_dtype=pl.String
    )
    return (number.str.contains(r"^[0-9]{17}[0-9Xx]$") & (expected == last)).fill_null(False)


def _character(text: pl.Expr, position: int) -> pl.Expr:
    return text.str.slice(position, 1)


def _digit(text: pl.Expr, position: int) -> pl.Expr:
    return _character(text, position).cast(pl.Int32, strict=False)


def _total(parts: list[pl.Expr]) -> pl.Expr:
    return reduce(lambda left, right: left + right, parts)
