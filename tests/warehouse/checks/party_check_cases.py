"""Cases of the written checks on party organisations: check, tables, and how many rows break it."""

from typing import Any

Row = dict[str, Any]


def measure(org: str, kind: str, plan: str) -> Row:
    return {"year": 2022, "org_code": org, "measure_type": kind, "plan_number": plan}


def points(member: str, quarter: int, opening: int, closing: int, year: int = 2022) -> Row:
    balances = {"opening_points": opening, "closing_points": closing}
    return {"member_key": member, "year": year, "quarter": quarter} | balances


def item(order: int, name: str, scheme: str = "网格党建组织架构") -> Row:
    return {"year": 2022, "scheme_name": scheme, "item_order": order, "item_name": name}


CASES: list[tuple[str, dict[str, list[Row]], int]] = [
    (
        "party_org_unlisted",
        {
            "dim_party_org": [{"org_code": "DZ1"}],
            "fact_secretary_rating": [{"org_code": "DZ1"}, {"org_code": "DZ2"}],
            "fact_member_points": [{"org_code": "DZ1"}, {"org_code": "DZ3"}],
        },
        2,
    ),
    (
        "secretary_files_against_ratings",
        {
            "fact_secretary_rating": [{"year": 2021}, {"year": 2022}, {"year": 2023}],
            "fact_party_org": [
                {"year": 2021, "has_secretary_file": False},
                {"year": 2022, "has_secretary_file": True},
                {"year": 2022, "has_secretary_file": False},
            ],
        },
        1,
    ),
    (
        "weak_party_org_measures",
        {
            "fact_weak_party_org": [
                measure("DZ1", "措施一", "1号"),
                measure("DZ1", "措施二", "1号"),
                measure("DZ2", "措施一", "2号"),
            ]
        },
        1,
    ),
    (
        "weak_party_org_plans",
        {
            "fact_weak_party_org": [
                measure("DZ1", "措施一", "1号"),
                measure("DZ1", "措施二", "2号"),
                measure("DZ2", "措施一", "3号"),
                measure("DZ3", "措施一", "3号"),
                measure("DZ4", "措施一", "4号"),
                measure("DZ4", "措施二", "4号"),
            ]
        },
        2,
    ),
    (
        "dispatched_cadre_without_ledger",
        {
            "fact_dispatched_cadre": [{"year": 2022, "org_code": "DZ1"}, {"year": 2021, "org_code": "DZ1"}],
            "fact_weak_party_org": [measure("DZ1", "措施一", "1号"), measure("DZ1", "措施二", "1号")],
        },
        1,
    ),
    (
        "member_points_opening",
        {
            "fact_member_points": [
                points("A", 1, 0, 20),
                points("A", 2, 20, 45),
                points("A", 3, 44, 60),
                points("A", 1, 0, 15, year=2023),
                points("B", 2, 30, 50),
            ]
        },
        1,
    ),
    ("scheme_items_in_order", {"fact_scheme": [item(1, "党小组"), item(2, "党员中心户")]}, 0),
    (
        "scheme_items_in_order",
        {
            "fact_scheme": [
                item(1, "甲级"),
                item(3, "乙级"),
                item(1, "一星", "党员积分星级"),
                item(2, "一星", "党员积分星级"),
            ]
        },
        2,
    ),
]
