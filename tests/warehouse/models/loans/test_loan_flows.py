"""Disbursement as flows give it, on small tables."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.warehouse.models.loans.rows import grant, note, reversal
from tests.warehouse.models.test_facts import picked

Row = dict[str, Any]


def test_a_grant_tells_the_corrected_fields_of_its_flow_and_of_its_note(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        note("N1", corrected="borrower_type"),
        note("N2"),
        flows=[grant("S1", "N1", corrected="transaction_amount_yuan"), grant("S2", "N2")],
    )
    assert picked(facts, "note_number", "corrected") == [
        ("N1", "transaction_amount_yuan;borrower_type"),
        ("N2", None),
    ]


def test_a_bank_that_sends_flows_is_counted_by_them(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note(
            "N1",
            "2022-03-31",
            None,
            household_key="h1",
            village_code="140214101200",
            due_date=date(2023, 3, 1),
        ),
        note("N2", "2022-03-31", None),
        note("N3", reporter_code="citic"),
        flows=[
            grant("S1", "N1", 60),
            grant("S2", "N1", 30, transaction_type="收回"),
            grant("S3", "N9", 50, borrower_key="b9"),
        ],
    )
    names = (
        "institution_code",
        "transaction_serial",
        "amount_yuan",
        "household_key",
        "division_key",
        "due_date",
    )
    assert sorted(picked(facts, *names)) == [
        ("citic", "", Decimal(100), "citic/b1", "unknown", date(2020, 6, 30)),
        ("rcb", "S1", Decimal(60), "rcb/h1", "140214101200@2021-10-31", date(2023, 3, 1)),
        ("rcb", "S3", Decimal(50), "rcb/b9", "unknown", None),
    ]


@pytest.mark.parametrize(
    ("granted", "dated"),
    [
        (date(2022, 11, 9), date(2022, 11, 9)),
        (date(2021, 5, 6), date(2022, 11, 30)),
        (date(2022, 10, 31), date(2022, 11, 30)),
    ],
)
def test_a_drawdown_belongs_to_the_month_of_its_flow_file(
    disbursed: Callable[..., list[Row]], granted: date, dated: date
) -> None:
    facts = disbursed(flows=[grant("S1", "N1", period="2022-11-30", grant_date=granted)])
    assert picked(facts, "grant_date", "event_date") == [(granted, dated)]


def test_a_reversal_is_a_negative_amount_in_its_own_month_with_its_reason(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(flows=[grant("S1", "N1", 100), reversal("S2", "N1", 30)])
    names = ("transaction_serial", "event_date", "amount_yuan", "is_new_disbursement", "reversal_reason")
    assert picked(facts, *names) == [
        ("S1", date(2022, 3, 1), Decimal(100), True, None),
        ("S2", date(2022, 5, 31), Decimal(-30), True, "录入有误"),
    ]


def test_grants_that_are_reversed_in_full_are_marked_like_their_reversals(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        flows=[
            grant("S1", "N1", 100),
            reversal("S2", "N1", 60),
            reversal("S3", "N1", 40),
            grant("S4", "N2", 100),
            reversal("S5", "N2", 60),
            grant("S6", "N3", 100),
        ]
    )
    assert picked(sorted(facts, key=lambda row: row["transaction_serial"]), "is_reversed") == [
        (True,), (True,), (True,), (False,), (True,), (False,),
    ]  # fmt: skip
