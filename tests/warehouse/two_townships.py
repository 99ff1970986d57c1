"""A county of two townships with three villages, and two banks, for tests of figures."""

from typing import Any

Row = dict[str, Any]
Figures = dict[tuple[str, str], Row]
"""The figures of one indicator by the division's name and the period."""

COUNTY, GAOSHAN, KOUQUAN = "140214000000", "140214101000", "140214200000"
HIGH, FAR, DEEP = "140214101200", "140214101201", "140214200200"
"""Two villages of 高山镇 and one of 口泉乡."""


def division(code: str, name: str, level: str, parent: str | None = None, **fields: Any) -> Row:
    return {"division_code": code, "canonical_name": name, "level": level, "parent_code": parent} | fields


DIVISIONS = [
    division(COUNTY, "云冈区", "county"),
    division(GAOSHAN, "高山镇", "town", COUNTY),
    division(KOUQUAN, "口泉乡", "township", COUNTY),
    division(HIGH, "高山村", "village", GAOSHAN),
    division(FAR, "远山村", "village", GAOSHAN),
    division(DEEP, "深沟村", "village", KOUQUAN),
]
REPORTERS = [
    {"reporter_code": "gaoshan", "kind": "township", "division_code": GAOSHAN},
    {"reporter_code": "kouquan", "kind": "township", "division_code": KOUQUAN},
    {"reporter_code": "rcb_yungang", "kind": "bank", "division_code": COUNTY},
    {"reporter_code": "psbc_yungang", "kind": "bank", "division_code": COUNTY},
]
