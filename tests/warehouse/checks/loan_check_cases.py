"""Cases of the written checks on loans: check, tables, and how many rows break it."""

from datetime import date
from decimal import Decimal
from typing import Any

Row = dict[str, Any]


def note(day: date = date(2022, 3, 31), amount: int | None = 100, **fields: Any) -> Row:
    return {
        "institution_code": "psbc",
        "note_number": "N1",
        "as_of_date": day,
        "grant_date": date(2022, 3, 1),
        "amount_yuan": amount if amount is None else Decimal(amount),
    } | fields


def staged_note(number: str, period: str = "2022-03-31", **fields: Any) -> Row:
    return {"reporter_code": "psbc", "note_number": number, "period": period, "amount_yuan": None} | fields


def flow(number: str, kind: str = "发放", period: str = "2022-03-31") -> Row:
    return {"reporter_code": "psbc", "note_number": number, "period": period, "transaction_type": kind}


def drawn(day: int, amount: int = 100, **fields: Any) -> Row:
    return {
        "institution_code": "psbc",
        "note_number": "N1",
        "transaction_serial": f"S{day}",
        "grant_date": date(2022, 3, 1),
        "event_date": date(2022, 3, day),
        "amount_yuan": Decimal(amount),
    } | fields


def reversal(day: int, amount: int) -> Row:
    return drawn(day, -amount, reversal_reason="录入有误")


CASES: list[tuple[str, dict[str, list[Row]], int]] = [
    ("loan_amount_differs", {"fact_loan_balance": [note(), note(date(2022, 4, 30))]}, 0),
    ("loan_amount_differs", {"fact_loan_balance": [note(), note(date(2022, 4, 30), 90)]}, 1),
    ("loan_amount_differs", {"fact_loan_balance": [note(), note(date(2022, 4, 30), None)]}, 0),
    (
        "loan_note_number_padded",
        {"fact_loan_balance": [note(note_number="0011"), note(note_number="N011")]},
        0,
    ),
    (
        "loan_note_number_padded",
        {"fact_loan_balance": [note(note_number="0011"), note(date(2022, 4, 30), note_number="11")]},
        1,
    ),
    (
        "pboc_grant_without_stock",
        {
            "staged_loan_transaction": [flow("N1"), flow("N2"), flow("N3"), flow("N3", "收回")],
            "staged_loan_note": [staged_note("N1"), staged_note("N2", "2022-04-30")],
        },
        1,
    ),
    (
        "pboc_stock_without_grant",
        {
            "staged_loan_transaction": [flow("N1")],
            "fact_loan_balance": [
                note(),
                note(note_number="N2"),
                note(note_number="N3", grant_date=date(2022, 2, 28)),
                note(note_number="N4", institution_code="rcb"),
            ],
        },
        1,
    ),
    (
        "fact_loan_disbursement_conserved",
        {
            "staged_loan_note": [staged_note("N1"), {"reporter_code": "rcb", "amount_yuan": Decimal(5)}],
            "staged_loan_transaction": [flow("N1"), flow("N2")],
            "fact_loan_disbursement": [drawn(1), drawn(1, institution_code="rcb")],
        },
        1,
    ),
    (
        "loan_attribute_differs",
        {
            "staged_loan_note": [
                staged_note("N1", "2022-10-31", borrower_type=None, purpose="种植"),
                staged_note("N1", "2022-11-30", borrower_type="企业", purpose="养殖"),
                staged_note("N1", "2022-12-31", borrower_type="农户", purpose="养殖"),
            ]
        },
        2,
    ),
    (
        "loan_attribute_differs",
        {
            "staged_loan_note": [
                staged_note("N1", "2022-11-30", household_key="h1"),
                staged_note("N1", "2022-12-31", household_key="h2"),
            ]
        },
        1,
    ),
    (
        "loan_attribute_differs",
        {"staged_loan_note": [staged_note("N1", purpose="种植"), staged_note("N2", purpose="养殖")]},
        0,
    ),
    (
        "loan_event_moved",
        {"fact_loan_disbursement": [drawn(1), drawn(31), drawn(31, reversal_reason="录入有误")]},
        1,
    ),
    ("loan_reversed_beyond_grant", {"fact_loan_disbursement": [drawn(1), reversal(31, 100)]}, 0),
    ("loan_reversed_beyond_grant", {"fact_loan_disbursement": [drawn(1), reversal(31, 101)]}, 1),
    ("loan_reversed_beyond_grant", {"fact_loan_disbursement": [drawn(31), reversal(1, 100)]}, 1),
]
