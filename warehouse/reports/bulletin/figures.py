"""The input of a bulletin from a published warehouse: a year's figures, their indicators, the version."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.templates import render

Query = Callable[[str], pl.DataFrame]

_FIGURES = Path(__file__).with_name("figures.sql.j2")
_REPORTED = Path(__file__).with_name("reported.sql.j2")
_YEARS = Path(__file__).with_name("years.sql").read_text("utf-8")


class NoBulletinFigures(XiangcangError):
    """A year of which the warehouse has no figures, or has those of several districts."""


@dataclass(frozen=True)
class BulletinFigure:
    """A row of `mart_figure`. value, previous_value, change_value: in the unit; change_pct: percent."""

    indicator_code: str
    indicator_name: str
    unit: str
    division_code: str
    division_name: str
    division_level: str
    period: str
    period_grain: str
    basis: str
    value: Decimal | None
    source_rows: int
    flagged_rows: int
    corrected_rows: int
    status: str
    status_reasons: str | None
    observation_status: str | None
    previous_value: Decimal | None
    change_value: Decimal | None
    change_pct: Decimal | None
    change_status: str | None


@dataclass(frozen=True)
class BulletinIndicator:
    """A row of `dim_indicator`. over_time: `sum` where periods add up, else each is as of its end.

    form_titles: joined by 、. disputed: why the definition itself is in dispute, or None.
    """

    indicator_code: str
    indicator_name: str
    chapter: str
    definition: str
    definition_source: str
    unit: str
    kind: str
    over_time: str
    basis: str
    form_titles: str
    disputed: str | None


@dataclass(frozen=True)
class Version:
    """The version of the warehouse, from `warehouse_info`. published_at, cut_off: ISO times."""

    version: str
    published_at: str
    cut_off: str
    data_label: str
    is_synthetic: bool


@dataclass(frozen=True)
class YearOfFigures:
    """The figures of a year, its quarters and months, down to townships, and every indicator by its code.

    reported_before: the indicators that have a value of the district in the year before.
    """

    year: int
    figures: tuple[BulletinFigure, ...]
    indicators: dict[str, BulletinIndicator]
    version: Version
    reported_before: frozenset[str] = frozenset()

    @property
    def of_district(self) -> tuple[BulletinFigure, ...]:
        """Figures of the district itself for the whole year."""
        return tuple(f for f in self.figures if f.division_level == "county" and f.period_grain == "year")

    @property
    def county_code(self) -> str:
        """The code of the county whose figures these are."""
        return self.of_district[0].division_code[:6]


def read_year(query: Query, year: int) -> YearOfFigures:
    """Read a year's figures. query: runs SQL on the published warehouse.

    Raises NoBulletinFigures, whose message names the years that have figures.
    """
    known = query("select * from mart_figure limit 0").columns
    of_year = query(render(_FIGURES, columns=_names(BulletinFigure), known=known, year=year))
    indicators = query("select * from dim_indicator order by indicator_code").select(
        _names(BulletinIndicator)
    )
    year_of_figures = YearOfFigures(
        year=year,
        figures=tuple(BulletinFigure(**row) for row in of_year.to_dicts()),
        indicators={row["indicator_code"]: BulletinIndicator(**row) for row in indicators.to_dicts()},
        version=_version(query("select name, value from warehouse_info").rows()),
        reported_before=frozenset(query(render(_REPORTED, year=year - 1))["indicator_code"]),
    )
    if not year_of_figures.of_district:
        years = "、".join(query(_YEARS)["period"].unique(maintain_order=True))
        raise NoBulletinFigures(f"没有 {year} 年的数；现有年份：{years or '无'}")
    if len(districts := {f.division_name for f in year_of_figures.of_district}) > 1:
        raise NoBulletinFigures(f"公报只写一个区县，本库有：{'、'.join(sorted(districts))}")
    return year_of_figures


def years(query: Query) -> list[int]:
    """List the years with figures of the district from deliveries (not from division lists), in order."""
    return [int(period) for period in query(_YEARS).filter(basis="period")["period"]]


def full_year(query: Query) -> int | None:
    """Find the newest year with at least half as many figures as the year that has the most; None without figures.

    A year of which the first reports are in, and one that is over, are both newest in January: this is the latter.
    """
    figures = query(_YEARS).filter(basis="period")
    full = figures.filter(pl.col("figures") * 2 >= pl.col("figures").max())["period"]
    return int(full[-1]) if len(full) else None


def _names(row: type[Any]) -> list[str]:
    """Name the columns to read for a dataclass of a row: its fields."""
    return [field.name for field in fields(row)]


def _version(rows: Iterable[tuple[str, str]]) -> Version:
    """Make the version from the names and values of `warehouse_info`."""
    values = dict(rows)
    return Version(
        version=values["version"],
        published_at=values["published_at"],
        cut_off=values["cut_off"],
        data_label=values["data_label"],
        is_synthetic=values["is_synthetic"] == "true",
    )
