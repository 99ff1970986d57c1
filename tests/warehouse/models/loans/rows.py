"""Rows of ledgers and flows of loans, and a village with two versions."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.warehouse.models.test_facts import UNKNOWN, VILLAGE, VILLAGE_LATER

Row = dict[str, Any]

DIVISIONS = [VILLAGE, VILLAGE_LATER, UNKNOWN]


def note(number: str, period: str = "2022-12-31", amount: int | None = 100, **fields: Any) -> Row:
    return {
        "reporter_code": "rcb",
        "note_number": number,
        "period": period,
        "borrower_key": "b1",
        "borrower_type": "农户",
        "grant_date": date(2022, 3, 1),
        "amount_yuan": amount if amount is None else Decimal(amount),
        "balance_yuan": Decimal(40),
        "grant_type": "新增",
    } | fields


def grant(serial: str, number: str, amount: int = 100, **fields: Any) -> Row:
    return {
        "reporter_code": "rcb",
        "transaction_serial": serial,
        "note_number": number,
        "period": "2022-03-31",
        "borrower_key": "b1",
        "transaction_type": "发放",
        "transaction_amount_yuan": Decimal(amount),
        "grant_date": date(2022, 3, 1),
        "grant_type": "新增",
    } | fields


def reversal(serial: str, number: str, amount: int, period: str = "2022-05-31") -> Row:
    kind = {"transaction_type": "冲销发放", "reversal_reason": "录入有误"}
    return grant(serial, number, amount, period=period, **kind)
