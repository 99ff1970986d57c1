"""Figures worked out in plain Python from the rows that they are traced to, and from what is expected of reporters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = dict[str, Any]
Key = tuple[str, str, str, str]
"""Indicator, period, basis, division."""

ROWS = """
select
  indicator_code, term, aggregate, period, year_role, basis, county_code, township_code, place_code,
  is_counted, value, counted_key, corrected, is_flagged
from mart_figure_row
"""
COUNTED = ("source_rows", "flagged_rows", "corrected_rows")


def plain_figures(ask: Any) -> dict[Key, Row]:
    """Work out every figure. ask: answers a query on the models that figures are made of."""
    sums = _sums(ask(ROWS))
    indicators = {row["indicator_code"]: row for row in ask("select * from dim_indicator")}
    places = {
        row["division_code"]: row["township_code"]
        for row in ask("select * from dim_division where lookup_to = date '9999-12-31'")
    }
    states = _reporter_states(ask)
    figures = {}
    for code, period, basis, county, division in sorted({(c, p, b, n, d) for c, _, p, _, b, n, d in sums}):
        terms = {
            (term, year): sums.get((code, term, period, year, basis, county, division))
            for term in ("value", "numerator", "denominator")
            for year in ("current", "previous")
        }
        figure = _figure(indicators[code], terms)
        if figure is None:
            continue
        state = _state_of(states[code, period], county, division, places.get(division))
        figures[code, period, basis, division] = _with_status(figure, indicators[code], state)
    return figures


def _levels(row: Row) -> Iterator[str]:
    yield f"{row['county_code']}000000"
    yield from (code for code in (row["township_code"], row["place_code"]) if code is not None)


def _sums(rows: Iterable[Row]) -> dict[tuple[str, ...], Row]:
    """What each term comes to, wherever a row is in scope, whether or not it counts."""
    by_term: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        key = (row["indicator_code"], row["term"], row["period"], row["year_role"], row["basis"])
        for division in _levels(row):
            by_term[(*key, row["county_code"], division)].append(row)
    return {key: _sum(rows) for key, rows in by_term.items()}


def _sum(rows: list[Row]) -> Row:
    counted = [row for row in rows if row["is_counted"]]
    keys = {row["counted_key"] for row in counted}
    added = sum((row["value"] for row in counted), Decimal(0))
    return {
        "amount": Decimal(len(keys)) if rows[0]["aggregate"] == "count_distinct" else added,
        "source_rows": len(counted),
        "flagged_rows": sum(row["is_flagged"] for row in counted),
        "corrected_rows": sum(row["corrected"] is not None for row in counted),
    }


def _figure(indicator: Row, terms: dict[tuple[str, str], Row | None]) -> Row | None:
    kind, percent = indicator["kind"], 100 if indicator["unit"] == "%" else 1
    if kind not in ("ratio", "growth"):
        value, previous = terms["value", "current"], terms["value", "previous"]
        if value is None:
            return None
        numbers = {name: value[name] for name in COUNTED}
        amounts = {"value": value["amount"], "previous_value": previous and previous["amount"]}
        return numbers | amounts | {"numerator": None, "denominator": None}
    over, under = terms["numerator", "current"], terms["denominator", "current"]
    if over is None or under is None:
        return None
    dividend = over["amount"] - (under["amount"] if kind == "growth" else 0)
    previous_over, previous_under = terms["numerator", "previous"], terms["denominator", "previous"]
    return {
        "value": quotient(dividend * percent, under["amount"], 4),
        "previous_value": quotient(previous_over["amount"] * percent, previous_under["amount"], 4)
        if previous_over and previous_under
        else None,
        "numerator": over["amount"],
        "denominator": under["amount"],
        "source_rows": under["source_rows"],
        "flagged_rows": max(over["flagged_rows"], under["flagged_rows"]),
        "corrected_rows": max(over["corrected_rows"], under["corrected_rows"]),
    }


def quotient(dividend: Decimal, divisor: Decimal, places: int) -> Decimal | None:
    """Divide exactly, half away from zero; nothing can be divided by zero."""
    return (dividend / divisor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if divisor else None


def _reporter_states(ask: Any) -> dict[tuple[str, str], list[Row]]:
    """By indicator and period, what each reporter of a form that it needs still lacks."""
    periods, reporters = ask("select * from dim_period"), ask("select * from dim_reporter")
    divisions = {row["reporter_code"]: row["division_code"] for row in reporters}
    expected: dict[str, list[Row]] = defaultdict(list)
    for row in ask("select * from dq_expected_delivery"):
        expected[row["staged_table"]].append(row)
    states: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for form in ask("select * from dim_indicator_form"):
        previous = "previous_" if form["year_role"] == "previous" else ""
        for period in [p for p in periods if p["grain"] == form["period_grain"] and p[f"{previous}end_date"]]:
            start, end = form["since_date"] or period[f"{previous}start_date"], period[f"{previous}end_date"]
            by_reporter: dict[str, list[Row]] = defaultdict(list)
            for row in expected[form["staged_table"]]:
                is_meant = form["reporter_code"] in (None, row["reporter_code"])
                if is_meant and start <= row["period_end_date"] <= end:
                    by_reporter[row["reporter_code"]].append(row)
            states[form["indicator_code"], period["period"]] += [
                _state(rows, form["needs"]) | {"division_code": divisions[reporter]}
                for reporter, rows in by_reporter.items()
            ]
    return states


def _state(rows: list[Row], needs: str) -> Row:
    received = [row["period_end_date"] for row in rows if row["state"] == "in_force"]
    missing = sum(row["state"] == "missing" for row in rows)
    if needs == "every":
        used, awaits_more = rows, any(row["state"] == "not_due" for row in rows)
    else:
        used = [row for row in rows if received and row["period_end_date"] == max(received)]
        awaits_more = not received or max(received) < max(row["period_end_date"] for row in rows)
        missing = int(not received and missing > 0)
    return {
        "missing_deliveries": missing,
        "awaits_more": awaits_more,
        "rejected_rows": sum(row["rejected_rows"] for row in used),
        "disagreeing_totals": sum(row["disagreeing_totals"] for row in used),
    }


def _state_of(states: list[Row], county: str, division: str, township: str | None) -> Row:
    """Add up what concerns a division: of a county, what any reporter in it lacks."""
    whole = f"{county}000000"
    within = [state for state in states if state["division_code"].startswith(county)]
    meant = [s for s in within if division == whole or s["division_code"] in (division, township, whole)]
    names = ("missing_deliveries", "awaits_more", "rejected_rows", "disagreeing_totals")
    return {name: sum(state[name] for state in meant) for name in names}


def _with_status(figure: Row, indicator: Row, state: Row) -> Row:
    if indicator["disputed"] is not None or state["disagreeing_totals"]:
        status = "disputed"
    elif state["missing_deliveries"] or state["rejected_rows"]:
        status = "incomplete"
    else:
        status = "provisional" if state["awaits_more"] else "final"
    is_comparable = indicator["over_time"] == "latest" or not state["awaits_more"]
    value, previous = figure["value"], figure["previous_value"] if is_comparable else None
    change = value - previous if value is not None and previous is not None else None
    is_quotient = indicator["kind"] in ("ratio", "growth")
    return figure | {
        "missing_deliveries": state["missing_deliveries"],
        "rejected_rows": state["rejected_rows"],
        "status": status,
        "previous_value": previous,
        "change_value": change,
        "change_pct": None
        if is_quotient or change is None or previous is None
        else quotient(change * 100, previous, 2),
    }
