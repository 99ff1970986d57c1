"""Small cells: what is suppressed with them so that no sum gives them back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.export.small_cells import Cell, Sum, is_small, suppress_with

Cells = dict[str, Cell]


def cells(**numbers: tuple[int, int]) -> Cells:
    """Cells by name, each with its value and its households; the county's is exempt."""
    return {
        name: Cell(Decimal(value), households, is_exempt=name == "county")
        for name, (value, households) in numbers.items()
    }


def suppressed(known: Cells, *sums: Sum[str], together: tuple[tuple[str, ...], ...] = ()) -> list[str]:
    """What is suppressed of them, beside and with what is small."""
    small = {name for name, cell in known.items() if is_small(cell.households) and not cell.is_exempt}
    return sorted(small | suppress_with(known, sums, small, together))


TOWNSHIP = Sum("township", ("a", "b", "c"))


@pytest.mark.parametrize(("households", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_are_some_households_but_fewer_than_five(households: int, small: bool) -> None:
    assert is_small(households) is small


def test_what_one_total_would_give_back_is_suppressed_with_the_next_smallest() -> None:
    known = cells(township=(1000, 40), a=(70, 2), b=(700, 30), c=(230, 8))
    assert suppressed(known, TOWNSHIP) == ["a", "c"]


def test_nothing_more_is_suppressed_where_several_are_small_and_together_are_enough() -> None:
    known = cells(township=(1000, 36), a=(70, 2), b=(700, 30), c=(230, 4))
    assert suppressed(known, TOWNSHIP) == ["a", "c"]


def test_two_that_are_together_too_few_take_a_third() -> None:
    known = cells(township=(1000, 33), a=(70, 1), b=(900, 30), c=(30, 2))
    assert suppressed(known, TOWNSHIP) == ["a", "b", "c"]


def test_what_is_in_no_part_hides_a_small_part_if_it_is_of_enough_households() -> None:
    assert suppressed(cells(township=(1000, 40), a=(70, 2), b=(700, 30)), TOWNSHIP) == ["a"]
    assert suppressed(cells(township=(800, 34), a=(70, 2), b=(700, 31)), TOWNSHIP) == ["a", "b"]


def test_what_is_in_no_part_is_hidden_itself_if_it_is_small() -> None:
    assert suppressed(cells(township=(1000, 42), a=(270, 10), b=(700, 30)), TOWNSHIP) == ["a"]


def test_a_zero_is_not_small_and_hides_nothing() -> None:
    known = cells(township=(770, 32), a=(70, 2), b=(700, 30), c=(0, 0))
    assert suppressed(known, TOWNSHIP) == ["a", "b"]


def test_a_total_that_is_suppressed_takes_a_part_with_it() -> None:
    known = cells(county=(1400, 60), township=(1000, 20), other=(400, 3), a=(700, 11), b=(300, 9))
    county = Sum("county", ("township", "other"))
    assert suppressed(known, county, TOWNSHIP) == ["b", "other", "township"]


def test_the_county_is_never_suppressed() -> None:
    assert suppressed(cells(county=(70, 3), township=(70, 3)), Sum("county", ("township",))) == ["township"]


def test_numbers_of_one_figure_are_suppressed_together() -> None:
    known = cells(township=(1000, 40), a=(70, 2), b=(700, 30), c=(230, 8), rate_of_c=(55, 8))
    assert suppressed(known, TOWNSHIP, together=(("c", "rate_of_c"),)) == ["a", "c", "rate_of_c"]


def derived(known: Cells, hidden: set[str], sums: list[Sum[str]]) -> set[str]:
    """What whoever subtracts, over and over, learns of what is hidden."""
    learnt = True
    unknown = set(hidden)
    while learnt:
        learnt = False
        for s in sums:
            missing = [name for name in (s.total, *s.parts) if name in unknown]
            if len(missing) == 1:
                unknown.remove(missing[0])
                learnt = True
    return hidden - unknown


@given(st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=4), min_size=2, max_size=4))
def test_subtracting_over_and_over_gives_nothing_back(townships: list[list[int]]) -> None:
    known: Cells = {}
    sums: list[Sum[str]] = []
    for t, villages in enumerate(townships):
        parts = {f"{t}.{v}": Cell(Decimal(100 * n + v * bool(n)), n) for v, n in enumerate(villages)}
        known |= parts
        known[f"{t}"] = Cell(sum((c.value for c in parts.values()), Decimal(0)), sum(villages))
        sums.append(Sum(f"{t}", tuple(parts)))
    whole = [known[f"{t}"] for t in range(len(townships))]
    known["county"] = Cell(sum((c.value for c in whole), Decimal(0)), sum(c.households for c in whole), True)
    sums.append(Sum("county", tuple(f"{t}" for t in range(len(townships)))))
    small = {name for name, cell in known.items() if is_small(cell.households) and not cell.is_exempt}

    hidden = small | suppress_with(known, sums, small)

    if known["county"].households >= 10:  # else the county alone says it
        assert derived(known, hidden, sums) & small == set()
