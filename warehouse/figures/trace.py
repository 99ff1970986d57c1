"""The trace of a published figure: the rows, cells and corrections that it comes from.

Whether the rows give the figure is computed where they are; they themselves come a batch at a time.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Literal, get_args

import polars as pl

from schemas.errors import XiangcangError
from warehouse.database.near_names import MOST_NEAR, listed, near_names
from warehouse.database.query import OpenVersion
from warehouse.database.templates import render

Details = Literal["corrections", "decisions", "missing", "doubts", "answers"]
DETAILS: tuple[Details, ...] = get_args(Details)
"""What a figure's rows have about them.

corrections: a row per corrected cell of its rows: file, sheet and cell, the text in the file (`expected_text`), the text
read instead (`corrected_text`), by whom, when and why. decisions: a row per delivery of its rows that a steward
confirmed: why it was held, by whom, when and why it was confirmed. missing: a row per delivery that is due and did not
come, per unit left out and per cell without a number. doubts: a row per field of a counted row that a check doubts.
answers: what the senders of the rows say to queries about them.
"""

_FIGURES, _KEYS, _ROWS, _TERMS = (
    Path(__file__).with_name(f"traced_{name}.sql").read_text("utf-8")
    for name in ("figures", "keys", "rows", "terms")
)
_FIRST_DETAILS = Path(__file__).with_name("first_details.sql.j2")
_KNOWN = Path(__file__).with_name("known_details.sql").read_text("utf-8")
_CANDIDATES: Mapping[Details, str] = {
    "corrections": "from dq_correction limit 1",
    "decisions": "from dq_delivery where decision is not null limit 1",
    "doubts": "from dq_doubt limit 1",
    "answers": "from dq_answer limit 1",
}
"""By details, what has a row where there may be any: most versions have none, and then no fact need be read for them."""
_INDICATORS = "select indicator_code, indicator_name from dim_indicator order by indicator_code"
_PERIODS = "select period from mart_figure where indicator_code = ? group by period order by period"
_PLACE = ("division_name", "division_code")
_PLACES = Decimal("0.0001")
MEMORY = "256MB"
"""For what is opened to trace: what sorts and counts more than that of a figure's rows does so on disk."""


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
    """A term of a figure. amount: the sum of its counted rows, their number, or the number of their distinct keys."""

    term: str
    aggregate: str
    row_count: int
    amount: Decimal


@dataclass(frozen=True)
class Traced:
    """A figure and its terms: `value`, or `numerator` and `denominator` (of a growth, of the two years).

    files: one row per file of the counted rows and contract that it was read by: file_name, file_sha256, contract.
    details: those that its rows may have; versions from before there were any have none.
    """

    figure: PublishedFigure
    terms: list[TracedTerm]
    files: pl.DataFrame
    details: Set[Details] = frozenset()

    @property
    def adds_up(self) -> bool:
        """Whether the terms, computed from the rows, give the published value."""
        amounts = [term.amount for term in self.terms]
        if self.figure.value is None:  # nothing says a number, or there is nothing to divide by
            return not amounts[-1] or any(not term.row_count for term in self.terms)
        if len(amounts) == 1:
            return amounts[0] == self.figure.value
        numerator, denominator = amounts
        if not denominator:
            return False
        parts = numerator - denominator if self.figure.kind == "growth" else numerator
        share = parts / denominator * (100 if self.figure.unit == "%" else 1)
        return share.quantize(_PLACES, ROUND_HALF_UP) == self.figure.value


def trace(published: OpenVersion, indicator: str, period: str, division: str | None = None) -> Traced:
    """Trace a figure of a published version.

    published: opened with MEMORY as its limit. indicator: a name or a code. division: a name, an alias or a code; without
    one, the county. Raises NoSuchFigure.
    """
    figure = _find_figure(published, indicator, period, division)
    parameters = _parameters(figure)
    amounts = published.rows(_TERMS, parameters)
    files = (
        amounts.filter(pl.col("row_count") > 0)
        .select("file_name", "file_sha256", "contract")
        .unique(maintain_order=True)
        .sort("file_name", "file_sha256", maintain_order=True)
    )
    details = {
        name
        for name in published.rows(_KNOWN)["details"]
        if name not in _CANDIDATES or published.rows(_CANDIDATES[name]).height
    }
    return Traced(figure, _terms(published, parameters, amounts), files, details)


def traced_rows(
    published: OpenVersion, figure: PublishedFigure, term: str, row_limit: int | None = None
) -> Iterator[pl.DataFrame]:
    """Yield the counted rows of a term, in batches and file by file, each with its cell, contract and staged table.

    row_limit: so many of them at most; without it, all.
    """
    parameters = _parameters(figure) | {"term": term, "row_limit": row_limit}
    return published.batches(_ROWS, parameters)


