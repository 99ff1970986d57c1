"""What is owed, by what the contracts say and who has begun to report."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sources.county.contract import Contract
from sources.county.expected import Expected, expected_deliveries
from sources.county.lists.reporters import Reporter
from sources.county.references import References
from sources.home.receipts import FileFacts, Outcome, Reason, Receipt
from tests.sources.grid import contract, references

TODAY = date(2022, 8, 1)


def reporter(code: str, kind: str = "township", since: int = 2018, until: date | None = None) -> Reporter:
    return Reporter(code, code, kind, "140214101000", code, date(since, 1, 1), until)


GAOSHAN, KOUQUAN, BANK = reporter("gaoshan"), reporter("kouquan"), reporter("rcb", "bank")


def form(name: str = "row.rows", **changes: Any) -> Contract:
    plain: dict[str, Any] = {"reporters": ["township"], "cadence": "quarter", "due_days": 15}
    return contract(name, **plain | changes)


def read_by(*contracts: Contract, reporters: list[Reporter] | None = None) -> References:
    return replace(references(*contracts), reporters=reporters or [GAOSHAN, KOUQUAN])


def sent(
    code: str,
    period: str,
    outcome: Outcome = "accepted",
    table: str = "row",
    on: date = date(2022, 7, 1),
    reason: str = "",
) -> Receipt:
    now = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return Receipt(
        delivery_id=f"{code}/{period}", arrival_id="", revision=1, deliveries_in_file=1, contract="", table=table,
        form_title="", reporter_code=code, period=period, county_code="140214", received_at=now, staged_at=now,
        outcome=outcome, synthetic=False,
        reasons=[Reason(rule=f"delivery__{reason}", sheet="", cell="", message="")] if reason else [],
        file=FileFacts(name="", folder="", sha256="", size_bytes=0, format="xlsx"),
    )  # fmt: skip


def owed(rules: References, *receipts: Receipt, on: date = TODAY) -> list[tuple[str, str]]:
    return [
        (delivery.reporter_code, delivery.period) for delivery in expected_deliveries(rules, receipts, [], on)
    ]


def test_every_reporter_owes_every_period_from_the_first_that_anyone_sent_to_the_end_of_the_year() -> None:
    quarters = ["2022-Q2", "2022-Q3", "2022-Q4"]

    assert owed(read_by(form()), sent("kouquan", "2022-Q2")) == [
        *(("gaoshan", quarter) for quarter in quarters),
        *(("kouquan", quarter) for quarter in quarters),
    ]


def test_nothing_is_owed_before_anyone_has_reported() -> None:
    assert owed(read_by(form())) == []


def test_a_form_of_which_everything_was_rejected_is_owed_from_the_first_that_came_in_its_time() -> None:
    spoilt = [sent("kouquan", "2022-Q2", "rejected"), sent("kouquan", "2022-Q3", "rejected")]

    assert owed(read_by(form(), reporters=[GAOSHAN]), sent("gaoshan", "2022-Q2", "rejected")) == [
        ("gaoshan", "2022-Q2"), ("gaoshan", "2022-Q3"), ("gaoshan", "2022-Q4"),
    ]  # fmt: skip
    assert len(owed(read_by(form()), *spoilt)) == 6  # by all that are to send it


def test_what_was_accepted_decides_with_which_period_a_form_begins() -> None:
    spoilt = sent("kouquan", "2022-Q1", "rejected")

    assert owed(read_by(form(), reporters=[KOUQUAN]), spoilt, sent("kouquan", "2022-Q3")) == [
        ("kouquan", "2022-Q3"), ("kouquan", "2022-Q4"),
    ]  # fmt: skip


def test_a_rejected_delivery_is_missing_once_it_is_due() -> None:
    bank = read_by(form(reporters=["bank"], cadence="month", period="date"), reporters=[BANK])
    spoilt = sent("rcb", "2022-06-30", "rejected")

    expected = expected_deliveries(bank, [spoilt], [], date(2022, 8, 1))
    assert {e.period: e.is_due for e in expected[:3]} == {
        "2022-06-30": True, "2022-07-31": False, "2022-08-31": False
    }  # fmt: skip


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("1922-Q2", date(2022, 7, 1)),  # a wild year, as any that ended longer ago than a year
        ("2021-Q2", date(2022, 7, 2)),
        ("2022-Q3", date(2022, 6, 30)),  # has not begun
        ("2202-Q2", date(2022, 7, 1)),
        ("", date(2022, 7, 1)),  # no period was read
    ],
)
def test_a_rejected_delivery_that_did_not_come_in_its_time_begins_nothing(period: str, day: date) -> None:
    assert owed(read_by(form()), sent("kouquan", period, "rejected", on=day)) == []


@pytest.mark.parametrize("reason", ["period_mismatch", "reporter_mismatch", "reporter_not_expected"])
def test_a_delivery_whose_period_or_reporter_is_in_dispute_begins_nothing(reason: str) -> None:
    assert owed(read_by(form()), sent("kouquan", "2022-Q2", "rejected", reason=reason)) == []


def test_a_form_that_nobody_recognised_begins_nothing() -> None:
    assert owed(read_by(form()), sent("kouquan", "2022-Q2", "rejected", table="")) == []


def test_a_duplicate_begins_nothing() -> None:
    assert owed(read_by(form()), sent("kouquan", "2022-Q2", "duplicate")) == []


def test_who_owes_a_form_once_begun_owes_it_from_its_own_first_attempt() -> None:
    rules = read_by(form(owed="once_begun"))

    assert owed(rules, sent("gaoshan", "2022-Q3"), sent("kouquan", "2022-Q2", "rejected")) == [
        ("gaoshan", "2022-Q3"), ("gaoshan", "2022-Q4"),
        ("kouquan", "2022-Q2"), ("kouquan", "2022-Q3"), ("kouquan", "2022-Q4"),
    ]  # fmt: skip


def test_a_form_of_which_everything_is_held_is_owed_and_what_is_held_is_not_due() -> None:
    expected = expected_deliveries(
        read_by(form(), reporters=[GAOSHAN]), [], [sent("gaoshan", "2022-Q1")], date(2022, 8, 1)
    )

    assert {e.period: e.is_due for e in expected} == {
        "2022-Q1": False, "2022-Q2": True, "2022-Q3": False, "2022-Q4": False
    }  # fmt: skip


def test_nothing_is_owed_before_the_first_period_of_a_form_nor_after_its_last() -> None:
    rules = read_by(form(first="2022-Q2", last="2022-Q3"), reporters=[GAOSHAN])

    for on in (TODAY, date(2024, 8, 1)):
        assert owed(rules, sent("gaoshan", "2022-Q1", "rejected", on=date(2022, 4, 1)), on=on) == [
            ("gaoshan", "2022-Q2"), ("gaoshan", "2022-Q3"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("cadence", "first", "periods"),
    [
        ("half", "2022-H1", ["2022-H1", "2022-H2"]),
        ("ten_days", "2022-12-D1", ["2022-12-D1", "2022-12-D2", "2022-12-D3"]),
    ],
)
def test_half_years_and_ten_days_are_owed_one_by_one(cadence: str, first: str, periods: list[str]) -> None:
    begun = sent("kouquan", first, on=date(2022, 12, 20))
    rules = read_by(form(cadence=cadence))

    expected = [(code, period) for code in ("gaoshan", "kouquan") for period in periods]
    assert owed(rules, begun, on=date(2022, 12, 31)) == expected


def test_a_form_that_comes_once_is_owed_once_by_each() -> None:
    rules = read_by(form(cadence="once", first="2022"))
    begun = sent("kouquan", "2022", on=date(2023, 1, 5))
    late, _ = expected_deliveries(rules, [begun], [], date(2024, 8, 1))  # two, and no third
    assert (late.reporter_code, late.period, late.due_date) == ("gaoshan", "2022", date(2023, 1, 15))


def test_a_form_begins_by_itself() -> None:
    rules = read_by(form(), form("other.rows", table="other"))

    assert {
        delivery.table for delivery in expected_deliveries(rules, [sent("gaoshan", "2022-Q4")], [], TODAY)
    } == {"row"}


def test_only_the_kinds_that_a_contract_names_owe_it() -> None:
    rules = read_by(form(reporters=["bank"]), reporters=[GAOSHAN, BANK])

    assert owed(rules, sent("rcb", "2022-Q4")) == [("rcb", "2022-Q4")]


def test_a_contract_of_one_reporter_is_owed_by_no_other_of_its_kind() -> None:
    rules = read_by(form(reporters=["bank:rcb"]), reporters=[BANK, reporter("psbc", "bank")])

    assert owed(rules, sent("rcb", "2022-Q4")) == [("rcb", "2022-Q4")]


def test_reporters_of_one_table_with_contracts_of_their_own_begin_apart() -> None:
    rules = read_by(
        form("row.rcb", reporters=["bank:rcb"]),
        form("row.psbc", reporters=["bank:psbc"], cadence="year"),
        reporters=[BANK, reporter("psbc", "bank")],
    )

    assert owed(rules, sent("rcb", "2022-Q3")) == [("rcb", "2022-Q3"), ("rcb", "2022-Q4")]
    assert owed(rules, sent("psbc", "2022")) == [("psbc", "2022")]


def test_a_form_in_two_layouts_is_owed_once() -> None:
    rules = read_by(form("row.summary"), form("row.form"), reporters=[GAOSHAN])

    assert owed(rules, sent("gaoshan", "2022-Q4")) == [("gaoshan", "2022-Q4")]


def test_who_owes_a_form_once_begun_owes_it_from_its_own_first_report() -> None:
    rules = read_by(form(owed="once_begun"))

    assert owed(rules, sent("gaoshan", "2022-Q3")) == [("gaoshan", "2022-Q3"), ("gaoshan", "2022-Q4")]


def test_a_reporter_owes_the_periods_that_end_while_it_is_valid() -> None:
    came = reporter("came", since=2022)
    left = reporter("left", until=date(2021, 12, 31))
    rules = read_by(form(cadence="year"), reporters=[came, left, GAOSHAN])

    assert owed(rules, sent("gaoshan", "2020")) == [
        ("came", "2022"),
        ("left", "2020"),
        ("gaoshan", "2020"), ("gaoshan", "2021"), ("gaoshan", "2022"),
    ]  # fmt: skip


def test_what_one_sent_who_is_a_reporter_no_more_begins_nothing() -> None:
    assert owed(read_by(form(), reporters=[GAOSHAN]), sent("dissolved", "2022-Q2")) == []


def test_what_came_unasked_is_listed() -> None:
    left = reporter("left", until=date(2022, 1, 1))
    rules = read_by(form(cadence="year"), reporters=[left])

    assert owed(rules, sent("left", "2021"), sent("left", "2024")) == [("left", "2021"), ("left", "2024")]


def test_a_reporter_with_two_rows_owes_each_period_once() -> None:
    versions = [
        reporter("moved", until=date(2022, 7, 1)),
        replace(GAOSHAN, code="moved", valid_from=date(2022, 7, 1)),
    ]

    assert owed(read_by(form(), reporters=versions), sent("moved", "2022-Q1")) == [
        ("moved", f"2022-Q{quarter}") for quarter in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("cadence", "grain", "first", "periods"),
    [
        ("year", "year", "2021", ["2021", "2022"]),
        ("quarter", "quarter", "2022-Q3", ["2022-Q3", "2022-Q4"]),
        ("month", "month", "2022-11", ["2022-11", "2022-12"]),
        ("month", "date", "2022-11-30", ["2022-11-30", "2022-12-31"]),
        ("quarter", "date", "2022-09-30", ["2022-09-30", "2022-12-31"]),
    ],
)
def test_periods_follow_the_cadence_and_are_written_as_the_contract_says(
    cadence: str, grain: str, first: str, periods: list[str]
) -> None:
    rules = read_by(form(cadence=cadence, period=grain), reporters=[GAOSHAN])

    assert [period for _, period in owed(rules, sent("gaoshan", first))] == periods


def test_a_delivery_is_due_after_the_last_day_on_which_it_is_in_time() -> None:
    rules = read_by(form(title=["农户表", "农户季报"]), reporters=[GAOSHAN])
    second, third, fourth = expected_deliveries(rules, [sent("gaoshan", "2022-Q2")], [], date(2022, 10, 15))

    assert second == Expected("row", "农户表", "gaoshan", "2022-Q2", date(2022, 7, 15), True, False)
    assert (third.due_date, third.is_due) == (date(2022, 10, 15), False)
    assert (fourth.due_date, fourth.is_due) == (date(2023, 1, 15), False)


def test_a_report_that_comes_years_later_makes_nothing_since_due() -> None:
    rules = read_by(form())
    history = sent("gaoshan", "2017-Q4").model_copy(update={"received_at": datetime(2022, 7, 1, tzinfo=UTC)})
    in_time = sent("gaoshan", "2022-Q1")

    assert owed(rules, history, in_time)[:2] == [("gaoshan", "2017-Q4"), ("gaoshan", "2022-Q1")]
    assert owed(rules, history)[:2] == [
        ("gaoshan", "2017-Q4"),
        ("gaoshan", "2018-Q1"),
    ]  # nothing else is known


def test_what_is_answered_by_a_held_delivery_is_not_due() -> None:
    rules = read_by(form(), reporters=[GAOSHAN])
    expected = expected_deliveries(
        rules, [sent("gaoshan", "2022-Q1")], [sent("gaoshan", "2022-Q2")], date(2022, 12, 1)
    )

    assert {delivery.period: delivery.is_due for delivery in expected} == {
        "2022-Q1": True, "2022-Q2": False, "2022-Q3": True, "2022-Q4": False
    }  # fmt: skip
