"""Rows that a delivery lacks of its frame, and how much of it is too much."""

import polars as pl
import pytest

from sources.county.contract_layout import Lacks
from sources.holding.lacking import Lacking, find_lacking, find_vanished

KEY = ["code"]


def ponds(*rows: tuple[str, int | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"code": pl.String, "area_mu": pl.Int64}, orient="row")


def lacking(frame_rows: int, rows: int) -> Lacking:
    return Lacking(frame_rows, pl.DataFrame({"code": [str(n) for n in range(rows)]}))


@pytest.mark.parametrize(
    ("frame_rows", "lacks", "too_much"),
    [
        (12, 10, True),
        (10, 3, True),
        (10, 2, False),
        (9, 2, True),
        (100, 20, False),
        (100, 21, True),
        (3, 1, False),
        (2, 1, True),
        (1, 1, True),
        (5, 0, False),
        (0, 0, False),
    ],
)
def test_two_rows_and_a_fifth_or_half_is_too_much(frame_rows: int, lacks: int, too_much: bool) -> None:
    assert lacking(frame_rows, lacks).is_too_much(Lacks()) is too_much


def test_a_contract_says_how_much_may_lack() -> None:
    assert not lacking(10, 4).is_too_much(Lacks(rows=2, share=0.4))
    assert not lacking(10, 4).is_too_much(Lacks(rows=5))


def test_keys_of_the_frame_that_are_not_there_lack() -> None:
    missing = find_lacking(ponds(("a", 1), ("b", 2), ("b", 3)), ponds(("b", 9), ("z", 1)), KEY)
    assert (missing.frame_rows, missing.keys.rows()) == (2, [("a",)])


def test_a_row_whose_key_alone_is_another_was_corrected() -> None:
    vanished = find_vanished(ponds(("a", 12), ("b", 30)), ponds(("A1", 12), ("b", 31)), KEY)
    assert vanished.keys.rows() == []


def test_a_new_row_explains_one_old_row_only() -> None:
    before = ponds(("a", 0), ("b", 0), ("c", 0), ("d", 5))
    assert find_vanished(before, ponds(("z", 0)), KEY).rows == 3


def test_rows_with_blanks_are_corrected_rows_too() -> None:
    assert find_vanished(ponds(("a", None)), ponds(("z", None)), KEY).rows == 0


def test_what_was_there_already_explains_nothing() -> None:
    assert find_vanished(ponds(("a", 12), ("b", 12)), ponds(("b", 12)), KEY).keys.rows() == [("a",)]
