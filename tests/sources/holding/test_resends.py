"""Which rejected deliveries are still to be sent again follows from what came after them."""

from typing import Any

import pytest

from sources.holding.states import DeliveryStates, Judgement, delivery_states
from sources.home.receipts import FileFacts, Reason, Receipt
from tests.sources.holding.receipts import receipt
from tests.sources.holding.test_states import LATER, decided


def judge(delivery: Receipt, _: DeliveryStates) -> Judgement:
    return Judgement(holds={"vanished": "缺行"} if delivery.delivery_id == "held" else {})


def rejected(name: str, *reasons: Reason, **changes: Any) -> Receipt:
    return receipt(name, outcome="rejected", reasons=list(reasons), **changes)


def reason(rule: str, *periods: str) -> Reason:
    return Reason(rule=f"delivery__{rule}", sheet="", cell="", message="", periods=periods)


def left(*receipts: Receipt, decisions: list[Any] | None = None) -> tuple[list[str], list[str]]:
    """Ids of those that are awaited, and of those of which nobody can tell."""
    of = delivery_states(receipts, decisions or [], judge, LATER)
    return list(of.resends.awaited), list(of.resends.uncertain)


def file(name: str, folder: str = "gaoshan", sha256: str = "") -> FileFacts:
    return FileFacts(name=name, folder=folder, sha256=sha256 or name, size_bytes=0, format="xlsx")


SPOILT = rejected("spoilt", reason("control_total"))
WRONG_YEAR = rejected("wrong year", reason("period_mismatch", "2021-Q2", "2022-Q2"), period="2021-Q2")
ENCRYPTED = rejected("encrypted", reason("encrypted"), table="", period="")


def test_a_rejected_delivery_is_awaited_until_one_of_its_key_is_accepted() -> None:
    assert left(SPOILT) == (["spoilt"], [])
    assert left(SPOILT, receipt("other", day=1, period="2022-Q3")) == (["spoilt"], [])
    assert left(SPOILT, receipt("mended", day=1)) == ([], [])


def test_what_was_in_force_before_does_not_answer_it() -> None:
    assert left(receipt("first"), rejected("revision", day=1)) == (["revision"], [])


def test_the_first_sent_once_more_answers_a_rejected_revision() -> None:
    again = receipt("again", day=2, outcome="duplicate")

    assert left(receipt("first"), rejected("revision", day=1), again) == ([], [])


def test_a_delivery_that_is_held_answers_it_and_one_that_was_withdrawn_does_not() -> None:
    assert left(SPOILT, receipt("held", day=1)) == ([], [])
    assert left(SPOILT, receipt("mended", day=1), decisions=[decided("mended", "withdraw")]) == (
        ["spoilt"], []
    )  # fmt: skip


def test_of_several_attempts_the_last_is_awaited() -> None:
    assert left(SPOILT, rejected("spoilt again", day=1)) == (["spoilt again"], [])


def test_one_whose_periods_disagree_is_answered_by_any_of_them() -> None:
    assert left(WRONG_YEAR) == (["wrong year"], [])
    assert left(WRONG_YEAR, receipt("right", day=1, period="2022-Q2")) == ([], [])
    assert left(WRONG_YEAR, receipt("other", day=1, period="2022-Q3")) == (["wrong year"], [])


def test_one_that_may_be_of_two_periods_does_not_take_the_place_of_one_that_is_of_the_first() -> None:
    wrong_year = WRONG_YEAR.model_copy(update={"received_at": LATER})

    assert left(SPOILT, wrong_year) == (["spoilt", "wrong year"], [])


def test_nobody_knows_whether_one_that_could_not_be_read_was_sent_again() -> None:
    other_sender = receipt("other", day=1, reporter="kouquan")

    assert left(ENCRYPTED) == (["encrypted"], [])
    assert left(ENCRYPTED, other_sender) == (["encrypted"], [])
    assert left(ENCRYPTED, receipt("any form", day=1)) == ([], ["encrypted"])


def test_of_one_without_period_only_a_later_one_of_its_form_may_be_the_answer() -> None:
    undated = rejected("undated", reason("period_missing"), period="")

    assert left(undated, receipt("another form", day=1, table="grid")) == (["undated"], [])
    assert left(undated, receipt("its form", day=1)) == ([], ["undated"])


def test_a_file_of_the_same_name_that_is_not_read_either_takes_its_place() -> None:
    first = rejected("first", table="", period="", file=file("鱼塘.xlsx", sha256="a"))
    second = rejected("second", day=1, table="", period="", file=file("鱼塘.xlsx", sha256="b"))

    assert left(first, second) == (["second"], [])


@pytest.mark.parametrize("rule", ["reporter_mismatch", "reporter_not_expected"])
def test_one_in_the_folder_of_another_may_be_answered_by_whom_it_is_of(rule: str) -> None:
    misplaced = rejected("misplaced", reason(rule))

    assert left(misplaced, receipt("own", day=1, reporter="kouquan")) == ([], ["misplaced"])
    assert left(misplaced, receipt("own", day=1, reporter="kouquan", period="2022-Q3")) == (
        ["misplaced"], []
    )  # fmt: skip


def test_the_same_file_in_the_right_folder_answers_it() -> None:
    misplaced = rejected("misplaced", reason("unknown_reporter"), table="", file=file("鱼塘.xlsx", "桌面"))

    assert left(misplaced, receipt("placed", day=1, file=file("鱼塘.xlsx"))) == ([], [])


def test_what_is_accepted_of_the_same_file_answers_nothing() -> None:
    of_file: dict[str, Any] = {"arrival_id": "f", "deliveries_in_file": 2}

    assert left(rejected("a", table="", period="", **of_file), receipt("b", **of_file)) == (["a"], [])


def test_what_the_program_failed_on_need_not_be_sent_again() -> None:
    assert left(rejected("failed", reason("internal_error"), table="", period="")) == ([], [])
