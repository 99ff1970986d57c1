"""The fused split says what pandera's own validation says, for every staged table."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from schemas.field import Column, columns, polars_schema
from schemas.validate import ValidationDisarmed, assert_armed, duplicates, rules, split
from tests.district import STAGED
from tests.examples import examples

AGRI = STAGED["agri_processing"]


def agri(**changes: Any) -> dict[str, Any]:
    row = {
        "county_code": "140214",
        "reporter_code": "gaoshan",
        "contract": "agri_processing.quarter",
        "period": "2022-Q1",
        "delivery_id": "d",
        "sheet_name": "表",
        "sheet_block": 1,
        "sheet_row": 6,
        "flags": None,
        "credit_code": "91110000600037341L",
        "enterprise_name": "某某乳业",
        "cluster": "乳品",
        "leading_level": "省级",
        "is_above_scale": True,
        "sales_revenue_ytd_yuan": Decimal("120.00"),
        "output_value_ytd_yuan": Decimal("100.00"),
    }
    return row | changes


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=polars_schema(AGRI))


def reasons(*rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    return split(frame(*rows), AGRI).reasons.rows()


def test_a_row_that_keeps_every_rule_is_accepted_unflagged() -> None:
    outcome = split(frame(agri()), AGRI)

    assert outcome.reasons.height == 0
    assert outcome.accepted["flags"].to_list() == [None]


def test_a_rejected_row_carries_every_reason() -> None:
    assert reasons(agri(credit_code=None, cluster="煤炭", output_value_ytd_yuan=Decimal(-1))) == [
        (0, "cluster__isin", "reject"),
        (0, "credit_code__required", "reject"),
        (0, "output_value_ytd_yuan__greater_than_or_equal_to", "reject"),
        (0, "row__sales_near_output", "flag"),
    ]


def test_a_flag_lets_the_row_in_marked() -> None:
    outcome = split(frame(agri(sales_revenue_ytd_yuan=Decimal(400))), AGRI)

    assert outcome.accepted["flags"].to_list() == ["row__sales_near_output"]


def test_every_member_of_a_duplicate_group_is_rejected() -> None:
    assert reasons(agri(), agri(sheet_row=7)) == [
        (0, "key__duplicate", "reject"),
        (1, "key__duplicate", "reject"),
    ]


def test_rows_without_a_key_are_not_duplicates_of_each_other() -> None:
    assert duplicates(frame(agri(credit_code=None), agri(credit_code=None)), AGRI).height == 0


def test_a_cell_that_could_not_be_read_is_not_called_blank_as_well() -> None:
    unread = pl.DataFrame(
        {"index": [0], "field": ["credit_code"]}, schema={"index": pl.UInt32, "field": pl.String}
    )

    outcome = split(frame(agri(credit_code=None)), AGRI, unparsed=unread)

    assert outcome.reasons.height == 0
    assert outcome.accepted.height == 0


def test_a_field_may_be_blank_only_where_the_layout_lacks_it() -> None:
    note = {c.name: None for c in columns(STAGED["loan_note"])}
    empty = pl.DataFrame([note], schema=polars_schema(STAGED["loan_note"]))

    def blank(absent: frozenset[str]) -> bool:
        broken = split(empty, STAGED["loan_note"], absent=absent).reasons
        return "amount_yuan__required" in broken["rule"].to_list()

    assert blank(frozenset())
    assert not blank(frozenset({"amount_yuan"}))


def test_wrong_columns_are_refused() -> None:
    with pytest.raises(pa.errors.SchemaError):
        split(frame(agri()).drop("cluster"), AGRI)


@pytest.mark.parametrize("name", ["PANDERA_VALIDATION_ENABLED", "PANDERA_VALIDATION_DEPTH"])
def test_an_environment_that_weakens_the_rules_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_armed()
    monkeypatch.setenv(name, "False")
    with pytest.raises(ValidationDisarmed, match=name):
        assert_armed()


def values_of(column: Column) -> st.SearchStrategy[Any]:
    if column.allowed is not None:
        known: st.SearchStrategy[Any] = st.sampled_from([*column.allowed, "别的"])
    elif isinstance(column.dtype, pl.Decimal):
        known = st.decimals(-10, 10**4, places=column.dtype.scale)
    elif column.dtype.is_integer():
        known = st.integers(-3, 500)
    elif column.dtype == pl.Boolean:
        known = st.booleans()
    elif column.dtype == pl.Date:
        known = st.dates(date(2021, 1, 1), date(2023, 12, 31))
    else:
        known = st.sampled_from(
            [
                "91110000600037341L",
                "91110000600037341M",
                "11010519491231002X",
                "2022-06-30",
                "AB12",
                "某某乳业13900001111",
            ]
        )
    return st.none() | known


@pytest.mark.parametrize("table", sorted(STAGED))
@examples(25)
@given(data=st.data())
def test_the_split_agrees_with_pandera(table: str, data: st.DataObject) -> None:
    model = STAGED[table]
    row = st.fixed_dictionaries({column.name: values_of(column) for column in columns(model)})
    rows = data.draw(st.lists(row, min_size=1, max_size=6))
    candidates = pl.DataFrame(rows, schema=polars_schema(model))

    assert {(i, rule) for i, rule, _ in split(candidates, model, unique=False).reasons.rows()} == by_pandera(
        model, candidates
    )


def by_pandera(model: type[pa.DataFrameModel], candidates: pl.DataFrame) -> set[tuple[int, str]]:
    """Every broken rule as `validate(lazy=True)` reports it, warnings counted like errors."""
    schema = model.to_schema()
    for check in [*schema.checks, *(check for column in schema.columns.values() for check in column.checks)]:
        check.raise_warning = False
    blanks = {c.name for c in columns(model) if c.blank_only_if_absent}
    broken = set()
    try:
        schema.validate(candidates, lazy=True)
    except SchemaErrors as errors:
        broken = {(row["index"], _rule(row)) for row in errors.failure_cases.iter_rows(named=True)}
    return broken | {
        (at, f"{name}__required") for name in blanks for at in candidates[name].is_null().arg_true().to_list()
    }


def _rule(case: dict[str, Any]) -> str:
    if case["check"] == "not_nullable":
        return f"{case['column']}__required"
    check = case["check"].split("(")[0]
    return f"row__{check}" if case["schema_context"] == "DataFrameSchema" else f"{case['column']}__{check}"


def test_every_rule_has_a_title_and_a_name_of_its_own() -> None:
    for model in STAGED.values():
        names = [rule.name for rule in rules(model)]
        assert len(names) == len(set(names))
        assert all(rule.title for rule in rules(model))
