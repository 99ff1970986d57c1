"""What the warehouse is told of a bank of which everything was rejected."""

from datetime import date

from sources.holding.states import Judgement, delivery_states
from sources.source_tables import delivery_frame, expected_frame, expected_in
from tests.sources.county.test_expected import BANK, form, read_by
from tests.sources.holding.receipts import receipt
from tests.sources.holding.test_states import LATER


def test_a_bank_whose_files_were_all_rejected_is_owed_and_its_last_one_is_to_be_sent_again() -> None:
    bank = read_by(form(reporters=["bank"], cadence="month", period="date"), reporters=[BANK])
    spoilt = [
        receipt(name, day=day, outcome="rejected", table="row", reporter="rcb", period="2022-06-30")
        for day, name in enumerate(("spoilt", "spoilt again"))
    ]
    states = delivery_states(spoilt, [], lambda *_: Judgement(), LATER)

    owed = expected_in(bank, spoilt, states, date(2022, 8, 11))
    expected = expected_frame(owed).select("period", "is_due")
    assert dict(expected.head(3).rows()) == {"2022-06-30": True, "2022-07-31": False, "2022-08-31": False}
    assert dict(delivery_frame(bank, spoilt, states).select("delivery_id", "resend").rows()) == {
        "spoilt": None, "spoilt again": "awaited"
    }  # fmt: skip
