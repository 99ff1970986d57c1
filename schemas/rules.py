"""Rules that more than one table needs, as polars expressions that are true where the rule holds."""

from functools import reduce

import polars as pl

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_CHECK_DIGITS = "10X98765432"


def credit_code_holds(code: pl.Expr) -> pl.Expr:
    """True where the 18th character is the check character of the first 17 (GB 32100-2015).

    Weights are 3**i modulo 31 over the 31-character alphabet; false for any other length.
    """
    numbers = [
        pl.lit(_CREDIT_ALPHABET).str.find(code.str.slice(i, 1), literal=True).cast(pl.Int32)
        for i in range(18)
    ]
    expected = (31 - _total([numbers[i] * (3**i % 31) for i in range(17)]) % 31) % 31
    holds = ((code.str.len_chars() == 18) & (expected == numbers[17])).fill_null(False)
    return pl.when(code.is_not_null()).then(holds)


def id_number_holds(number: pl.Expr) -> pl.Expr:
    """True where an 18-character citizen number ends in its check character (GB 11643-1999, ISO 7064).

    Weights are 2**(17-i) modulo 11; false for any other length, and for 15-digit numbers, which have none.
    """
    digits = number.str.slice(0, 17).cast(pl.Int64, strict=False)
    weighted = [digits // 10 ** (16 - i) % 10 * (2 ** (17 - i) % 11) for i in range(17)]
    remainder = _total(weighted) % 11
    last = number.str.slice(17, 1)
    expected = pl.lit(_ID_CHECK_DIGITS).str.slice(remainder, 1)
    whole = number.str.contains(r"^[0-9]{17}[0-9Xx]$")
    return pl.when(number.is_not_null()).then(whole & (expected == last.str.to_uppercase()).fill_null(False))


def no_long_number(text: pl.Expr) -> pl.Expr:
    """True where a text has no run of eleven digits: a phone, an account or an ID number does not belong there."""
    return ~text.str.contains(r"[0-9]{11}")


def _total(parts: list[pl.Expr]) -> pl.Expr:
    return reduce(lambda left, right: left + right, parts)
