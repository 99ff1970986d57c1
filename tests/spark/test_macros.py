"""The textual macros give on Spark, too, exactly what Python's `decimal` gives."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.examples import examples
from tests.warehouse.database.test_macros import (
    Number,
    decimals_18,
    exact_ratio,
    is_at_the_limit,
    written,
)
from warehouse.database.macros import expand
from warehouse.database.spark.session import Session


def values(session: Session, expressions: list[str]) -> list[object]:
    selected = ", ".join(f"{expand(text)} as value_{number}" for number, text in enumerate(expressions))
    return list(session.tuples(f"select {selected}")[0])


@examples(12)
@given(cases=st.lists(st.tuples(decimals_18(), decimals_18(), st.integers(0, 6)), min_size=20, max_size=20))
def test_a_ratio_is_exact_at_every_scale(session: Session, cases: list[tuple[Number, Number, int]]) -> None:
    cases = [(n, d, places) for n, d, places in cases if not is_at_the_limit(n[0], d[0], places)]
    assume(cases)
    ratios = values(session, [f"@ratio({written(*n)}, {written(*d)}, {places})" for n, d, places in cases])
    assert ratios == [exact_ratio(n[0], d[0], places) for n, d, places in cases]


@examples(4)
@given(days=st.lists(st.dates(date(1990, 1, 1), date(2060, 12, 31)), min_size=20, max_size=20))
def test_a_month_starts_on_its_first_day(session: Session, days: list[date]) -> None:
    starts = values(session, [f"@month_start(date '{day}')" for day in days])
    assert starts == [day.replace(day=1) for day in days]
