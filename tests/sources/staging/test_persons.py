"""What stands for persons, and what of a rejected cell may be kept."""

import polars as pl
import pytest

from schemas.field import Column, columns
from sources.staging.persons import pseudonymize, showable
from tests.district import STAGED

NOTE = list(columns(STAGED["loan_note"]))
PROFILE = {column.name: column for column in columns(STAGED["village_profile"])}
KEY = b"k" * 32


def hashed(
    field: str, values: list[str | None], institution: str = "a", key: bytes = KEY
) -> list[str | None]:
    return pseudonymize(pl.DataFrame({field: values}, schema={field: pl.String}), NOTE, key, institution)[
        field
    ].to_list()


def test_an_id_number_hashes_alike_everywhere_and_in_either_case() -> None:
    lower, upper, none = hashed("borrower_key", ["11010519491231002x", "11010519491231002X", None])

    assert lower == upper
    assert none is None
    assert len(upper or "") == 32
    assert hashed("borrower_key", ["11010519491231002X"], institution="b") == [upper]


def test_a_household_number_means_something_only_within_an_institution() -> None:
    assert hashed("household_key", ["H1"], institution="a") != hashed(
        "household_key", ["H1"], institution="b"
    )


def test_another_key_gives_other_hashes() -> None:
    assert hashed("borrower_key", ["1"]) != hashed("borrower_key", ["1"], key=b"j" * 32)


@pytest.mark.parametrize(
    ("text", "field", "shown"),
    [
        ("12.5万", "registered_households", "12.5万"),
        ("约三十", "registered_households", None),
        ("13900001111", "registered_households", None),
        ("同家湾村", "village_code", "同家湾村"),
        ("甄隐士", "village_code", None),
    ],
)
def test_only_numbers_and_place_names_are_shown(text: str, field: str, shown: str | None) -> None:
    assert showable(text, PROFILE[field], personal=False) == shown


def test_nothing_is_shown_of_a_form_about_persons() -> None:
    column: Column = PROFILE["registered_households"]
    assert showable("12", column, personal=True) is None
