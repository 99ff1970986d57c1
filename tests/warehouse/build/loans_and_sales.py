"""Staged rows of a bank, of two years of an enterprise and of a village: enough to build every table on."""

from datetime import date
from decimal import Decimal
from typing import Any

Row = dict[str, Any]

VILLAGE = "140214101200"


def note(number: str, period: str, amount: int, household: str | None, **changed: Any) -> Row:
    return {
        "county_code": "140214",
        "reporter_code": "rcb",
        "period": period,
        "delivery_id": f"ledger-{period}",
        "note_number": number,
        "borrower_key": f"b-{number}",
        "household_key": household,
        "borrower_type": "农户",
        "village_code": VILLAGE,
        "amount_yuan": Decimal(amount),
        "balance_yuan": Decimal(amount),
        "grant_date": date.fromisoformat(period).replace(day=1),
        "grant_type": "新增",
    } | changed


def processing(period: str, sales: int) -> Row:
    return {
        "county_code": "140214",
        "reporter_code": "gaoshan",
        "period": period,
        "delivery_id": f"agri-{period}",
        "credit_code": "E1",
        "enterprise_name": "某某公司",
        "cluster": "乳品",
        "leading_level": "非龙头",
        "sales_revenue_ytd_yuan": Decimal(sales),
        "output_value_ytd_yuan": Decimal(sales),
    }


GIVEN: dict[str, list[Row]] = {
    "staged_loan_note": [
        note("N1", "2022-11-30", 60000, "h1"),
        note("N1", "2022-12-31", 60000, "h1", grant_date=date(2022, 11, 1)),
        note("N2", "2022-12-31", 30000, "h1"),
        note("N3", "2022-12-31", 20000, None, grant_type="借新还旧"),
        note("N4", "2022-12-31", 10000, None, borrower_type=None, village_code=None),
    ],
    "staged_agri_processing": [processing("2021-Q4", 800), processing("2022-Q4", 1000)],
    "staged_village_profile": [
        {"reporter_code": "gaoshan", "period": "2022", "delivery_id": "village-2022", "village_code": VILLAGE}
        | {"registered_households": 90, "has_bus_service": True}
    ],
}