def traced_details(published: OpenVersion, traced: Traced, details: Details) -> Iterator[pl.DataFrame]:
    """Yield details of a figure's rows in batches; none where its version is from before there were any."""
    if details in traced.details:
        yield from published.batches(_details_sql(details), _parameters(traced.figure))


def first_details(
    published: OpenVersion, traced: Traced, details: Details, limit: int
) -> tuple[pl.DataFrame, int]:
    """Return so many details of a figure's rows at most, and the number of all."""
    if details not in traced.details:
        return pl.DataFrame(), 0
    sql = render(_FIRST_DETAILS, select=_details_sql(details))
    rows = published.rows(sql, _parameters(traced.figure) | {"row_limit": limit})
    return rows.drop("row_count"), rows["row_count"][0] if rows.height else 0


def _details_sql(details: Details) -> str:
    return Path(__file__).with_name(f"traced_{details}.sql").read_text("utf-8")


def _parameters(figure: PublishedFigure) -> dict[str, str]:
    names = ("indicator_code", "period", "division_code")
    return {name: getattr(figure, name) for name in names}


def _terms(published: OpenVersion, parameters: dict[str, str], amounts: pl.DataFrame) -> list[TracedTerm]:
    """Add up the terms from what each delivery comes to; distinct keys cannot be, so they are counted over all."""
    is_distinct = amounts["aggregate"].eq("count_distinct").any()
    keys = dict(published.rows(_KEYS, parameters).iter_rows()) if is_distinct else {}
    terms = []
    for (term, aggregate), parts in amounts.group_by("term", "aggregate", maintain_order=True):
        amount = keys.get(term, 0) if aggregate == "count_distinct" else sum(parts["amount"], Decimal(0))
        terms.append(TracedTerm(str(term), str(aggregate), int(parts["row_count"].sum()), Decimal(amount)))
    return terms


def _find_figure(
    published: OpenVersion, indicator: str, period: str, division: str | None
) -> PublishedFigure:
    indicator_code = _find_indicator(published, indicator)
    figures = published.rows(_FIGURES, {"indicator_code": indicator_code, "period": period})
    if not figures.height:
        raise NoSuchFigure(_unknown_period(published, indicator, indicator_code, period))
    if division is None:
        matches = figures.filter(pl.col("division_level") == "county")
    else:
        codes = _division_codes(published, division)
        matches = figures.filter((pl.col("division_name") == division) | pl.col("division_code").is_in(codes))
    if matches.height != 1:
        raise NoSuchFigure(_unclear_division(division or "区县", matches, figures))
    known = {field.name for field in fields(PublishedFigure)}
    row = matches.row(0, named=True)
    return PublishedFigure(**{name: value for name, value in row.items() if name in known})


def _division_codes(published: OpenVersion, division: str) -> list[str]:
    """List the codes that a name, alias or code may mean; the text itself is the first."""
    aliases = "select division_code from dim_division_alias where alias = ? and status <> 'ambiguous'"
    return [division, *published.rows(aliases, [division])["division_code"]]


def _find_indicator(published: OpenVersion, indicator: str) -> str:
    """Return the code of an indicator that is given by its code or name. Raises NoSuchFigure."""
    names: dict[str, str] = dict(published.rows(_INDICATORS).iter_rows())
    codes = [code for code, name in names.items() if indicator in (code, name)]
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise NoSuchFigure(f"指标名称“{indicator}”不止一个；请用代码：{'、'.join(codes)}")
    near = near_names(indicator, names)
    raise NoSuchFigure(
        f"没有指标 {indicator}；" + (f"相近的有：{listed(near, names)}" if near else "有哪些见 dim_indicator")
    )


def _unknown_period(published: OpenVersion, indicator: str, indicator_code: str, period: str) -> str:
    periods = published.rows(_PERIODS, [indicator_code])["period"].to_list()
    if not periods:
        return f"{indicator} 在哪一期都没有数"
    like_it = [known for known in periods if len(known) == len(period)] or periods
    near = near_names(period, dict.fromkeys(like_it, "")) or like_it[-MOST_NEAR:]
    return f"{indicator} 没有 {period} 的数；相近的期：{'、'.join(near)}（{periods[0]} 至 {periods[-1]}，共 {len(periods)} 期）"


def _unclear_division(division: str, matches: pl.DataFrame, figures: pl.DataFrame) -> str:
    """Name the places that a text may mean: those that it matches, else those with names near to it, else any."""
    names = {code: name for name, code in (matches if matches.height else figures).select(_PLACE).rows()}
    near = near_names(division, names) if not matches.height else []
    places = "、".join(f"{names[code]}（{code}）" for code in near or list(names)[:20])
    more = f" 等 {len(names)} 处" if not near and len(names) > 20 else ""
    return f"“{division}”不能确定是哪一处；{'相近的有' if near else '请用名称或代码指明'}：{places}{more}"
