"""Dimension, fact and mart models keep to the SQL that DuckDB and Spark share."""

import re
from functools import cache

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from tests.district import BUILT, CATALOGUE, FACTS
from warehouse.build.order import (
    MODELS,
    dependencies,
    layer_of,
    model_files,
    model_names,
    model_sql,
    model_text,
)
from warehouse.checks.table_check import TableCheck
from warehouse.checks.table_checks import declared
from warehouse.database.engine import EXPLODE

PORTABLE = [name for name in sorted(BUILT) if layer_of(CATALOGUE, name) in ("dim", "fact", "mart")]

NOT_SHARED: tuple[type[exp.Expr], ...] = (
    exp.Div, exp.IntDiv, exp.Avg, exp.Round, exp.Qualify, exp.Pivot, exp.Lag, exp.GroupConcat, exp.ArgMax,
    exp.Median, exp.PercentileCont, exp.Lambda, exp.TryCast,
)  # fmt: skip

ONLY_DUCKDB = re.compile(
    r"::|\bas varchar\b|\bexclude\b|\bunion by name\b|\bescape\b|\bunnest\b|\bunpivot\b|\bstring_split\b|\b(?:list|arg)_\w+|\["
)


@cache
def tree(name: str) -> exp.Expr:
    """The model before its macros are expanded: a macro may use what a model may not."""
    return sqlglot.parse_one(model_text(CATALOGUE, name).replace("@", "macro_"), dialect="duckdb")


@pytest.mark.parametrize("name", PORTABLE)
def test_a_model_uses_nothing_that_only_one_engine_has(name: str) -> None:
    assert [node.sql() for node in tree(name).find_all(*NOT_SHARED)] == []
    assert not re.search(
        r"::|\bas varchar\b|\bgroup by all\b|\bexclude\b|\bunion by name\b", model_text(CATALOGUE, name)
    )


@pytest.mark.parametrize("name", PORTABLE)
def test_every_order_says_where_nulls_go(name: str) -> None:
    ordered = list(tree(name).find_all(exp.Ordered))
    assert len(re.findall(r"\bnulls (?:first|last)\b", model_text(CATALOGUE, name))) == len(ordered)


@pytest.mark.parametrize("name", PORTABLE)
def test_every_running_total_says_its_frame(name: str) -> None:
    totals = [window for window in tree(name).find_all(exp.Window) if isinstance(window.this, exp.Sum)]
    assert [window.sql() for window in totals if not window.args.get("spec")] == []


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_model_parses_as_spark_too(name: str) -> None:
    assert isinstance(sqlglot.parse_one(model_sql(CATALOGUE, name), dialect="spark"), exp.Query)


@pytest.mark.parametrize("name", sorted(BUILT.keys() - PORTABLE))
def test_a_model_of_statistics_says_nothing_that_spark_does_not_know(name: str) -> None:
    """They divide and round doubles, as dim, fact and mart may not; `make test-spark` holds their values."""
    assert ONLY_DUCKDB.findall(model_text(CATALOGUE, name)) == []


@pytest.mark.parametrize("check", declared(CATALOGUE), ids=lambda check: check.name)
def test_a_check_says_nothing_that_spark_does_not_know(check: TableCheck) -> None:
    assert ONLY_DUCKDB.findall(f"{check.select} {check.among}") == []


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_model_begins_by_saying_its_grain(name: str) -> None:
    assert model_text(CATALOGUE, name).startswith("-- ")
    assert len(re.findall(r"^-- grain", model_text(CATALOGUE, name), re.MULTILINE)) == 1


def test_there_is_one_model_for_each_built_table_that_is_not_derived() -> None:
    assert sorted(path.name.partition(".")[0] for path in MODELS.glob("*/*.sql*")) == sorted(
        BUILT.keys() - FACTS.keys()
    )
    assert {"fact_grid", "fact_rural_tourism", "fact_work_supervision"} <= FACTS.keys()


def test_a_model_lies_in_the_folder_that_its_name_begins_with() -> None:
    misplaced = [
        name
        for name, path in model_files().items()
        if name != "warehouse_info" and name.split("_")[0] != path.parent.name
    ]
    assert misplaced == []


def test_dependencies_are_read_from_the_sql() -> None:
    assert dependencies(CATALOGUE)["fact_village_profile"] == {
        "staged_village_profile",
        "dim_period",
        "dim_division",
    }
    assert dependencies(CATALOGUE)["dim_period"] == {"dim_date"}
    with duckdb.connect() as parser:
        parser.execute(EXPLODE)
        assert dependencies(CATALOGUE) == {
            name: parser.get_table_names(model_sql(CATALOGUE, name)) for name in dependencies(CATALOGUE)
        }


def test_models_come_after_those_that_they_read() -> None:
    names = model_names(CATALOGUE)
    position = {name: index for index, name in enumerate(names)}
    late = [
        (name, read)
        for name in names
        for read in dependencies(CATALOGUE)[name] & position.keys()
        if position[read] > position[name]
    ]
    assert late == []
    assert names[-4:] == ["dq_check_result", "dq_finding", "dq_quality_score", "dq_build_step"]
