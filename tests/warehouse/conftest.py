"""Small inline tables: a row says what matters to the test, and the table's definition fills in the rest."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandera.polars as pa
import polars as pl
import pytest

from schemas.check_result import CheckResult
from schemas.field import columns, polars_schema
from sources.text.period import period_end
from tests.district import BUILT, CATALOGUE, INDICATORS, INPUTS
from tests.warehouse.standing_build import RELATIONS, StandingBuild, in_order
from tests.warehouse.two_townships import DIVISIONS, REPORTERS, Figures
from warehouse.build.build import Built, build
from warehouse.build.inputs import Inputs
from warehouse.build.order import dependencies, model_sql
from warehouse.checks import table_checks
from warehouse.database.engine import DuckDB, connect_to_published
from warehouse.database.store import Store
from warehouse.figures.indicator_frames import indicator_form_frame, indicator_frame

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Select = Callable[[str], list[Row]]

SMALLEST = ("admin_village_count", "policy_package_code")
"""Indicators beside the one that is looked at: a list of divisions and a distinct count, which models have some of."""

CUT_OFF = datetime(2023, 2, 1, 1, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

_PLAIN: dict[type[pl.DataType], Any] = {
    pl.String: "",
    pl.Boolean: False,
    pl.Date: date(2020, 6, 30),
    pl.Datetime: datetime(2023, 1, 5, 9, 0),
    pl.Decimal: Decimal(0),
}

DISTRICT: Tables = {
    "ref_division": [
        {"division_code": "140214000000", "name": "云冈区", "canonical_name": "云冈区", "level": "county"},
        {
            "division_code": "140214101000",
            "name": "高山镇",
            "canonical_name": "高山镇",
            "level": "town",
            "parent_code": "140214000000",
        },
        {
            "division_code": "140214101200",
            "name": "高山村委会",
            "canonical_name": "高山村",
            "level": "village",
            "parent_code": "140214101000",
        },
    ],
    "ref_reporter": [
        {"reporter_code": "gaoshan", "name": "高山镇", "kind": "township", "division_code": "140214101000"},
        {"reporter_code": "rcb", "name": "农商行", "kind": "bank", "division_code": "140214000000"},
    ],
}
"""One township with one village, and one bank."""


def filled(model: type[pa.DataFrameModel], rows: list[Row]) -> pl.DataFrame:
    """A frame of the table: what a row leaves out is null where it may be, else plain."""
    known = {c.name for c in columns(model)}
    for row in rows:
        assert row.keys() <= known, f"{model.__name__} has no {row.keys() - known}"
    plain = {c.name: None if c.nullable else _PLAIN.get(c.dtype.base_type(), 0) for c in columns(model)}
    return pl.DataFrame([plain | row for row in rows], schema=polars_schema(model))


def rows_of(file: Path, sql: str) -> list[Row]:
    with connect_to_published(file) as connection:
        result = connection.execute(sql)
        names = [name for name, *_ in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


LISTS: list[Row] = [
    {"basis": "2020", "list_date": date(2020, 6, 30)},
    {"basis": "2022", "list_date": date(2022, 10, 31)},
]


def sources_of(tables: Tables) -> dict[str, pl.DataFrame]:
    """Everything that a build is given: the district, and a delivery in force for each that a row names.

    A staged row without one lies in the delivery of its table, reporter and period.
    """
    given: dict[str, list[Row]] = {"ref_division_list": LISTS, **DISTRICT, **tables}
    deliveries = {row["delivery_id"]: row for row in given.get("source_delivery", [])}
    for name in [name for name in given if name.startswith("staged_")]:
        table = name.removeprefix("staged_")
        given[name] = [
            {"delivery_id": _delivery_of(table, row), "county_code": "140214"} | row for row in given[name]
        ]
        for row in given[name]:
            deliveries.setdefault(row["delivery_id"], _delivery(table, row))
    for rows in given.values():
        for delivery_id in sorted({row["delivery_id"] for row in rows if row.get("delivery_id")}):
            deliveries.setdefault(delivery_id, {"delivery_id": delivery_id, "is_in_force": True})
    given["source_delivery"] = list(deliveries.values())
    return {name: filled(model, given.get(name, [])) for name, model in INPUTS.items()}


def _delivery_of(table: str, row: Row) -> str:
    return f"{table}/{row.get('reporter_code', '')}/{row.get('period', '')}"


def _delivery(table: str, row: Row) -> Row:
    key = {name: row.get(name, "") for name in ("delivery_id", "reporter_code", "period")}
    end = period_end(key["period"]) if key["period"] else None
    return key | {
        "staged_table": table,
        "period_end_date": end,
        "is_in_force": True,
        "county_code": "140214",
    }


@pytest.fixture
def run_model(tmp_path: Path) -> Callable[..., list[Row]]:
    """Build one model, and those between it and the tables given, and give its rows in the order of all columns."""

    def run(name: str, **tables: list[Row]) -> list[Row]:
        assert tables.keys() <= set(in_order(name)), f"{name} is not built from {tables.keys()}"
        given_models = {model for model in in_order(name) if tables.keys() & set(in_order(model)[:-1])}
        models = [model for model in in_order(name) if model in given_models - tables.keys() | {name}]
        with DuckDB(tmp_path / "one.duckdb", tmp_path, memory_limit="500MB") as engine:
            for relation in set().union(*(dependencies(CATALOGUE)[model] for model in models)) - set(models):
                model = RELATIONS[relation]
                engine.register(relation, model, filled(model, tables.get(relation, [])))
            for model_name in models:
                engine.create(model_name, BUILT[model_name], model_sql(CATALOGUE, model_name))
        rows = rows_of(tmp_path / "one.duckdb", f"select * from {name} order by all")
        (tmp_path / "one.duckdb").unlink()
        return rows

    return run


@pytest.fixture(scope="session")
def standing_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingBuild]:
    with StandingBuild(tmp_path_factory.mktemp("standing")) as engine:
        yield engine


@pytest.fixture
def given(standing_build: StandingBuild, builds_of: Callable[..., StandingBuild]) -> Callable[..., Select]:
    """Take tables, and answer queries on the models that are built from them.

    Figures are those of the indicators that are named, without any of all: these take seconds to plan.
    """
    indicators = {
        "source_indicator": indicator_frame(INDICATORS.values()),
        "source_indicator_form": indicator_form_frame(INDICATORS.values()),
    }

    def take(*codes: str, **tables: list[Row]) -> Select:
        sources = sources_of(tables) | indicators
        engine = builds_of(*codes) if codes else standing_build
        return lambda sql: engine.select(sql, sources)

    return take


@pytest.fixture
def run_up_to(given: Callable[..., Select]) -> Callable[..., list[Row]]:
    """The rows of one model that is built, after all those that it is built from, on the tables given."""
    return lambda name, **tables: given(**tables)(f"select * from {name} order by all")


@pytest.fixture(scope="session")
def builds_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., StandingBuild]]:
    """A standing build of the figures of some indicators, made once."""
    with ExitStack() as stack:

        @cache
        def build_of(*codes: str) -> StandingBuild:
            indicators = {code: INDICATORS[code] for code in dict.fromkeys((*codes, *SMALLEST))}
            of_these = replace(CATALOGUE, indicators=indicators)
            return stack.enter_context(
                StandingBuild(
                    tmp_path_factory.mktemp("some"),
                    partial(model_sql, of_these),
                )
            )

        yield build_of


@pytest.fixture
def figures(given: Callable[..., Select]) -> Callable[..., Figures]:
    """The figures of one indicator in the county of two townships."""

    def run(indicator: str, **tables: list[Row]) -> Figures:
        two_townships = {"ref_division": DIVISIONS, "ref_reporter": REPORTERS}
        select = given(indicator, **two_townships | tables)
        rows = select(f"select * from mart_figure where indicator_code = '{indicator}' order by all")
        return {(r["division_name"], r["period"]): r for r in rows}

    return run


@pytest.fixture
def run_checks(tmp_path: Path) -> Callable[..., list[CheckResult]]:
    """Run table checks of one table on the tables given, all others empty."""
    checks = {check.name: check for check in table_checks.declared(CATALOGUE)}

    def run(*names: str, **tables: list[Row]) -> list[CheckResult]:
        assert tables.keys() <= RELATIONS.keys()
        chosen = [checks[name] for name in names]
        with DuckDB(tmp_path / "one.duckdb", tmp_path, memory_limit="500MB") as engine:
            read = RELATIONS.keys() & re.findall(r"\w+", " ".join(check.sql for check in chosen))
            for relation in {*tables, *read, "dq_field_place"}:  # the last one leads findings to their cells
                model = RELATIONS[relation]
                engine.register(relation, model, filled(model, tables.get(relation, [])))
            return table_checks.run(CATALOGUE, chosen, engine, len(tables.get(chosen[0].table, [])))

    return run


@pytest.fixture
def run_check(run_checks: Callable[..., list[CheckResult]]) -> Callable[..., CheckResult]:
    """Run one table check on the tables given, all others empty."""

    def run(name: str, **tables: list[Row]) -> CheckResult:
        (result,) = run_checks(name, **tables)
        return result

    return run


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "home")
    store.prepare()
    return store


@pytest.fixture(scope="session")
def given_sources() -> Callable[..., dict[str, pl.DataFrame]]:
    """What a build is given: the tables named, in a district of one township, one village and one bank."""
    return lambda **tables: sources_of(tables)


@pytest.fixture(scope="session")
def build_at() -> Callable[..., Built]:
    """Build sources into a file, with the cut-off of 2023-02-01 unless another is given."""

    def run(out: Path, sources: dict[str, Any], **options: Any) -> Built:
        plain: dict[str, Any] = {"cut_off": CUT_OFF, "synthetic": True, "row_checks": []}
        return build(Inputs(CATALOGUE, sources), out=out, **plain | options)

    return run


@pytest.fixture
def build_from(store: Store, build_at: Callable[..., Built]) -> Callable[..., Built]:
    """Build every table on the tables given, where a load would."""

    def run(*, row_checks: list[CheckResult] | None = None, **tables: list[Row]) -> Built:
        return build_at(store.building, sources_of(tables), row_checks=row_checks or [])

    return run


@pytest.fixture(scope="session")
def read() -> Callable[[Path, str], list[Row]]:
    """The rows that a query gives on a file, as a fresh reader sees it."""
    return rows_of
