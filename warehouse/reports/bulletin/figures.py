"""What a bulletin reads from a published warehouse: the figures of a year, what they mean, what the version is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import polars as pl

from schemas.errors import XiangcangError

Query = Callable[[str], pl.DataFrame]


class NoBulletinFigures(XiangcangError):
    """The warehouse has no figures of that year, or not of one district."""


@dataclass(frozen=True)
class BulletinFigure:
    """A row of mart_figure. value, numerator, denominator, previous_value: in the unit; change_pct: percent."""

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
    missing_deliveries: int
    rejected_rows: int
    status: str
    previous_value: Decimal | None
    change_value: Decimal | None
    change_pct: Decimal | None


@dataclass(frozen=True)
class BulletinIndicator:
    """A row of dim_indicator. over_time: `sum` where periods add up, else each is as of its end.

    form_titles: joined by 、. disputed: why the definition itself is, or None.
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
    """What the warehouse says of itself. published_at, cut_off: ISO times."""

    version: str
    published_at: str
    cut_off: str
    data_label: str
    is_synthetic: bool


@dataclass(frozen=True)
class YearOfFigures:
    """The figures of one year, its quarters and its months, down to townships, and every indicator by its code."""

    year: int
    figures: tuple[BulletinFigure, ...]
    indicators: dict[str, BulletinIndicator]
    version: Version

    @property
    def of_district(self) -> tuple[BulletinFigure, ...]:
        """The district's own figures of the whole year."""
        return tuple(f for f in self.figures if f.division_level == "county" and f.period_grain == "year")


def read_year(query: Query, year: int) -> YearOfFigures:
    """query: answers SQL from the published warehouse. Raises NoFigures, saying which years there are."""
    figures = tuple(BulletinFigure(**row) for row in query(_figures_of(year)).to_dicts())
    found = YearOfFigures(
        year=year,
        figures=figures,
        indicators={row["indicator_code"]: BulletinIndicator(**row) for row in query(_INDICATORS).to_dicts()},
        version=_version(query("select name, value from warehouse_info").rows()),
    )
    if not found.of_district:
        years = "、".join(query(_YEARS)["period"].to_list())
        raise NoBulletinFigures(f"没有 {year} 年的数；现有年份：{years or '无'}")
    if len(districts := {f.division_name for f in found.of_district}) > 1:
        raise NoBulletinFigures(f"公报只写一个区县，本库有：{'、'.join(sorted(districts))}")
    return found


def years(query: Query) -> list[int]:
    """The years of which deliveries tell figures of the district, in order; lists alone make no bulletin."""
    return [int(period) for period in query(_REPORTED_YEARS)["period"]]


def _selected(row: type[Any]) -> str:
    return ", ".join(field.name for field in fields(row))


def _figures_of(year: int) -> str:
    return f"""
select {_selected(BulletinFigure)}
from mart_figure
where (period = '{year:d}' or period like '{year:d}-%')
  and division_level in ('county', 'town', 'township', 'subdistrict', 'unknown')
order by indicator_code, basis, division_code, period
"""


_INDICATORS = f"select {_selected(BulletinIndicator)} from dim_indicator order by indicator_code"

_YEARS = """
select distinct period
from mart_figure
where division_level = 'county' and period_grain = 'year'
order by period
"""


_REPORTED_YEARS = _YEARS.replace("order by", "  and basis = 'period'\norder by")


def _version(said: Iterable[tuple[str, str]]) -> Version:
    known = dict(said)
    return Version(
        version=known["version"],
        published_at=known["published_at"],
        cut_off=known["cut_off"],
        data_label=known["data_label"],
        is_synthetic=known["is_synthetic"] == "true",
    )
