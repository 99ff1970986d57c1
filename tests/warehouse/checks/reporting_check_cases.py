"""Cases of the written checks on who reports, on what two forms say of one village, and what a sheet says of itself."""

from datetime import datetime
from decimal import Decimal
from typing import Any

Row = dict[str, Any]


def filed(village: str, households: int, year: int = 2022) -> Row:
    return {"village_code": village, "filed_households": households, "year": year}


def registered(village: str, households: int) -> Row:
    return {"village_code": village, "registered_households": households, "year": 2022}


def resident(village: str, households: int) -> Row:
    return {"village_code": village, "households": households, "year": 2022}


def unchanged(code: str, sales: Decimal | None = Decimal(0)) -> Row:
    """An enterprise's year to date, as much as the quarter before but for these sales."""
    return {
        "credit_code": code, "year": 2022, "quarter": 4, "period": "2022-Q4", "delivery_id": "d1",
        "sales_revenue_ytd_yuan": Decimal(100), "sales_revenue_quarter_yuan": sales,
        "output_value_quarter_yuan": Decimal(0),
    }  # fmt: skip


EXPECTED = [
    {"timeliness": timeliness, "is_due": timeliness != "not_due"}
    for timeliness in ("on_time", "late", "missing", "not_due")
]
BROKEN_RULE = {
    "delivery_id": "d1",
    "sheet_name": "人口",
    "rule_cell": "A27",
    "rule": "12=13+14",
    "cell": "D9",
}

CASES: list[tuple[str, dict[str, list[Row]], int]] = [
    ("agri_ytd_unchanged", {"fact_agri_processing": [unchanged("E1"), unchanged("E2")]}, 1),
    ("agri_ytd_unchanged", {"fact_agri_processing": [unchanged("E1"), unchanged("E2", Decimal(1))]}, 0),
    ("agri_ytd_unchanged", {"fact_agri_processing": [unchanged("E1"), unchanged("E2", None)]}, 0),
    ("agri_ytd_unchanged", {"fact_agri_processing": [unchanged("E1")]}, 0),
    (
        "credit_households_within_registered",
        {
            "fact_village_credit": [
                filed("V1", 100),
                filed("V2", 101),
                filed("V3", 500),
                filed("V1", 101, 2021),
            ],
            "fact_village_profile": [registered("V1", 100), registered("V2", 100)],
        },
        1,
    ),
    (
        "resident_households_near_registered",
        {
            "fact_living_environment": [resident("V1", 150), resident("V2", 151), resident("V3", 500)],
            "fact_village_profile": [registered("V1", 100), registered("V2", 100)],
        },
        1,
    ),
    (
        "reporting_complete",
        {"dq_expected_delivery": EXPECTED},
        1,
    ),
    (
        "reporting_on_time",
        {"dq_expected_delivery": EXPECTED},
        1,
    ),
    (
        "printed_rule_holds",
        {
            "dq_printed_rule_violation": [BROKEN_RULE, BROKEN_RULE | {"cell": "D10"}],
            "dq_delivery": [{"delivery_id": "d1", "is_in_force": True}],
        },
        2,
    ),
    (
        "printed_rule_holds",
        {
            "dq_printed_rule_violation": [BROKEN_RULE],
            "dq_delivery": [{"delivery_id": "d1", "is_in_force": False}],
        },
        0,
    ),
    (
        "delivery_after_the_load",
        {
            "warehouse_info": [{"name": "cut_off", "value": "2023-01-05T01:30:00+08:00"}],
            "dq_delivery": [
                {"delivery_id": "d1", "received_at": datetime(2023, 1, 5, 1, 29)},
                {"delivery_id": "d2", "received_at": datetime(2024, 1, 5, 1, 29)},
            ],
        },
        1,
    ),
    (
        "delivery_after_the_load",
        {
            "warehouse_info": [{"name": "cut_off", "value": "2023-01-05T01:30:00.330640+08:00"}],
            "dq_delivery": [{"delivery_id": "d1", "received_at": datetime(2023, 1, 5, 1, 30, 0, 191000)}],
        },
        0,
    ),
]
