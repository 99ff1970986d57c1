"""Ranks of townships by a figure, and the shades of a heat table that follow from them."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from schemas.indicator import Better
from warehouse.reports.rendering import half_up

SHADES = 5
"""Of a heat table: 0 for the first fifth of the ranks, 4 for the last."""


def ranks_of(values: Mapping[str, Decimal], better: Better | None) -> dict[str, int]:
    """Rank values from the best, where that is not known from the greatest; equal ones share a rank."""
    ordered = sorted(values.values(), reverse=better != "less")
    return {code: ordered.index(value) + 1 for code, value in values.items()}


def shades_of(ranks: Mapping[str, int]) -> dict[str, int]:
    """Shade ranks from 0 for the first to SHADES - 1 for the last, other ties by their middle; none where all share one."""
    shared = Counter(ranks.values())
    if len(shared) < 2:
        return {}
    step = Decimal(SHADES - 1) / (len(ranks) - 1)
    middles = {rank: rank - 1 + Decimal(count - 1) / 2 for rank, count in shared.items()}
    middles[1] = Decimal(0)
    return {code: int(half_up(middles[rank] * step, 0)) for code, rank in ranks.items()}
