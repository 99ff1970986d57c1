"""The textual macros give exactly what Python's `decimal` gives."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.examples import examples
from warehouse.database.macros import expand

Number = tuple[Decimal, int]
"""A number and its scale."""


def values(expressions: list[str]) -> list[object]:
    with duckdb.connect() as connection:
        (row,) = connection.execute(f"select {', '.join(map(expand, expressions))}").fetchall()
        return list(row)


def value(expression: str) -> object:
    return values([expression])[0]


def written(number: Decimal, scale: int) -> str:
    return f"cast('{number:f}' as decimal(18,{scale}))"


def exact_ratio(numerator: Decimal, denominator: Decimal, places: int) -> Decimal | None:
    with localcontext() as context:
        context.prec = 80
        if denominator == 0 or abs(numerator / denominator).scaleb(places) >= 10**15:
            return None
        return (numerator / denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def is_at_the_limit(numerator: Decimal, denominator: Decimal, places: int) -> bool:
    """Where the quotient is so near to 10**15 that a double may fall on the other side."""
    return abs(abs(numerator).scaleb(places) - abs(denominator) * 10**15) <= abs(denominator)


@st.composite
def decimals_18(draw: st.DrawFn) -> Number:
    scale = draw(st.integers(0, 6))
    most = 10 ** draw(st.integers(1, 18)) - 1
    return Decimal(draw(st.integers(-most, most))).scaleb(-scale), scale


@examples(50)
@given(cases=st.lists(st.tuples(decimals_18(), decimals_18(), st.integers(0, 6)), min_size=1, max_size=20))
def test_a_ratio_is_exact_at_every_scale(cases: list[tuple[Number, Number, int]]) -> None:
    cases = [(n, d, places) for n, d, places in cases if not is_at_the_limit(n[0], d[0], places)]
    assume(cases)
    ratios = values([f"@ratio({written(*n)}, {written(*d)}, {places})" for n, d, places in cases])
    assert ratios == [exact_ratio(n[0], d[0], places) for n, d, places in cases]


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "expected"),
    [
        ("1.00", "3.00", 4, "0.3333"),
        ("2.00", "3.00", 4, "0.6667"),
        ("0.125000", "1.000000", 2, "0.13"),
        ("-0.125000", "1.000000", 2, "-0.13"),
        ("1.00", "0.01", 2, "100.00"),
        ("0.000001", "0.000003", 6, "0.333333"),
        ("999999999999.99", "999999999999.98", 2, "1.00"),
        ("999999999999.998000", "0.001000", 0, "999999999999998"),
        ("0.00", "-5.00", 2, "0.00"),
    ],
)
def test_a_ratio_rounds_half_away_from_zero(
    numerator: str, denominator: str, places: int, expected: str
) -> None:
    operands = f"cast('{numerator}' as decimal(18,6)), cast('{denominator}' as decimal(18,6))"
    assert value(f"@ratio({operands}, {places})") == Decimal(expected)


@pytest.mark.parametrize("operands", ["1.5, 0.0", "1.5, null", "null, 1.5", "100000000000.0, 0.000001"])
def test_a_ratio_is_null_where_it_is_not_defined_or_too_large(operands: str) -> None:
    numerator, denominator = (f"cast({operand} as decimal(18,6))" for operand in operands.split(", "))
    assert value(f"@ratio({numerator}, {denominator}, 2)") is None


def test_a_ratio_has_the_scale_asked_for() -> None:
    ratio = "@ratio(cast(1 as decimal(18,2)), cast(8 as decimal(18,2)), 3)"
    assert value(f"typeof({ratio})") == "DECIMAL(18,3)"


@pytest.mark.parametrize(
    ("current", "previous", "expected"),
    [("110.00", "100.00", "10.00"), ("90.00", "100.00", "-10.00"), ("100.00", "300.00", "-66.67")],
)
def test_growth_is_in_percent_of_the_previous(current: str, previous: str, expected: str) -> None:
    operands = f"cast({current} as decimal(18,2)), cast({previous} as decimal(18,2))"
    assert value(f"@change_pct({operands})") == Decimal(expected)


@examples(20)
@given(days=st.lists(st.dates(date(1990, 1, 1), date(2060, 12, 31)), min_size=1))
def test_a_month_starts_on_its_first_day(days: list[date]) -> None:
    assert values([f"@month_start(date '{day}')" for day in days]) == [day.replace(day=1) for day in days]


@pytest.mark.parametrize(
    ("number", "expected"), [("'h1'", "rcb/h1"), ("null", "rcb/b1")], ids=["household number", "borrower"]
)
def test_a_household_is_its_number_or_else_the_borrower(number: str, expected: str) -> None:
    assert value(f"@household('rcb', {number}, 'b1')") == expected


def test_a_call_may_stand_in_a_call() -> None:
    assert expand("@month_start(@month_start(f(a, b)))") == (
        "cast(date_trunc('month', cast(date_trunc('month', f(a, b)) as date)) as date)"
    )


def test_text_without_a_call_stays_as_it_is() -> None:
    assert expand("select concat(code, '@', day) -- code@day") == "select concat(code, '@', day) -- code@day"


@pytest.mark.parametrize("sql", ["@month_begin(d)", "@month_start(d"])
def test_an_unknown_or_open_call_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match="macro"):
        expand(sql)
