"""Figures worked out in plain Python from the rows that they are traced to, and from what is expected of reporters."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from schemas.field import columns
from schemas.indicator import Indicator, Term
from tests.district import BUILT

Row = dict[str, Any]
Key = tuple[str, str, str, str]
"""Indicator, period, basis, division."""

ROWS = """
select
  indicator_code, term, aggregate, period, year_role, basis, county_code, township_code, place_code,
  is_counted, is_missing, is_comparable, value, parsed_value, counted_key, corrected, is_flagged,
  delivery_id, sheet_name, sheet_block, sheet_row
from mart_figure_row
"""
COUNTED = ("source_rows", "flagged_rows", "corrected_rows")
PLACE = ("delivery_id", "sheet_name", "sheet_block", "sheet_row")
STATUSES = ["final", "provisional", "incomplete", "questioned", "disputed"]


def plain_figures(ask: Any, indicators: Mapping[str, Indicator]) -> dict[Key, Row]:
    """Work out every figure. ask: answers a query on the models that figures are made of."""
    doubts = defaultdict(set)
    for row in ask("select * from dq_doubt where not is_confirmed"):
        doubts[tuple(row[name] for name in PLACE)].add(row["field"])
    sums = _sums(ask(ROWS), indicators, doubts)
    known = ask("select * from dim_division where lookup_to = date '9999-12-31'")
    places = {row["division_code"]: row["township_code"] for row in known}
    periods = {row["period"]: row for row in ask("select * from dim_period")}
    states = _reporter_states(ask)
    figures = {}
    for code, period, basis, county, division in sorted({(c, p, b, n, d) for c, _, p, _, b, n, d in sums}):
        terms = {
            (term, year): sums.get((code, term, period, year, basis, county, division))
            for term in ("value", "numerator", "denominator")
            for year in ("current", "previous")
        }
        figure = _figure(indicators[code], terms)
        if figure is None or (division == "unassigned" and not indicators[code].adds_up_over_divisions):
            continue
        state = _state_of(states[code, period], county, division, places.get(division))
        figures[code, period, basis, division] = _with_status(figure, indicators[code], state)
    for (code, period, basis, division), figure in figures.items():
        before = figures.get((code, periods[period]["previous_period"], basis, division))
        figure |= _change(figure, before, indicators[code])
    return figures


def _levels(row: Row) -> Iterator[str]:
    yield f"{row['county_code']}000000"
    yield from (code for code in (row["township_code"], row["place_code"]) if code is not None)


def _term(indicator: Indicator, name: str) -> Term:
    return dict(indicator.terms).get(name, indicator.value)


def _sums(
    rows: Iterable[Row], indicators: Mapping[str, Indicator], doubts: Mapping[Any, set[str]]
) -> dict[tuple[str, ...], Row]:
    """What each term comes to, wherever a row is in scope, whether or not it counts."""
    by_term: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        key = (row["indicator_code"], row["term"], row["period"], row["year_role"], row["basis"])
        for division in _levels(row):
            by_term[(*key, row["county_code"], division)].append(row)
    return {key: _sum(rows, _term(indicators[key[0]], key[1]), doubts) for key, rows in by_term.items()}


def _sum(rows: list[Row], term: Term, doubts: Mapping[Any, set[str]]) -> Row:
    counted = [row for row in rows if row["is_counted"]]
    read = {*re.findall(r"\w+", f"{term.column} {term.where} {term.weight}"), "*"}
    doubtful = [row for row in counted if doubts.get(tuple(row[name] for name in PLACE), set()) & read]
    missing = sum(row["is_missing"] for row in rows)
    is_unknown = (not counted and missing) or not _says_a_number(rows, term)
    comparable = [row for row in rows if row["is_comparable"]]
    return {
        "amount": None if is_unknown else _added(counted),
        "all": _added(counted),
        "compared": _added([r for r in comparable if r["is_counted"]]) if comparable else None,
        "source_rows": len(counted),
        "flagged_rows": sum(row["is_flagged"] for row in counted),
        "corrected_rows": sum(row["corrected"] is not None for row in counted),
        "missing_cells": missing,
        "doubtful_rows": len(doubtful),
    }


def _says_a_number(rows: list[Row], term: Term) -> bool:
    blanks = {c.name: c.blank for c in columns(BUILT[term.table])}
    if term.aggregate != "sum" or blanks[term.column] is None:
        return True
    return blanks[term.column] == "none" or any(row["parsed_value"] is not None for row in rows)


def _added(counted: list[Row]) -> Decimal:
    if counted and counted[0]["aggregate"] == "count_distinct":
        return Decimal(len({row["counted_key"] for row in counted}))
    return sum((row["value"] for row in counted), Decimal(0))


def _figure(indicator: Indicator, terms: dict[tuple[str, str], Row | None]) -> Row | None:
    kind, percent = indicator.kind, 100 if indicator.unit == "%" else 1
    if kind not in ("ratio", "growth"):
        value, previous = terms["value", "current"], terms["value", "previous"]
        if value is None:
            return None
        numbers = {name: value[name] for name in (*COUNTED, "missing_cells", "doubtful_rows")}
        compared = (value["compared"], previous and previous["compared"])
        amounts = {"value": value["amount"], "compared": compared, "sizes": (value["amount"], *compared)}
        return numbers | amounts | {"numerator": None, "denominator": None}
    over, under = terms["numerator", "current"], terms["denominator", "current"]
    if over is None or under is None or (kind == "growth" and None in (over["compared"], under["compared"])):
        return None
    if kind == "growth":
        over, under = (term | {"amount": term["compared"], "missing_cells": 0} for term in (over, under))
    dividend = over["amount"] - (under["amount"] if kind == "growth" else 0)
    was_over = (terms["numerator", "previous"] or {}).get("compared")
    was_under = (terms["denominator", "previous"] or {}).get("compared")
    return {
        "value": quotient(dividend * percent, under["amount"], 4),
        "compared": (
            _ratio(over["compared"], under["compared"], percent),
            _ratio(was_over, was_under, percent),
        ),
        "sizes": (under["amount"], under["compared"], was_under),
        "numerator": over["amount"],
        "denominator": under["amount"],
        "source_rows": under["source_rows"],
        "flagged_rows": max(over["flagged_rows"], under["flagged_rows"]),
        "corrected_rows": max(over["corrected_rows"], under["corrected_rows"]),
        "missing_cells": over["missing_cells"] + under["missing_cells"],
        "doubtful_rows": over["doubtful_rows"] + under["doubtful_rows"],
    }


def _ratio(over: Decimal | None, under: Decimal | None, percent: int) -> Decimal | None:
    return None if over is None or under is None else quotient(over * percent, under, 4)


def quotient(dividend: Decimal, divisor: Decimal, places: int) -> Decimal | None:
    """Divide exactly, half away from zero; nothing can be divided by zero."""
    return (dividend / divisor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if divisor else None


def _reporter_states(ask: Any) -> dict[tuple[str, str], list[Row]]:
    """By indicator and period, what each reporter of a form that it needs still lacks."""
    periods, reporters = ask("select * from dim_period"), ask("select * from dim_reporter")
    divisions = {row["reporter_code"]: row["division_code"] for row in reporters}
    expected: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ask("select * from dq_expected_delivery"):
        expected[row["staged_table"], row["reporter_code"]].append(row)
    states: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for form in ask("select * from dim_indicator_form"):
        previous = "previous_" if form["year_role"] == "previous" else ""
        for period in [p for p in periods if p["grain"] == form["period_grain"] and p[f"{previous}end_date"]]:
            start, end = form["since_date"] or period[f"{previous}start_date"], period[f"{previous}end_date"]
            for (table, reporter), rows in expected.items():
                if table == form["staged_table"] and form["reporter_code"] in (None, reporter):
                    if form["is_dated"] and form["needs"] == "last":
                        later = [row for row in rows if row["period_end_date"] >= end]
                        meant = sorted(later, key=lambda row: row["period_end_date"])[:1]
                    else:
                        meant = [row for row in rows if start <= row["period_end_date"] <= end]
                    state = _state(meant, form["needs"]) | {"division_code": divisions[reporter]}
                    states[form["indicator_code"], period["period"]].append(state)
    return states


def _state(rows: list[Row], needs: str) -> Row:
    received = [row["period_end_date"] for row in rows if row["state"] == "in_force"]
    used = [
        row for row in rows if needs == "every" or not received or row["period_end_date"] >= max(received)
    ]
    missing = sum(row["state"] == "missing" for row in used)
    here = [row for row in used if row["state"] == "in_force"]
    return {
        "missing_deliveries": missing if needs == "every" else min(missing, 1),
        "awaits_more": any(row["state"] == "not_due" for row in used),
        "rejected_rows": sum(row["rejected_rows"] for row in here),
        "disagreeing_totals": sum(row["disagreeing_totals"] for row in here),
    }


def _state_of(states: list[Row], county: str, division: str, township: str | None) -> Row:
    """Add up what concerns a division: of a county, what any reporter in it lacks."""
    whole = f"{county}000000"
    within = [state for state in states if state["division_code"].startswith(county)]
    meant = [s for s in within if division == whole or s["division_code"] in (division, township, whole)]
    names = ("missing_deliveries", "awaits_more", "rejected_rows", "disagreeing_totals")
    return {name: sum(state[name] for state in meant) for name in names}


def _with_status(figure: Row, indicator: Indicator, state: Row) -> Row:
    if state["missing_deliveries"] or state["rejected_rows"] or figure["missing_cells"]:
        coverage = "incomplete"
    else:
        coverage = "provisional" if state["awaits_more"] else "final"
    is_disputed = indicator.disputed is not None or state["disagreeing_totals"]
    doubt = "disputed" if is_disputed else "questioned" if figure["doubtful_rows"] else "none"
    return figure | {
        "missing_deliveries": state["missing_deliveries"],
        "rejected_rows": state["rejected_rows"],
        "coverage_status": coverage,
        "doubt": doubt,
        "status": coverage if doubt == "none" else doubt,
    }


def _change(figure: Row, before: Row | None, indicator: Indicator) -> Row:
    """Compare with the year before, over the parts that both years have, where these are four fifths of either."""
    nothing = dict.fromkeys(("change_value", "change_pct", "change_status"))
    if before is None:
        return nothing | {"previous_value": None}
    nothing |= {"previous_value": before["value"]}
    now, then = figure["compared"]
    size, compared, compared_previous = figure["sizes"]
    if None in (now, then, before["value"], size) or indicator.kind == "growth":
        return nothing
    whole_before = before["denominator"] if indicator.kind == "ratio" else before["value"]
    if abs(compared) * 5 < abs(size) * 4 or abs(compared_previous) * 5 < abs(whole_before) * 4:
        return nothing
    return {
        "previous_value": before["value"],
        "change_value": now - then,
        "change_pct": None if indicator.unit == "%" else quotient((now - then) * 100, then, 2),
        "change_status": max(figure["status"], before["status"], key=STATUSES.index),
    }
