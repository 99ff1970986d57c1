"""A whole form in another unit shows against the same keys before."""

import polars as pl
import pytest

from sources.holding.slip import find_slip


def sales(*rows: tuple[str, float | None, float | None]) -> pl.DataFrame:
    return pl.DataFrame(
        rows, schema={"code": pl.String, "sales": pl.Float64, "output": pl.Float64}, orient="row"
    )


BEFORE = sales(("a", 100.0, 90.0), ("b", 200.0, 180.0), ("c", 55.0, 50.0))


def slip(rows: pl.DataFrame, before: pl.DataFrame = BEFORE) -> float | None:
    return find_slip(rows, before, ["code"], ["sales", "output"])


def times(factor: float) -> pl.DataFrame:
    return BEFORE.with_columns(pl.col("sales", "output") * factor)


@pytest.mark.parametrize("factor", [1_000, 10_000, 1 / 1_000, 1 / 10_000])
@pytest.mark.parametrize("growth", [1, 1.9, 0.55])
def test_a_factor_of_a_unit_is_seen_in_spite_of_growth(factor: float, growth: float) -> None:
    assert slip(times(factor * growth)) == pytest.approx(factor)


@pytest.mark.parametrize("factor", [1, 2, 10, 100, 480, 2_100, 4_900, 21_000])
def test_other_factors_are_not(factor: float) -> None:
    assert slip(times(factor)) is None


def test_fewer_than_three_cells_tell_nothing() -> None:
    assert slip(sales(("a", 1e5, 9e4))) is None
    assert slip(sales(("a", 1e5, 9e4), ("b", 2e5, None))) == 1_000


def test_other_keys_blanks_and_zeros_are_not_compared() -> None:
    assert slip(sales(("x", 1e5, 9e4), ("y", 1e5, 9e4), ("a", 0.0, None))) is None


def test_the_median_decides() -> None:
    assert slip(sales(("a", 100.0, 90.0), ("b", 200.0, 1.8e5), ("c", 55.0, 50.0))) is None
