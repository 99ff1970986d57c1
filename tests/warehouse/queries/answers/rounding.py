"""Numbers as the worked questions add and round them."""

from decimal import ROUND_HALF_UP, Decimal

import polars as pl


def decimal_sum(values: pl.Series) -> Decimal:
    """The sum of a column of decimals."""
    total = values.sum()
    assert isinstance(total, Decimal)
    return total


def whole_sum(values: pl.Series) -> int:
    """The sum of a column of counts."""
    total = values.sum()
    assert isinstance(total, int)
    return total


def cents(value: Decimal | int) -> Decimal:
    """To two decimals, half away from zero."""
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def change(this: Decimal, last: Decimal) -> Decimal:
    """Growth in percent."""
    return cents(100 * (this - last) / last)
