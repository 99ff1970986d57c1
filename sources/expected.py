"""The deliveries that are owed: every form, reporter and period, by what the contracts say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sources.contract import Contract
from sources.period import period_end, periods_of
from sources.receipts import Receipt
from sources.references import References, Reporter


@dataclass(frozen=True)
class Expected:
    """One delivery that is owed, or that came unasked; due_date is the last day on which it is in time."""

    table: str
    form_title: str
    reporter_code: str
    period: str
    due_date: date
    is_due: bool


def expected_deliveries(references: References, receipts: Iterable[Receipt], on: date) -> list[Expected]:
    """What is owed from the first period that anyone reported to the end of the year of a day.

    A form that nobody has reported yet is not owed: it is not in use. A form in several layouts is owed
    once. A delivery that says two periods is evidence of neither. is_due: its due date is before that day.
    """
    known = sorted(
        (r for r in receipts if r.table and r.period and not _is_misdated(r)), key=lambda r: r.table
    )
    return [
        _expected(contract, reporter.code, period, on)
        for table, found in groupby(known, key=lambda r: r.table)
        for contract, reporter, period in _owed(references, table, list(found), on)
    ]


def _owed(
    references: References, table: str, receipts: list[Receipt], on: date
) -> Iterator[tuple[Contract, Reporter, str]]:
    """Contract, reporter and period of all that is owed of a table, and of all that was accepted."""
    contracts = [contract for contract in references.contracts.values() if contract.table == table]
    senders = {r.code: r for r in references.reporters}
    for reporter in references.reporters:
        own = next((c for c in contracts if c.expects(reporter.kind, reporter.code)), None)
        if own is None:
            continue
        began = min(
            (period_end(r.period) for r in receipts if own.expects(senders[r.reporter_code].kind, r.reporter_code)),
            default=None,
        )  # fmt: skip
        sent = {r.period for r in receipts if r.reporter_code == reporter.code and r.outcome == "accepted"}
        if own.owed == "once_begun":
            began = min(map(period_end, sent), default=None)
        last = date(on.year, 12, 31)
        owed = periods_of(own.cadence, own.grain, began, last) if began else ()
        for period in sorted(sent.union(p for p in owed if _is_valid(reporter, period_end(p)))):
            yield own, reporter, period


def _is_misdated(receipt: Receipt) -> bool:
    return any(reason.rule == "delivery__period_mismatch" for reason in receipt.reasons)


def _is_valid(reporter: Reporter, day: date) -> bool:
    return reporter.valid_from <= day and (reporter.valid_to is None or day < reporter.valid_to)


def _expected(contract: Contract, reporter_code: str, period: str, on: date) -> Expected:
    due = period_end(period) + timedelta(days=contract.due_days)
    return Expected(contract.table, contract.title[0], reporter_code, period, due, due < on)
