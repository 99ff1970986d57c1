"""Row rules that more than one table needs, as polars expressions that are true where the rule holds."""

import polars as pl

from schemas.personal_number import PERSONAL_NUMBER

ISSUED_NUMBER = r"^[一-龥A-Z]{1,12}[〔\[(]?[0-9]{4}[〕\])]?-?[0-9]{1,4}号?$"
"""Pattern of the number that an office gives what it issues: 云农督〔2022〕3号, 云农督2022-3."""

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_ALPHABET = "0123456789X"


def credit_code_holds(code: pl.Expr) -> pl.Expr:
    """Express that the 18th character is the check character of the first 17 (GB 32100-2015).

    Weights are 3**i modulo 31 over the 31-character alphabet. False for any other length, null where the
    code is null.
    """
    whole = code.str.contains(f"^[{_CREDIT_ALPHABET}]{{18}}$")
    weights = [*(3**i % 31 for i in range(17)), 1]
    holds = _check_sum(code, whole, _CREDIT_ALPHABET, weights) % 31 == 0
    return pl.when(code.is_not_null()).then(whole & holds)


def id_number_holds(number: pl.Expr) -> pl.Expr:
    """Express that an 18-character citizen number ends in its check character (GB 11643-1999, ISO 7064).

    Weights are 2**(17-i) modulo 11. False for any other length, also for 15-digit numbers, which have no check
    character; null where the number is null.
    """
    whole = number.str.contains(r"^[0-9]{17}[0-9Xx]$")
    weights = [2 ** (17 - i) % 11 for i in range(18)]
    holds = _check_sum(number.str.to_uppercase(), whole, _ID_ALPHABET, weights) % 11 == 1
    return pl.when(number.is_not_null()).then(whole & holds)


def no_long_number(text: pl.Expr) -> pl.Expr:
    """Express that a text has no run of eleven digits, nor a phone, account or ID number with gaps in it."""
    return ~text.str.contains(rf"[0-9０-９]{{11}}|(?:^|[^0-9０-９])(?:{PERSONAL_NUMBER})(?:$|[^0-9０-９])")


def period_year() -> pl.Expr:
    """Express the year of a row's period; null where the period does not begin with one."""
    return pl.col("period").str.slice(0, 4).cast(pl.Int32, strict=False)


def _check_sum(code: pl.Expr, whole: pl.Expr, alphabet: str, weights: list[int]) -> pl.Expr:
    """Express the weighted sum of the characters' places in the alphabet, undefined where `whole` is not true.

    By byte, as a row of a matrix: an expression for each character takes ten times as long.
    """
    length = len(weights)
    filled = pl.when(whole).then(code).otherwise(pl.lit("0" * length)).cast(pl.Binary)
    characters = filled.bin.reinterpret(dtype=pl.Array(pl.UInt8, length)).explode()
    place = pl.Series([max(alphabet.find(chr(byte)), 0) for byte in range(256)], dtype=pl.Int32)
    places = pl.lit(place).gather(characters).reshape((-1, length))
    return (places * pl.lit(weights, dtype=pl.Array(pl.Int32, length))).arr.sum()
