"""A county of two townships with three villages, and two banks, for tests of figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from sources.text.period import period_end

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


def expected(table: str, reporter: str, *periods: str, is_due: bool = True) -> list[Row]:
    delivery = {"staged_table": table, "reporter_code": reporter, "is_due": is_due}
    return [delivery | {"period": period, "period_end_date": period_end(period)} for period in periods]


def in_force(table: str, reporter: str, period: str, rejected_rows: int = 0) -> Row:
    """A delivery in force, under the id that its staged rows are given here."""
    return {
        "delivery_id": f"{table}/{reporter}/{period}", "staged_table": table, "reporter_code": reporter,
        "period": period, "period_end_date": period_end(period), "is_in_force": True, "county_code": "140214",
        "rejected_rows": rejected_rows,
    }  # fmt: skip


def sales(reporter: str, period: str, amount: int = 100) -> Row:
    return {
        "credit_code": reporter, "reporter_code": reporter, "period": period,
        "sales_revenue_ytd_yuan": Decimal(amount),
    }  # fmt: skip


def visits(reporter: str, month: str, number: int = 10) -> Row:
    place = HIGH if reporter == "gaoshan" else DEEP
    delivery = {"village_code": place, "reporter_code": reporter, "period": month}
    return delivery | {"site_name": "窑洞", "visits": number}


def note(village: str, reporter: str = "rcb_yungang", period: str = "2022-12-31") -> Row:
    return {
        "reporter_code": reporter, "period": period, "note_number": village, "borrower_type": "农户",
        "village_code": village, "borrower_key": "b", "grant_date": date(2022, 5, 1),
        "amount_yuan": Decimal(100), "balance_yuan": Decimal(80), "grant_type": "新增",
    }  # fmt: skip


def village(code: str, month: str, collected: int, households: int = 100) -> Row:
    return {
        "village_code": code, "reporter_code": "gaoshan", "period": month, "households": households,
        "waste_collected_households": collected, "cleaners": 1,
    }  # fmt: skip


def columns_of(figure: Row, *names: str) -> tuple[Any, ...]:
    """Give some columns of a figure."""
    return tuple(figure[name] for name in names)
