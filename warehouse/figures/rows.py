"""The SELECT of `mart_figure_row`: the fact rows behind every figure, written from the indicators' terms.

One branch a term, joined by UNION ALL: a query for a single indicator reads only that indicator's facts.
"""

from schemas.catalogue import INDICATORS
from schemas.field import columns
from schemas.indicator import DIVISION_LIST, Grain, Indicator, Term
from schemas.tables.figure import MartFigureRow

LISTED_BASES = ("2020", "2022")
"""Years of the division lists that `dim_division` has a column for; divisions are counted on each."""

_NULL_TEXT = "cast(null as string)"
_GROWTH_EXPRESSIONS = {
    "term": "case when w.year_role = 'current' then 'numerator' else 'denominator' end",
    "year_role": "'current'",
}
"""Expressions of a growth: the year before is the denominator of this year's figure."""


def figure_rows() -> str:
    """Write the SELECT of one row per indicator, term, period and fact row in scope, as `mart_figure_row`."""
    branches = [
        branch
        for indicator in INDICATORS.values()
        for name, term in indicator.terms
        for branch in _branches(indicator, name, term)
    ]
    return "\nunion all\n".join(branches)


def _branches(indicator: Indicator, name: str, term: Term) -> list[str]:
    if term.table == DIVISION_LIST:
        return [_select_listed(indicator, name, term, basis) for basis in LISTED_BASES]
    return [_select_reported(indicator, name, term)]


def _select_reported(indicator: Indicator, name: str, term: Term) -> str:
    """Write the SELECT of a term over a fact, in each period in which deliveries count."""
    expressions = _term_expressions(indicator, name, term) | {
        "period": "w.period",
        "year_role": "w.year_role",
        "basis": f"'{indicator.basis}'",
        "county_code": "f.county_code",
        "township_code": "v.township_code",
        "place_code": "case when v.level in ('village', 'community') then v.division_code end",
        "delivery_id": "f.delivery_id",
        "sheet_name": "f.sheet_name",
        "sheet_block": "f.sheet_block",
        "sheet_row": "f.sheet_row",
        "field": term.cell or f"'{term.column}'",
        "parsed_value": f"cast(f.{term.column} as string)",
        "is_counted": "f.is_counted",
        "value": _value(term),
        "counted_key": f"f.{term.column}" if term.aggregate == "count_distinct" else _NULL_TEXT,
        "corrected": "f.corrected",
        "is_flagged": "f.flags is not null",
    }
    if indicator.kind == "growth":
        expressions |= _GROWTH_EXPRESSIONS
    source = (
        f"(select t.*, coalesce({_condition(term)}, false) as is_counted from {term.table} as t) as f\n"
        f"inner join {_window(term, indicator.periods)}\n"
        "left join dim_division as v on v.division_key = f.division_key"
    )
    return _select(expressions, source)


def _select_listed(indicator: Indicator, name: str, term: Term, basis: str) -> str:
    """Write the SELECT of a term over the division list of a basis (a year of LISTED_BASES)."""
    expressions = _term_expressions(indicator, name, term) | {
        "period": f"'{basis}'",
        "year_role": "'current'",
        "basis": f"'{basis}'",
        "county_code": "county_code",
        "township_code": "township_code",
        "place_code": _NULL_TEXT,
        "delivery_id": "list_sha256",
        "sheet_name": "''",
        "sheet_block": "1",
        "sheet_row": "list_row",
        "field": f"'{term.column}'",
        "parsed_value": term.column,
        "is_counted": f"coalesce({term.where}, false)",
        "value": "cast(1 as decimal(18,4))",
        "counted_key": _NULL_TEXT,
        "corrected": _NULL_TEXT,
        "is_flagged": "false",
    }
    return _select(expressions, f"{term.table}\nwhere is_on_{basis}_basis")


def _term_expressions(indicator: Indicator, name: str, term: Term) -> dict[str, str]:
    """Write the columns that identify a term, as SQL by column."""
    return {
        "indicator_code": f"'{indicator.code}'",
        "term": f"'{name}'",
        "aggregate": f"'{term.aggregate}'",
    }


def _select(expressions: dict[str, str], source: str) -> str:
    """Write a SELECT of the columns of `mart_figure_row` in their order. expressions: SQL by column."""
    selected = ",\n  ".join(
        f"{expressions[column.name]} as {column.name}" for column in columns(MartFigureRow)
    )
    return f"select\n  {selected}\nfrom {source}"


def _condition(term: Term) -> str:
    """Write the condition of a counted row: a row without the column's value adds nothing to a figure."""
    return term.where if term.aggregate == "count" else f"({term.where}) and {term.column} is not null"


def _value(term: Term) -> str:
    weighted = f"f.{term.weight} * f.{term.column}" if term.weight else f"f.{term.column}"
    number = f"coalesce({weighted}, 0)" if term.aggregate == "sum" else "1"
    return f"cast({number} as decimal(18,4))"


def _window(term: Term, grains: tuple[Grain, ...]) -> str:
    """Write the join from a row to its periods, with year_role `current` or, a year later, `previous`."""
    grain_list = ", ".join(f"'{grain}'" for grain in grains)
    if term.dated_by is None:
        latest = " and w.is_latest" if term.over_time == "latest" else ""
        return (
            f"dim_delivery_period as w on w.delivery_id = f.delivery_id and w.grain in ({grain_list}){latest}"
        )
    forms = ", ".join(f"'{form}'" for form, _ in term.needs)
    delivered_periods = (
        "select distinct d.period, p.{0}start_date as start_date, p.{0}end_date as end_date, '{1}' as year_role "
        "from dim_delivery_period as d inner join dim_period as p on p.period = d.period "
        f"where d.year_role = '{{1}}' and d.staged_table in ({forms}) and d.grain in ({grain_list})"
    )
    current = delivered_periods.format("", "current")
    previous = delivered_periods.format("previous_", "previous")
    start = f"date '{term.since}'" if term.since else "w.start_date"
    return (
        f"({current} union all {previous}) as w "
        f"on f.{term.dated_by} >= {start} and f.{term.dated_by} <= w.end_date"
    )
