"""The trace of a published figure: the rows, cells and corrections that it comes from."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.query import query
from warehouse.database.store import Store

_PLACES = Decimal("0.0001")


class NoSuchFigure(XiangcangError):
    """An indicator, period and division of which the published warehouse has no figure, or several."""


@dataclass(frozen=True)
class PublishedFigure:
    """A row of `mart_figure`, reduced to what a trace needs, and the version that it was published in."""

    indicator_code: str
    indicator_name: str
    unit: str
    division_code: str
    division_name: str
    division_level: str
    period: str
    basis: str
    kind: str
    value: Decimal | None
    status: str
    version: str
    is_synthetic: bool


@dataclass(frozen=True)
class TracedTerm:
    """A term of a figure. rows: the counted rows of `mart_figure_cell`, with contract and staged table."""

    term: str
    aggregate: str
    rows: pl.DataFrame

    @cached_property
    def amount(self) -> Decimal:
        """Aggregate of the rows: their sum, their number, or the number of their distinct keys."""
        if self.aggregate == "count_distinct":
            return Decimal(self.rows["counted_key"].n_unique())
        return sum(self.rows["value"], Decimal(0))


@dataclass(frozen=True)
class Traced:
    """A figure and its terms: `value`, or `numerator` and `denominator` (of a growth, of the two years).

    corrections: one row per corrected cell of its rows: file, sheet and cell, the text in the file
    (`expected_text`), the text read instead (`corrected_text`), by whom, when and why.
    """

    figure: PublishedFigure
    terms: list[TracedTerm]
    corrections: pl.DataFrame

    @property
    def adds_up(self) -> bool:
        """Whether the terms, computed from the rows, give the published value."""
        amounts = [term.amount for term in self.terms]
        if len(amounts) == 1:
            return amounts[0] == self.figure.value
        numerator, denominator = amounts
        if not denominator:
            return self.figure.value is None
        parts = numerator - denominator if self.figure.kind == "growth" else numerator
        share = parts / denominator * (100 if self.figure.unit == "%" else 1)
        return share.quantize(_PLACES, ROUND_HALF_UP) == self.figure.value


def trace(store: Store, indicator_code: str, period: str, division: str | None = None) -> Traced:
    """Trace a figure of the published warehouse.

    division: a name, an alias or a code; without one, the county. Raises NoSuchFigure, or NothingPublished.
    """
    figure = _find_figure(store, indicator_code, period, division)
    cells = query(store, _CELLS, [indicator_code, period, figure.division_code])
    names = query(
        store,
        "select distinct term, aggregate from mart_figure_row where indicator_code = ? order by term desc",
        [indicator_code],
    )
    terms = [
        TracedTerm(name, aggregate, cells.filter(pl.col("term") == name))
        for name, aggregate in names.iter_rows()
    ]
    corrections = query(store, _CORRECTIONS, [indicator_code, period, figure.division_code])
    return Traced(figure, terms, corrections)


_CELLS = """
select c.*, d.contract, d.staged_table
from mart_figure_cell as c
left join dq_delivery as d using (delivery_id)
where c.indicator_code = ? and c.period = ? and c.is_counted
    and ? in (c.place_code, c.township_code, concat(c.county_code, '000000'))
order by c.file_name, c.sheet_name, c.sheet_row, c.cell
"""

_CORRECTIONS = """
select distinct
    d.file_name, k.sheet_name, k.cell, k.field, k.expected_text, k.corrected_text, k.entered_by, k.entered_on,
    k.reason, k.correction_id
from mart_figure_row as r
inner join dq_correction as k
    on k.delivery_id = r.delivery_id
    and k.sheet_name = r.sheet_name
    and (k.sheet_row is null or (k.sheet_block = r.sheet_block and k.sheet_row = r.sheet_row))
    and list_contains(string_split(r.corrected, ';'), k.field)
inner join dq_delivery as d on d.delivery_id = r.delivery_id
where k.state = 'applied' and r.indicator_code = ? and r.period = ? and r.is_counted and r.year_role = 'current'
    and ? in (r.place_code, r.township_code, concat(r.county_code, '000000'))
order by d.file_name, k.sheet_name, k.cell
"""

_FIGURES = """
select
    f.indicator_code, f.indicator_name, f.unit, f.division_code, f.division_name, f.division_level, f.period,
    f.basis, i.kind, f.value, f.status,
    (select value from warehouse_info where name = 'version') as version,
    (select value = 'true' from warehouse_info where name = 'is_synthetic') as is_synthetic
from mart_figure as f
inner join dim_indicator as i using (indicator_code)
where f.indicator_code = ? and f.period = ?
order by f.division_code
"""


def _find_figure(store: Store, indicator_code: str, period: str, division: str | None) -> PublishedFigure:
    figures = query(store, _FIGURES, [indicator_code, period])
    if not figures.height:
        raise NoSuchFigure(_unknown_message(store, indicator_code, period))
    if division is None:
        matches = figures.filter(pl.col("division_level") == "county")
    else:
        codes = _division_codes(store, division)
        matches = figures.filter((pl.col("division_name") == division) | pl.col("division_code").is_in(codes))
    if matches.height != 1:
        raise NoSuchFigure(_ambiguous_message(division or "区县", matches if matches.height else figures))
    return PublishedFigure(**matches.row(0, named=True))


def _division_codes(store: Store, division: str) -> list[str]:
    """List the codes that a name, alias or code may mean; the text itself is the first."""
    aliases = "select division_code from dim_division_alias where alias = ? and status <> 'ambiguous'"
    return [division, *query(store, aliases, [division])["division_code"]]


def _unknown_message(store: Store, indicator_code: str, period: str) -> str:
    periods = query(
        store,
        "select period from mart_figure where indicator_code = ? group by period order by period",
        [indicator_code],
    )["period"]
    if periods.len():
        return f"{indicator_code} 没有 {period} 的数；有的期：{'、'.join(periods)}"
    codes = query(store, "select indicator_code from dim_indicator order by indicator_code")["indicator_code"]
    return f"没有指标 {indicator_code}；有：{'、'.join(codes)}"


def _ambiguous_message(division: str, figures: pl.DataFrame) -> str:
    places = [f"{name}（{code}）" for name, code in figures.select("division_name", "division_code").rows()]
    shown = "、".join(places[:20]) + (f" 等 {len(places)} 处" if len(places) > 20 else "")
    return f"“{division}”不能确定是哪一处；请用名称或代码指明：{shown}"
