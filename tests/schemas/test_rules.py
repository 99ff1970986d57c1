"""Check characters, held against an independent computation; and texts without numbers of persons."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.rules import credit_code_holds, id_number_holds, no_long_number
from schemas.validate import rules
from tests.district import REFERENCES, STAGED

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


def test_a_text_without_the_number_of_a_person() -> None:
    kept = ["高山镇北街 12 号楼", "云农督〔2022〕3号", "2022.01.01-2022.12.31", "140214101", None]
    refused: list[str | None] = [
        "老王13900001111", "139-0000-1111", "139 0000 1111", "１３９００００１１１１", "11010519491231002X",
        "110105 19491231 002X", "6228 4804 0256 4890 018", "12345678901",
    ]  # fmt: skip

    assert holds(no_long_number, kept) == [True, True, True, True, None]
    assert holds(no_long_number, refused) == [False] * len(refused)


@pytest.mark.parametrize("table", sorted(STAGED))
def test_every_text_of_a_form_is_kept_free_of_them(table: str) -> None:
    texts = {
        column.name
        for column in REFERENCES.columns_to_fill(table)
        if column.is_free_text and not column.pii and not column.is_identifier
    }
    ruled = {
        name
        for rule in rules(REFERENCES.tables[table])
        if rule.name.endswith("__no_personal_number")
        or (
            rule.name.endswith("__str_matches")
            and not any("0-9" in str(value) for _, value in rule.limits or ())
        )
        for name in rule.fields
    }

    assert texts - ruled == set()
