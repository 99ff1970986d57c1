"""A county's own form, as its TOML says it: table, rules, fact and indicators."""

import tomllib
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from schemas.county.own_form import FieldLimits, OwnForm
from schemas.county.own_tables import Declared, declare_form, limited
from schemas.fact import Period
from schemas.field import Column, columns
from schemas.lineage import StagedByRow
from schemas.validate import rules
from tests.district import STAGED

FORM = """
[form]
chapter = "乡村建设"
[fields.village_code]
title = "村"
type = "text"
place = "village"
key = true
[fields.houses]
title = "住房"
type = "count"
unit = "栋"
least = 0
most = 900
blank = "missing"
watch = [10, 1000]
[fields.brick_houses]
title = "砖木"
type = "count"
[fields.rent_yuan]
title = "租金"
type = "yuan"
[fields.kind]
title = "类别"
type = "text"
allowed = ["新", "旧"]
blank = "not_applicable"
[[rules]]
rule = "12≥13"
[[indicators]]
code = "rural_house_count"
name = "农村住房"
name_en = "rural houses"
unit = "栋"
kind = "stock"
definition = "年末住房"
value = { aggregate = "sum", field = "houses", where = "kind = '新'" }
"""
CODES = {"12": "houses", "13": "brick_houses"}


def declared(text: str = FORM, *, period: Period = "year", cumulative: bool = False) -> Declared:
    own = OwnForm.model_validate(tomllib.loads(text))
    return declare_form(
        "rural_housing", own, title="住房表", period=period, cumulative=cumulative, codes=CODES
    )


def fields(made: Declared) -> dict[str, Column]:
    return {column.name: column for column in columns(made.staged)}


def test_fields_have_type_unit_key_place_and_what_a_blank_says() -> None:
    made = fields(declared())
    assert made["houses"].dtype == pl.Int64
    assert (made["houses"].unit, made["houses"].blank, made["houses"].watch) == ("栋", "missing", (10, 1000))
    assert (made["village_code"].key, made["village_code"].place) == (True, "village")
    assert (made["rent_yuan"].dtype, made["rent_yuan"].unit) == (pl.Decimal(18, 2), "元")
    assert made["kind"].allowed == ("新", "旧")


def broken(row: dict[str, Any]) -> set[str]:
    """The rules that a row breaks."""
    made = declared()
    frame = pl.DataFrame([row], schema={c.name: c.dtype for c in columns(made.staged)})
    return {rule.name for rule in rules(made.staged) if frame.select(~rule.holds.fill_null(True)).item()}


GOOD = dict.fromkeys(("county_code", "reporter_code", "contract", "period", "delivery_id", "sheet_name"), "x") | {
    "sheet_block": 1, "sheet_row": 5, "flags": None, "corrected": None, "village_code": "1", "houses": 9,
    "brick_houses": 4, "rent_yuan": Decimal(1), "kind": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, set()),
        ({"houses": 3}, {"row__rule_1"}),
        ({"houses": None}, set()),
        ({"houses": 901}, {"houses__less_than_or_equal_to"}),
        ({"rent_yuan": None}, {"rent_yuan__required"}),
        ({"kind": "半新"}, {"kind__isin"}),
    ],
)
def test_rules_follow_from_limits_blanks_and_printed_balances(
    changes: dict[str, Any], names: set[str]
) -> None:
    assert broken(GOOD | changes) == names


def test_a_printed_balance_is_said_in_the_titles_of_its_fields() -> None:
    assert "应有 住房≥砖木" in {rule.title for rule in rules(declared().staged)}


def test_the_fact_lies_where_the_first_place_says_and_is_keyed_by_it_and_the_period() -> None:
    fact = declared(period="quarter").fact
    assert (fact.name, fact.place, fact.series) == (
        "fact_rural_housing",
        ("village_code",),
        ("village_code",),
    )
    assert fact.key == ("village_code", "year", "quarter")


def test_without_a_key_rows_are_told_apart_by_their_place_in_the_delivery() -> None:
    made = declared(FORM.replace("key = true\n", ""))
    assert issubclass(made.staged, StagedByRow)
    assert {"sheet_name", "sheet_block", "sheet_row"} <= set(made.fact.key)


def test_an_indicator_is_over_the_fact_and_of_every_period_that_reports_make() -> None:
    [indicator] = declared(period="month").indicators
    assert indicator.formula == "sum(houses) from fact_rural_housing where kind = '新'"
    assert (indicator.periods, indicator.value.over_time) == (("year", "quarter", "month"), "latest")


@pytest.mark.parametrize(("cumulative", "over_time"), [(False, "sum"), (True, "latest")])
def test_a_flow_adds_up_unless_it_is_reported_from_january_on(cumulative: bool, over_time: str) -> None:
    [indicator] = declared(FORM.replace('"stock"', '"flow"'), cumulative=cumulative).indicators
    assert indicator.value.over_time == over_time


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("12≥13", "12≥14", "14 不是表中的数；应为表头里的编号，或数字字段的名称"),
        ("12≥13", "houses≥kind", "kind 不是表中的数"),
        ("12≥13", "住房多于砖木", "应写作一个关系"),
        ('field = "houses"', 'field = "house"', "指标 rural_house_count 的 house 不是表中的字段"),
        ('field = "houses"', 'field = "kind"', "kind 不是数，不能相加"),
        ('chapter = "乡村建设"', 'place = ["town"]', "place 的 town 不是表中的字段"),
    ],
)
def test_a_name_that_there_is_not_is_refused(old: str, new: str, sentence: str) -> None:
    assert old in FORM
    with pytest.raises(ValueError, match=sentence):
        declared(FORM.replace(old, new))


def test_limits_of_a_stock_table_are_rules_beside_its_own() -> None:
    table = limited(STAGED["grid"], {"households": FieldLimits(least=1, most=900)})
    of_field = {rule.name: rule.title for rule in rules(table) if rule.fields == ("households",)}
    assert of_field["households__most"] == "“户数”不应大于 900"
    assert {"households__least", "households__greater_than_or_equal_to"} <= of_field.keys()
