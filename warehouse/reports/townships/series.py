"""Series of a figure over months, quarters or years, and their sparklines in SVG."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from warehouse.reports.rendering import half_up, plain
from warehouse.reports.townships.reading import PlaceFigure

_WIDTH, _HEIGHT, _MARGIN = 96, 22, 3
_FEWEST = 3
"""Periods of a finer grain that make a series; else the years do."""

_MONTH, _QUARTER, _YEAR = "month", "quarter", "year"


@dataclass(frozen=True)
class Series:
    """Values in the order of their periods, all of one grain; two at least."""

    periods: tuple[str, ...]
    values: tuple[Decimal, ...]

    @property
    def words(self) -> str:
        """Say from when to when, and from what to what."""
        first, last = (
            plain(half_up(value, 2), thousands=True) for value in (self.values[0], self.values[-1])
        )
        return f"{self.periods[0]} {first} → {self.periods[-1]} {last}"

    @property
    def svg(self) -> str:
        """Draw a line with a dot at its end; it says the same in words. All of it is digits, so nothing is escaped."""
        low, high = min(self.values), max(self.values)
        span = float(high - low) or 1.0
        pitch = (_WIDTH - 2 * _MARGIN) / (len(self.values) - 1)
        points = [
            (
                _MARGIN + pitch * n,
                _HEIGHT - _MARGIN - float(value - low) / span * (_HEIGHT - 2 * _MARGIN),
            )
            for n, value in enumerate(self.values)
        ]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        x, y = points[-1]
        return (
            f'<svg class="spark" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{self.words}">'
            f'<title>{self.words}</title><polyline points="{line}"/><circle cx="{x:.0f}" cy="{y:.0f}" r="2.5"/></svg>'
        )


def series_of(figures: Mapping[str, PlaceFigure]) -> Series | None:
    """Take the finest grain with a few periods, else the years; None where there are no two."""
    by_grain: dict[str, list[str]] = {_MONTH: [], _QUARTER: [], _YEAR: []}
    for period in sorted(figures):
        by_grain[_QUARTER if "Q" in period else _MONTH if "-" in period else _YEAR].append(period)
    fine = (by_grain[grain] for grain in (_MONTH, _QUARTER) if len(by_grain[grain]) >= _FEWEST)
    periods = next(fine, by_grain[_YEAR])
    if len(periods) < 2:
        return None
    return Series(tuple(periods), tuple(figures[period].value for period in periods))
