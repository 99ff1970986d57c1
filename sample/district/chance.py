"""Reproducible random streams, one per subject, and the division of a total into parts that add up to it."""

import random
from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal


def stream(seed: int, *subject: object) -> random.Random:
    """Return the random stream of one subject, so that a change to another subject does not reshuffle it."""
    return random.Random("/".join(map(str, (seed, *subject))))


def floor_to(amount: Decimal, grain: Decimal) -> Decimal:
    """Round an amount down to a whole number of grains."""
    return (amount / grain).to_integral_value(ROUND_FLOOR) * grain


def divide(total: Decimal, weights: Sequence[float], grains: Sequence[Decimal]) -> list[Decimal]:
    """Divide a total by weight into as many parts as there are weights and grains.

    Each part is a whole number of its grain but the last, which takes what is left.
    """
    sum_of_weights = Decimal(repr(sum(weights)))
    parts = [
        floor_to(total * Decimal(repr(weight)) / sum_of_weights, grain)
        for weight, grain in zip(weights[:-1], grains[:-1], strict=True)
    ]
    return [*parts, total - sum(parts)]
