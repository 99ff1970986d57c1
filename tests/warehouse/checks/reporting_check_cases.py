"""Cases of the written checks on who reports, on what two forms say of one village, and what a sheet says of itself."""

from typing import Any

Row = dict[str, Any]


def filed(village: str, households: int, year: int = 2022) -> Row:
    return {"village_code": village, "filed_households": households, "year": year}


def registered(village: str, households: int) -> Row:
    return {"village_code": village, "registered_households": households, "year": 2022}


def resident(village: str, households: int) -> Row:
    return {"village_code": village, "households": households, "year": 2022}


EXPECTED = [{"timeliness": timeliness} for timeliness in ("on_time", "late", "missing", "not_due")]
BROKEN_RULE = {
    "delivery_id": "d1",
    "sheet_name": "人口",
    "rule_cell": "A27",
    "rule": "12=13+14",
    "cell": "D9",
}

CASES: list[tuple[str, dict[str, list[Row]], int]] = [
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
]
