"""A whole form in another unit: the columns of a unit are all a thousand or ten thousand times what they were."""

import math
from collections.abc import Sequence

import polars as pl

FACTORS = (1_000, 10_000)
FEWEST_CELLS = 3
_WITHIN = 2.0


def find_slip(
    rows: pl.DataFrame, before: pl.DataFrame, key: list[str], fields: Sequence[str]
) -> float | None:
    """Find by which factor the numbers of some columns differ from those of the same keys before, if by a unit.

    The median over at least three cells that are neither blank nor 0 is within a factor of two of 1,000 or 10,000, or
    of one in so many. Returns that factor, or None.
    """
    numbers = [pl.col(name).cast(pl.Float64) for name in fields]
    joined = rows.select(*key, *numbers).join(
        before.select(*key, *numbers), on=key, how="inner", suffix="_before"
    )
    ratios = pl.concat(
        [
            joined.filter((pl.col(name) > 0) & (pl.col(f"{name}_before") > 0)).select(
                ratio=pl.col(name) / pl.col(f"{name}_before")
            )
            for name in fields
        ]
    )["ratio"]
    if ratios.len() < FEWEST_CELLS:
        return None
    median = ratios.median()
    assert isinstance(median, float)
    for factor in (*FACTORS, *(1 / factor for factor in FACTORS)):
        if abs(math.log(median / factor)) <= math.log(_WITHIN):
            return factor
    return None
