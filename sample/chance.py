"""Reproducible chance: one stream per subject, and amounts that add up to a target exactly."""

import random
from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal


def stream(seed: int, *subject: object) -> random.Random:
    """The chance that belongs to one subject, so that changing another does not reshuffle it."""
    return random.Random("/".join(map(str, (seed, *subject))))


def floor_to(amount: Decimal, grain: Decimal) -> Decimal:
    """The largest whole number of grains in an amount."""
    return (amount / grain).to_integral_value(ROUND_FLOOR) * grain


def divide(total: Decimal, weights: Sequence[float], grains: Sequence[Decimal]) -> list[Decimal]:
    """Parts of a total by weight, each a whole number of its grain but the last, which takes what is left."""
    sum_of_weights = Decimal(repr(sum(weights)))
    parts = [
        floor_to(total * Decimal(repr(weight)) / sum_of_weights, grain)
        for weight, grain in zip(weights[:-1], grains[:-1], strict=True)
    ]
    return [*parts, total - sum(parts)]
