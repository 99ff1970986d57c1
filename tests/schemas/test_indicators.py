"""What holds of every indicator, whoever adds one."""

import csv
import re
from datetime import date
from typing import Any

import duckdb
import pandera.polars as pa
import pytest
import sqlglot
from sqlglot import exp

from schemas.catalogue import read_stock
from schemas.field import Column, columns
from schemas.indicator import DIVISION_LIST, Indicator, Term, read_good_directions
from sources.text.unit import is_unit
from tests.district import BUILT, COUNTY, INDICATORS, STAGED

REPORTERS = COUNTY / "reporters.csv"
TERMS = [
    pytest.param(term, id=f"{indicator.code}.{name}")
    for indicator in INDICATORS.values()
    for name, term in indicator.terms
]
CELL_COLUMN_VALUES = {
    "transaction_serial": ["", "S1"],
    "identified_by": ["household", "household_elsewhere", "borrower"],
}
"""The columns that decide which field's cell is shown, each with all the values that it may have."""

every_indicator = pytest.mark.parametrize(
    "indicator", INDICATORS.values(), ids=lambda indicator: indicator.code
)
every_term = pytest.mark.parametrize("term", TERMS)


def fact_columns(term: Term) -> dict[str, Column]:
    return {column.name: column for column in columns(BUILT[term.table])}


def columns_read(sql: str) -> set[str]:
    return {column.name for column in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Column)}


def shown_fields(term: Term) -> set[str]:
    """The fields whose cells a trace of the term may show."""
    if term.cell is None:
        return {term.column}
    tables = [f"(select unnest({values}) as {name})" for name, values in CELL_COLUMN_VALUES.items()]
    return {field for (field,) in duckdb.execute(f"select {term.cell} from {', '.join(tables)}").fetchall()}


@every_indicator
def test_a_code_is_in_snake_case_and_a_name_and_definition_in_chinese(indicator: Indicator) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", indicator.code)
    for text in (indicator.name, indicator.definition, indicator.source, indicator.form):
        assert re.search("[一-鿿]", text)
    assert indicator.name_en.isascii()


def test_no_two_indicators_are_called_the_same() -> None:
    for names in ([i.name for i in INDICATORS.values()], [i.name_en for i in INDICATORS.values()]):
        assert len(names) == len(set(names))
    assert list(INDICATORS) == [indicator.code for indicator in INDICATORS.values()]


@every_indicator
def test_a_unit_is_one_that_deliveries_may_state(indicator: Indicator) -> None:
    assert is_unit(indicator.unit)


@every_indicator
def test_a_sum_has_the_unit_of_what_it_adds_up_and_a_share_has_one_unit_above_and_below(
    indicator: Indicator,
) -> None:
    units = [fact_columns(term)[term.column].unit for _, term in indicator.terms if term.aggregate == "sum"]

    if indicator.unit in ("%", "倍"):
        assert len(set(units)) <= 1
        assert len({term.aggregate for _, term in indicator.terms}) == 1
    else:
        assert units[:1] in ([], [indicator.unit])


@every_term
def test_a_term_reads_columns_that_its_table_has(term: Term) -> None:
    read = {term.column} | columns_read(term.where) | ({term.dated_by, term.weight} - {None})
    read |= columns_read(term.cell) if term.cell else set()

    assert read <= fact_columns(term).keys()


@every_term
def test_what_a_term_counts_has_a_value_in_every_row(term: Term) -> None:
    if term.aggregate == "count":
        is_there = not fact_columns(term)[term.column].nullable
        assert is_there or f"{term.column} is not null" in term.where


@every_term
def test_a_term_dated_by_a_column_is_dated_by_a_date_in_every_row(term: Term) -> None:
    if term.dated_by is not None:
        dated_by = fact_columns(term)[term.dated_by]
        assert (dated_by.sql_type, dated_by.nullable) == ("date", False)


def test_every_fact_has_an_indicator() -> None:
    facts = {name for name in BUILT if name.startswith("fact_")}

    tables = {term.table for indicator in INDICATORS.values() for _, term in indicator.terms}
    assert tables == facts | {DIVISION_LIST}


@every_term
def test_a_term_is_fed_by_forms_that_are_staged_and_each_has_a_cell_to_show(term: Term) -> None:
    fed_by = [{column.name for column in columns(STAGED[form])} for form, _ in term.needs]

    assert fed_by or term.table == DIVISION_LIST
    for staged in fed_by:
        assert staged & shown_fields(term)


