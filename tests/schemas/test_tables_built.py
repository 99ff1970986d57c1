"""What every built table and source relation says of itself."""

import re

import pytest

from schemas.field import columns
from schemas.lineage import Staged
from tests.district import BUILT, RECORDED, SOURCE, STAGED

DESCRIBED = [(name, column) for name, model in BUILT.items() for column in columns(model)]
KEYLESS = {"mart_figure_row", "mart_figure_cell", "dq_rejected_row", "dq_answer", "dim_division_crosswalk"}


@pytest.mark.parametrize("name", BUILT)
def test_a_built_table_has_a_chinese_title_and_description(name: str) -> None:
    schema = BUILT[name].to_schema()
    assert re.search("[一-鿿]", schema.title)
    assert re.search("[一-鿿]", schema.description)


def test_every_column_has_a_chinese_title_and_a_description_of_its_own() -> None:
    plain = [
        (name, column.name)
        for name, column in DESCRIBED
        if not re.search("[一-鿿]", column.title) or column.title == column.description
    ]
    assert plain == []


def test_a_reference_leads_to_a_built_column_of_the_same_type() -> None:
    by_name = {f"{name}.{column.name}": column for name, column in DESCRIBED}
    wrong = [
        (name, column.name, column.references)
        for name, column in DESCRIBED
        if column.references and by_name[column.references].dtype != column.dtype
    ]
    assert wrong == []


def test_keys_are_stated_and_never_null() -> None:
    without = {name for name, model in BUILT.items() if not any(column.key for column in columns(model))}
    assert without == KEYLESS
    assert [(name, column.name) for name, column in DESCRIBED if column.key and column.nullable] == []


def test_names_carry_the_unit() -> None:
    units = {
        "元": "_yuan",
        "%": "_pct",
        "户": "households",
        "人": "_persons",
        "人次": "visits",
        "笔": "notes",
        "家": "enterprises",
    }
    wrong = [
        (name, column.name)
        for name, column in DESCRIBED
        if column.unit in units and units[column.unit] not in column.name
    ]
    assert wrong == []


def test_money_is_yuan_with_two_decimals() -> None:
    types = {column.sql_type for _, column in DESCRIBED if column.name.endswith("_yuan")}
    assert types == {"decimal(18,2)"}


def test_every_fact_row_can_be_traced() -> None:
    trace = ["county_code", "delivery_id", "sheet_name", "sheet_block", "sheet_row", "flags", "corrected"]
    begins = {name: [c.name for c in columns(BUILT[name])][:7] for name in BUILT if name.startswith("fact_")}
    assert begins
    assert [name for name, first in begins.items() if first != trace] == []


def test_no_built_table_has_a_column_for_a_person() -> None:
    personal = re.compile(r"borrower_key|person_name|id_number|phone|account")
    assert [(name, column.name) for name, column in DESCRIBED if personal.search(column.name)] == []


def test_no_two_relations_share_a_name() -> None:
    names = [*BUILT, *SOURCE, *RECORDED, *(f"staged_{name}" for name in STAGED)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", [*SOURCE, *RECORDED])
def test_a_source_relation_describes_its_columns(name: str) -> None:
    described = columns((SOURCE | RECORDED)[name])
    assert [column.name for column in described if not re.search("[一-鿿]", column.title)] == []


def test_what_a_blank_means_is_said_of_each_field_that_may_be_blank() -> None:
    lineage = {column.name for column in columns(Staged)}
    unsaid = [
        (name, column.name)
        for name, model in STAGED.items()
        for column in columns(model)
        if column.nullable and column.blank is None and column.name not in lineage
    ]
    assert unsaid == []
