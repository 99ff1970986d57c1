"""The two facts of loans, as ledgers give them, on small tables."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.warehouse.models.loans.rows import DIVISIONS, note
from tests.warehouse.models.test_facts import picked

Row = dict[str, Any]
RunModel = Callable[..., list[Row]]


def test_a_balance_is_kept_for_every_date(run_model: RunModel) -> None:
    notes = [note("N1", "2022-11-30"), note("N1", "2022-12-31", balance_yuan=Decimal(30))]
    facts = run_model("fact_loan_balance", staged_loan_note=notes, dim_division=DIVISIONS)
    assert picked(facts, "note_number", "as_of_date", "balance_yuan") == [
        ("N1", date(2022, 11, 30), Decimal(40)),
        ("N1", date(2022, 12, 31), Decimal(30)),
    ]


def test_a_note_is_granted_once_as_its_first_snapshot_has_it(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note("N1", "2022-11-30", 120, delivery_id="later"),
        note("N1", "2022-04-30", 100, delivery_id="first", sheet_row=9),
    )
    assert picked(facts, "note_number", "amount_yuan", "grant_date", "delivery_id", "sheet_row") == [
        ("N1", Decimal(100), date(2022, 3, 1), "first", 9)
    ]


def test_numbers_that_are_equal_but_for_leading_zeros_are_one_note_which_is_flagged(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        note("002022110001", "2022-11-30"),
        note("2022110001", "2022-12-31", 100),
        note("0311", "2022-12-31", flags="row__hidden"),
        note("311", "2022-12-31"),
        note("N1", "2022-12-31"),
    )
    assert sorted(picked(facts, "note_number", "flags")) == [
        ("002022110001", "row__note_number_padded"),
        ("0311", "row__hidden;row__note_number_padded"),
        ("N1", None),
    ]


def test_a_grant_may_be_older_than_the_first_snapshot(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(note("N1", "2021-01-31", grant_date=date(2019, 5, 6)))
    assert picked(facts, "grant_date", "is_new_disbursement") == [(date(2019, 5, 6), True)]


def test_the_same_number_at_two_banks_is_two_notes(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(note("N1"), note("N1", reporter_code="citic"))
    assert sorted(picked(facts, "institution_code", "note_number")) == [
        ("citic", "N1"),
        ("rcb", "N1"),
    ]


@pytest.mark.parametrize(
    ("fields", "is_new"),
    [
        ({"grant_type": None}, False),
        ({"grant_type": "新增"}, True),
        ({"grant_type": "借新还旧"}, False),
        ({"grant_type": "无还本续贷"}, False),
        ({"grant_type": "展期"}, False),
        ({"grant_type": "新增", "prior_note_number": "N0"}, False),
        ({"extension_count": 2}, True),
    ],
)
def test_a_renewal_or_an_unknown_grant_type_is_kept_and_is_no_new_disbursement(
    disbursed: Callable[..., list[Row]], fields: Row, is_new: bool
) -> None:
    assert picked(disbursed(note("N1", **fields)), "is_new_disbursement") == [(is_new,)]


@pytest.mark.parametrize(
    ("reported", "kept", "is_farm"),
    [("农户", "农户", True), ("企业", "企业", False), (None, "unknown", False)],
)
def test_a_missing_borrower_type_is_unknown_and_no_farm_household(
    disbursed: Callable[..., list[Row]], reported: str | None, kept: str, is_farm: bool
) -> None:
    facts = disbursed(note("N1", borrower_type=reported))
    assert picked(facts, "borrower_type", "is_farm_household") == [(kept, is_farm)]


def test_a_loan_belongs_to_the_division_of_its_grant_date(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note("N1", village_code="140214101200", grant_date=date(2021, 10, 30)),
        note("N2", village_code="140214101200", grant_date=date(2021, 10, 31)),
        note("N3", village_code=None),
    )
    assert sorted(picked(facts, "note_number", "division_key")) == [
        ("N1", "140214101200@2020-06-30"),
        ("N2", "140214101200@2021-10-31"),
        ("N3", "unknown"),
    ]


def test_a_stock_without_amounts_and_without_flows_grants_nothing(
    disbursed: Callable[..., list[Row]],
) -> None:
    assert disbursed(note("N1", "2022-03-31", None)) == []


def test_a_blank_grant_type_is_unknown(disbursed: Callable[..., list[Row]]) -> None:
    assert picked(disbursed(note("N1", grant_type=None)), "grant_type") == [("unknown",)]


@pytest.mark.parametrize(
    ("field", "known", "column", "kept"),
    [
        ("borrower_type", "农户", "borrower_type", "农户"),
        ("village_code", "140214101200", "division_key", "140214101200@2021-10-31"),
        ("household_key", "h1", "household_key", "rcb/h1"),
        ("purpose", "养殖", "purpose", "养殖"),
        ("grant_type", "新增", "grant_type", "新增"),
        ("prior_note_number", "N0", "prior_note_number", "N0"),
    ],
)
def test_what_a_later_snapshot_knows_of_a_note_holds_in_all_its_rows(
    run_model: RunModel, field: str, known: str, column: str, kept: str
) -> None:
    snapshots = [("2022-10-31", None), ("2022-11-30", known), ("2022-12-31", None)]
    notes = [note("N1", period) | {field: value} for period, value in snapshots]
    tables = {"staged_loan_note": notes, "dim_division": DIVISIONS}
    assert picked(run_model("fact_loan_balance", **tables), column) == [(kept,)] * 3
    facts = run_model("fact_loan_disbursement", staged_loan_transaction=[], **tables)
    assert picked(facts, column, "amount_yuan") == [(kept, Decimal(100))]


def test_an_attribute_that_changed_is_what_was_reported_last(disbursed: Callable[..., list[Row]]) -> None:
    facts = disbursed(
        note("N1", "2022-11-30", borrower_type="企业", grant_date=date(2022, 3, 1), rate_pct=Decimal(4)),
        note("N1", "2022-12-31", borrower_type="农户", grant_date=date(2022, 3, 9), rate_pct=Decimal(5)),
    )
    names = ("borrower_type", "is_farm_household", "grant_date", "rate_pct")
    assert picked(facts, *names) == [("农户", True, date(2022, 3, 1), Decimal(4))]


def test_an_amount_that_is_known_later_is_granted_with_the_row_that_has_it(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        note("N1", "2022-11-30", None, delivery_id="first"), note("N1", "2022-12-31", 70, delivery_id="later")
    )
    assert picked(facts, "delivery_id", "amount_yuan") == [("later", Decimal(70))]


def test_a_borrower_with_one_household_number_is_of_that_household_everywhere(run_model: RunModel) -> None:
    notes = [
        note("N1", household_key=None),
        note("N2", household_key="h1"),
        note("N3", household_key=None, borrower_key="b2"),
        note("N4", household_key="h3", borrower_key="b3"),
        note("N5", household_key="h4", borrower_key="b3"),
        note("N6", household_key=None, borrower_key="b3"),
        note("N7", household_key=None, reporter_code="citic"),
    ]
    tables = {"staged_loan_note": notes, "staged_loan_transaction": [], "dim_division": DIVISIONS}
    facts = run_model("fact_loan_disbursement", **tables)
    assert sorted(picked(facts, "note_number", "household_key", "identified_by")) == [
        ("N1", "rcb/h1", "household_elsewhere"),
        ("N2", "rcb/h1", "household"),
        ("N3", "rcb/b2", "borrower"),
        ("N4", "rcb/h3", "household"),
        ("N5", "rcb/h4", "household"),
        ("N6", "rcb/b3", "borrower"),
        ("N7", "citic/b1", "borrower"),
    ]
    households = {row["household_key"] for row in run_model("dim_household", **tables)}
    assert households == {row["household_key"] for row in facts} | {"unknown"}


def test_a_corrected_cell_of_another_snapshot_is_told_where_its_value_is_used(
    disbursed: Callable[..., list[Row]],
) -> None:
    facts = disbursed(
        note("N1", "2022-11-30", borrower_type=None, corrected="amount_yuan"),
        note("N1", "2022-12-31", corrected="balance_yuan;borrower_type"),
    )
    assert picked(facts, "corrected") == [("amount_yuan;borrower_type",)]


def test_a_note_of_a_ledger_is_dated_by_its_grant(disbursed: Callable[..., list[Row]]) -> None:
    assert picked(disbursed(note("N1")), "event_date") == [(date(2022, 3, 1),)]


@pytest.mark.parametrize(
    ("borrower_type", "purpose", "is_related"),
    [
        ("农户", "消费", True),
        ("农户", None, True),
        ("农民专业合作社", "经营周转", True),
        ("企业", "农产品加工", True),
        ("个体工商户", "农机购置", True),
        ("非农户个人", "种植", True),
        (None, "养殖", True),
        ("企业", "经营周转", False),
        ("非农户个人", "住房", False),
        (None, "经营周转", None),
        ("企业", None, None),
        (None, None, None),
    ],
)
def test_a_loan_is_agriculture_related_by_borrower_or_purpose_and_unknown_if_neither_tells(
    run_model: RunModel, borrower_type: str | None, purpose: str | None, is_related: bool | None
) -> None:
    notes = [note("N1", borrower_type=borrower_type, purpose=purpose)]
    facts = run_model("fact_loan_balance", staged_loan_note=notes, dim_division=DIVISIONS)
    assert picked(facts, "is_agriculture_related") == [(is_related,)]
