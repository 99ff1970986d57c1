"""Each fact on a small table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from schemas.fact import REPORTER, Fact, Period
from schemas.field import columns, field
from schemas.lineage import Staged
from tests.district import BUILT
from tests.warehouse.conftest import filled, rows_of
from tests.warehouse.periods import period_rows
from warehouse.build.order import DERIVED_FACT
from warehouse.database.engine import DuckDB
from warehouse.database.templates import render

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]

GAOSHAN = "140214101000"
VILLAGE = {
    "division_key": "140214101200@2020-06-30",
    "division_code": "140214101200",
    "township_code": GAOSHAN,
    "lookup_from": date(1900, 1, 1),
    "lookup_to": date(2021, 10, 31),
}
VILLAGE_LATER = VILLAGE | {
    "division_key": "140214101200@2021-10-31",
    "lookup_from": date(2021, 10, 31),
    "lookup_to": date(9999, 12, 31),
}
UNKNOWN = VILLAGE | {
    "division_key": "unknown",
    "division_code": "unknown",
    "township_code": "unknown",
    "lookup_to": date(9999, 12, 31),
}


def picked(rows: list[Row], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def processing(credit_code: str, period: str, sales: int) -> Row:
    return {
        "credit_code": credit_code,
        "period": period,
        "reporter_code": "gaoshan",
        "sales_revenue_ytd_yuan": Decimal(sales),
        "output_value_ytd_yuan": Decimal(sales),
    }


def test_a_processing_row_keeps_what_was_reported_and_where(run_model: RunModel) -> None:
    row = processing("E1", "2022-Q3", 500) | {"delivery_id": "d1", "sheet_name": "农产品加工", "sheet_row": 7}
    town = VILLAGE_LATER | {"division_code": GAOSHAN, "division_key": f"{GAOSHAN}@2021-10-31"}
    facts = run_model(
        "fact_agri_processing", staged_agri_processing=[row], dim_period=period_rows("2022-Q3"),
        ref_reporter=[{"reporter_code": "gaoshan", "division_code": GAOSHAN}], dim_division=[town],
    )  # fmt: skip
    names = ("delivery_id", "sheet_name", "sheet_row", "year", "quarter", "township_code", "division_key")
    assert picked(facts, *names, "sales_revenue_ytd_yuan") == [
        ("d1", "农产品加工", 7, 2022, 3, GAOSHAN, f"{GAOSHAN}@2021-10-31", Decimal(500))
    ]


def test_a_quarters_flow_is_this_minus_the_quarter_before(run_model: RunModel) -> None:
    rows = [
        processing("E1", "2021-Q4", 900),
        processing("E1", "2022-Q1", 100),
        processing("E1", "2022-Q2", 250),
        processing("E1", "2022-Q4", 400),
        processing("E2", "2022-Q3", 300),
        processing("E2", "2022-Q4", 280),
    ]
    periods = period_rows(*{row["period"] for row in rows})
    facts = run_model("fact_agri_processing", staged_agri_processing=rows, dim_period=periods)
    assert picked(facts, "credit_code", "period", "sales_revenue_quarter_yuan") == [
        ("E1", "2021-Q4", None),
        ("E1", "2022-Q1", Decimal(100)),
        ("E1", "2022-Q2", Decimal(150)),
        ("E2", "2022-Q3", None),
        ("E1", "2022-Q4", None),
        ("E2", "2022-Q4", Decimal(-20)),
    ]


def test_a_profile_is_of_the_village_as_it_was_at_the_end_of_the_year(run_model: RunModel) -> None:
    rows = [
        {"village_code": "140214101200", "period": "2020", "registered_households": 90},
        {"village_code": "140214101200", "period": "2021", "registered_households": 80},
    ]
    facts = run_model(
        "fact_village_profile",
        staged_village_profile=rows,
        dim_period=period_rows("2020", "2021"),
        dim_division=[VILLAGE, VILLAGE_LATER],
    )
    assert picked(facts, "year", "division_key", "township_code", "registered_households") == [
        (2020, "140214101200@2020-06-30", GAOSHAN, 90),
        (2021, "140214101200@2021-10-31", GAOSHAN, 80),
    ]


def test_a_months_visits_are_of_the_village_as_it_was_at_the_end_of_the_month(run_model: RunModel) -> None:
    site = {"village_code": "140214101200", "site_name": "古堡民俗院"}
    rows = [
        site | {"period": "2021-09", "visits": 30, "revenue_yuan": Decimal(1500)},
        site | {"period": "2021-10", "visits": 20, "revenue_yuan": Decimal(900)},
    ]
    facts = run_model(
        "fact_rural_tourism",
        staged_rural_tourism=rows,
        dim_period=period_rows("2021-09", "2021-10"),
        dim_division=[VILLAGE, VILLAGE_LATER],
    )
    assert picked(facts, "year", "month", "visits", "revenue_yuan", "division_key", "township_code") == [
        (2021, 9, 30, Decimal(1500), "140214101200@2020-06-30", GAOSHAN),
        (2021, 10, 20, Decimal(900), "140214101200@2021-10-31", GAOSHAN),
    ]


class StagedHarvest(Staged):
    """Area that was harvested, of a form that is derived for a test."""

    crop: str = field("作物", description="作物", key=True)
    area_mu: pl.Int64 = field("面积", description="收获面积", unit="亩")


@pytest.mark.parametrize(
    ("grain", "period", "parts", "dated"),
    [
        ("year", "2022", (2022,), "2022"),
        ("half", "2022-H1", (2022, 1), "2022-Q2"),
        ("half", "2022-H2", (2022, 2), "2022-Q4"),
        ("ten_days", "2022-06-D3", (2022, 6, 3), "2022-06"),
    ],
)
def test_a_derived_fact_is_dated_by_the_end_of_its_period(
    tmp_path: Path, grain: Period, period: str, parts: tuple[int, ...], dated: str
) -> None:
    fact = Fact(StagedHarvest, title="收获", grain="一行为一种作物的一期", period=grain, place=(REPORTER,))
    lineage = {"county_code": "140214", "reporter_code": "gaoshan", "sheet_block": 1, "sheet_row": 3}
    row = lineage | {"period": period, "crop": "谷子", "area_mu": 12}
    town = VILLAGE_LATER | {"division_code": GAOSHAN, "division_key": "later"}
    reporter = {"reporter_code": "gaoshan", "division_code": GAOSHAN, "lookup_from": date(1900, 1, 1)}
    with DuckDB(tmp_path / "one.duckdb", tmp_path, memory_limit="500MB") as engine:
        engine.register("staged_harvest", StagedHarvest, filled(StagedHarvest, [row]))
        for name, rows in (
            ("dim_period", period_rows(dated)),
            ("dim_division", [town]),
            ("dim_reporter", [reporter | {"lookup_to": date(9999, 12, 31)}]),
        ):
            engine.register(name, BUILT[name], filled(BUILT[name], rows))
        engine.create(fact.name, fact.table, render(DERIVED_FACT, fact=fact, places=["r.division_code"]))
    [row_of_fact] = rows_of(tmp_path / "one.duckdb", "select * from fact_harvest")

    assert list(row_of_fact) == [column.name for column in columns(fact.table)]
    assert (row_of_fact["division_key"], row_of_fact["area_mu"]) == ("later", 12)
    assert tuple(row_of_fact[part] for part in fact.parts) == parts
