"""Numbers as the worked questions round them."""

from decimal import ROUND_HALF_UP, Decimal


def cents(value: Decimal | int) -> Decimal:
    """To two decimals, half away from zero."""
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def change(this: Decimal, last: Decimal) -> Decimal:
    """Growth in percent."""
    return cents(100 * (this - last) / last)
