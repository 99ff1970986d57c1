"""What is owed: every period from the first that anyone reported."""

from datetime import date

import pytest

from sources.expected import expected_deliveries
from sources.receipts import Outcome, Reason, Receipt
from sources.references import read_references


def receipt(period: str, outcome: Outcome = "accepted", rule: str = "") -> Receipt:
    reasons = [Reason(rule=rule, sheet="", cell="", message="")] if rule else []
    return Receipt.model_construct(
        table="village_class",
        reporter_code="natural_resources",
        period=period,
        outcome=outcome,
        reasons=reasons,
    )


@pytest.mark.parametrize(
    ("first", "owed"),
    [
        (receipt("2021"), ["2021", "2022"]),
        (receipt("2021", "rejected", "delivery__missing_column"), ["2021", "2022"]),
        (receipt("2021", "rejected", "delivery__period_mismatch"), ["2022"]),
    ],
)
def test_a_form_is_owed_from_the_first_period_that_was_surely_reported(
    first: Receipt, owed: list[str]
) -> None:
    found = expected_deliveries(read_references(), [first, receipt("2022")], date(2022, 12, 31))

    assert [one.period for one in found] == owed
