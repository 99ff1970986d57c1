"""Check characters, held against an independent computation."""

from collections.abc import Callable

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from schemas.rules import credit_code_holds, id_number_holds

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def holds(rule: Callable[[pl.Expr], pl.Expr], texts: list[str | None]) -> list[bool | None]:
    return (
        pl.DataFrame({"text": texts}, schema={"text": pl.String})
        .select(rule(pl.col("text")))
        .to_series()
        .to_list()
    )


def test_known_credit_codes() -> None:
    assert holds(credit_code_holds, ["91110000600037341L", "91110000600037342L", "9111000060003734", None]) == [
        True, False, False, None,
    ]  # fmt: skip


def test_known_id_numbers() -> None:
    assert holds(id_number_holds, ["11010519491231002X", "11010519491231002x", "110105194912310021", "1", None]) == [
        True, True, False, False, None,
    ]  # fmt: skip


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_exactly_one_character_completes_a_credit_code(first: str) -> None:
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    expected = ALPHABET[-total % 31]

    verdicts = holds(credit_code_holds, [first + c for c in ALPHABET])

    assert [c for c, ok in zip(ALPHABET, verdicts, strict=True) if ok] == [expected]


@given(st.text("0123456789", min_size=17, max_size=17))
def test_exactly_one_character_completes_an_id_number(first: str) -> None:
    remainder = sum(int(c) * pow(2, 17 - i, 11) for i, c in enumerate(first)) % 11
    expected = "10X98765432"[remainder]

    verdicts = holds(id_number_holds, [first + c for c in "0123456789X"])

    assert [c for c, ok in zip("0123456789X", verdicts, strict=True) if ok] == [expected]
