"""The trace of a published figure: the rows, cells and corrections that it comes from."""

from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.query import query
from warehouse.database.store import Store

_CELLS, _CORRECTIONS, _DECISIONS, _DOUBTS, _FIGURES, _MISSING = (
    Path(__file__).with_name(f"traced_{name}.sql").read_text("utf-8")
    for name in ("cells", "corrections", "decisions", "doubts", "figures", "missing")
)
_HAS_DECISIONS = "from duckdb_columns() where table_name = 'dq_delivery' and column_name = 'decision'"
_HAS_DOUBTS = "from duckdb_tables() where table_name = 'dq_doubt'"
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
    status_reasons: str = ""


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
    (`expected_text`), the text read instead (`corrected_text`), by whom, when and why. decisions: one row per delivery
    of its rows that a steward confirmed: why it was held, by whom, when and why it was confirmed. missing: one row per
    delivery that is due and did not come, and per unit left out. doubts: one row per field of a counted row that a check
    doubts.
    """

    figure: PublishedFigure
    terms: list[TracedTerm]
    corrections: pl.DataFrame
    decisions: pl.DataFrame
    missing: pl.DataFrame
    doubts: pl.DataFrame

    @property
    def adds_up(self) -> bool:
        """Whether the terms, computed from the rows, give the published value."""
        amounts = [term.amount for term in self.terms]
        if self.figure.value is None:  # nothing says a number, or there is nothing to divide by
            return not amounts[-1] or any(not term.rows.height for term in self.terms)
        if len(amounts) == 1:
            return amounts[0] == self.figure.value
        numerator, denominator = amounts
        if not denominator:
            return False
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
    of_figure = [indicator_code, period, figure.division_code]
    corrections, decisions, missing, doubts = (
        query(store, sql, of_figure) if is_known is None or query(store, is_known).height else pl.DataFrame()
        for sql, is_known in (  # versions from before there were any do not know them
            (_CORRECTIONS, None),
            (_DECISIONS, _HAS_DECISIONS),
            (_MISSING, _HAS_DOUBTS),
            (_DOUBTS, _HAS_DOUBTS),
        )
    )
    return Traced(figure, terms, corrections, decisions, missing, doubts)


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
    known = {field.name for field in fields(PublishedFigure)}
    row = matches.row(0, named=True)
    return PublishedFigure(**{name: value for name, value in row.items() if name in known})


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