@every_term
def test_every_cell_that_a_term_may_show_is_of_a_form_that_feeds_its_table(term: Term) -> None:
    beside = [
        other
        for indicator in INDICATORS.values()
        for _, other in indicator.terms
        if other.table == term.table
    ]
    forms = {form for other in beside for form, _ in other.needs}
    models: list[type[pa.DataFrameModel]] = [STAGED[form] for form in forms]
    models = models or [BUILT[DIVISION_LIST]]

    assert shown_fields(term) <= {column.name for model in models for column in columns(model)}


@every_term
def test_the_columns_that_decide_on_a_cell_are_tried_with_all_that_they_say(term: Term) -> None:
    assert (columns_read(term.cell) if term.cell else set()) <= CELL_COLUMN_VALUES.keys()


@every_term
def test_a_term_of_one_reporter_is_of_one_that_there_is(term: Term) -> None:
    with REPORTERS.open(encoding="utf-8") as lines:
        known = {row["reporter_code"] for row in csv.DictReader(lines)}

    assert term.reporter is None or term.reporter in known
    assert term.reporter is None or f"'{term.reporter}'" in term.where


TERM = Term("fact_rural_tourism", "sum", "visits")


def indicator(**changes: Any) -> Indicator:
    plain: dict[str, Any] = {
        "code": "visits", "name": "人次", "name_en": "visits", "chapter": "特优农业", "definition": "人次之和",
        "source": "表式", "form": "统计表", "unit": "人次", "kind": "flow", "value": TERM,
    }  # fmt: skip
    return Indicator(**plain | changes)


def test_a_ratio_and_nothing_else_has_a_denominator() -> None:
    assert [name for name, _ in indicator(kind="ratio", denominator=TERM).terms] == [
        "numerator",
        "denominator",
    ]
    assert [name for name, _ in indicator().terms] == ["value"]
    for changes in ({"kind": "ratio"}, {"denominator": TERM}):
        with pytest.raises(ValueError, match="visits: a ratio, and nothing else, has a denominator"):
            indicator(**changes)


def test_no_other_than_a_term_to_date_says_since_when() -> None:
    with pytest.raises(ValueError, match="visits: no other than a term to date says since when"):
        indicator(value=Term("fact_rural_tourism", "sum", "visits", since=date(2021, 1, 1)))


def test_every_term_to_date_of_a_county_begins_with_its_day() -> None:
    since = {t.since for i in INDICATORS.values() for _, t in i.terms if t.over_time == "to_date"}
    assert since == {date(2021, 1, 1)}


def test_a_growth_is_of_what_is_reported_and_told_in_percent() -> None:
    listed = Term(DIVISION_LIST, "count", "division_code")
    assert indicator(kind="growth", unit="%").years == ("current", "previous")
    for changes in ({"unit": "元"}, {"unit": "%", "value": listed}):
        with pytest.raises(ValueError, match="visits: a growth is of what is reported, and told in percent"):
            indicator(kind="growth", **changes)


def test_a_formula_says_what_is_aggregated_and_of_which_rows() -> None:
    counted = Term("fact_village_profile", "count", "has_bus_service", where="has_bus_service")
    distinct = Term("fact_agri_processing", "count_distinct", "cluster")

    assert indicator().formula == "sum(visits) from fact_rural_tourism"
    assert indicator(kind="ratio", value=counted, denominator=distinct).formula == (
        "count(*) from fact_village_profile where has_bus_service"
        " / count(distinct cluster) from fact_agri_processing"
    )
    weighted = Term("fact_income_survey", "sum", "resident_persons", weight="weight")
    assert indicator(kind="growth", unit="%", value=weighted).formula == (
        "sum(weight * resident_persons) from fact_income_survey; over the same of the year before, - 1"
    )


def test_a_fact_is_fed_by_the_form_of_its_name_of_which_a_sum_needs_every_delivery() -> None:
    assert TERM.needs == (("rural_tourism", "last"),)
    assert Term("fact_rural_tourism", "sum", "visits", over_time="sum").needs == (("rural_tourism", "every"),)
    assert Term(DIVISION_LIST, "count", "division_code").needs == ()


def test_what_has_a_good_direction_is_an_indicator_and_has_but_one() -> None:
    good = read_good_directions()
    assert (good.more | good.less) - read_stock().indicators.keys() == set()
    assert good.more & good.less == set()
    assert INDICATORS["weak_party_org_count"].better == "less"
    assert INDICATORS["farmer_loan_disbursed_cum"].better == "more"  # as that which it is like
