"""Each fact on a small table."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests.warehouse.periods import period_rows

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
