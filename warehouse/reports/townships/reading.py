"""The input of the township page: figures of places by indicator and period, and what the county has set for them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import polars as pl

from schemas.indicator import Better
from warehouse.reports.bulletin.figures import BulletinIndicator, Version
from warehouse.reports.townships.maps import Ground

Query = Callable[[str, Mapping[str, object]], pl.DataFrame]
"""Runs SQL with named parameters on the published warehouse."""


YEARS_BEFORE = 4
"""So many years before its own a page looks back."""

_FIGURES = Path(__file__).with_name("figures.sql").read_text("utf-8")


@dataclass(frozen=True)
class Place:
    """A county, township or village, as figures name it."""

    code: str
    name: str
    level: str
    township_code: str | None = None


@dataclass(frozen=True)
class PlaceFigure:
    """A figure of a place and period. status: as in `mart_figure`."""

    value: Decimal
    status: str


@dataclass(frozen=True)
class CountySettings:
    """What a county says of its townships.

    targets: by indicator and division. better: which way of it is good. ground: what maps are drawn on.
    """

    targets: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    better: Mapping[str, Better] = field(default_factory=dict)
    ground: Ground = field(default_factory=Ground)


@dataclass(frozen=True)
class PlaceFigures:
    """Figures by place. by_period: by indicator, place and period. personal: indicators that forms of persons feed.

    indicators: those to show, by code, in the order of the page.
    """

    year: int
    version: Version
    indicators: Mapping[str, BulletinIndicator]
    places: Mapping[str, Place]
    by_period: Mapping[tuple[str, str], Mapping[str, PlaceFigure]]
    personal: Collection[str] = ()

    def of_year(self, indicator_code: str, place_code: str) -> PlaceFigure | None:
        """Return the figure of a place for the page's year, None where there is none."""
        return self.by_period.get((indicator_code, place_code), {}).get(f"{self.year}")

    @property
    def county(self) -> Place:
        return next(place for place in self.places.values() if place.level == "county")


def read_place_figures(
    query: Query,
    year: int,
    version: Version,
    indicators: Mapping[str, BulletinIndicator],
    personal: Collection[str],
) -> PlaceFigures:
    """Read the figures of a year's places, and of those before what sparklines show."""
    rows = query(_FIGURES, {"year": f"{year}", "first_year": f"{year - YEARS_BEFORE}"})
    places: dict[str, Place] = {}
    by_period: dict[tuple[str, str], dict[str, PlaceFigure]] = {}
    for code, division, name, level, township, period, _, value, status in rows.iter_rows():
        places[division] = Place(division, name, level, township)
        by_period.setdefault((code, division), {}).setdefault(period, PlaceFigure(value, status))
    return PlaceFigures(year, version, indicators, places, by_period, personal)
