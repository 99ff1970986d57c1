"""Expected deliveries: every form, reporter and period that the contracts ask for, and when each is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sources.county.contract import Contract
from sources.county.references import References
from sources.home.receipts import Receipt
from sources.text.period import MONTHS, period_end, periods_of

HISTORY_DAYS = 366
"""So long after its end, the report of a period is history: it makes no later period due."""


@dataclass(frozen=True)
class Expected:
    """One delivery that is expected, or that came unasked; due_date is the last day that is in time.

    is_early: whether its period is not over on the day: what has come already is not the last word.
    """

    table: str
    form_title: str
    reporter_code: str
    period: str
    due_date: date
    is_due: bool
    is_early: bool


def expected_deliveries(
    references: References, accepted: Iterable[Receipt], held: Iterable[Receipt], on: date
) -> list[Expected]:
    """List what is expected from the first period of which anything was accepted in its time to the end of a day's year.

    A form of which nothing was accepted yet is not expected: it is not in use, and a rejected delivery may
    state any year. A form in several layouts is expected once. held: deliveries that wait for a steward; what is expected
    there has been answered and is not due. is_due: its due date is before that day.
    """
    answered = {receipt.key for receipt in held}
    received = sorted((r for r in accepted if r.outcome == "accepted"), key=lambda r: r.table)
    return [
        _make_expected(contract, code, period, on, is_answered=(table, code, period) in answered)
        for table, of_table in groupby(received, key=lambda r: r.table)
        for contract, code, period in _expected_of_table(references, table, list(of_table), on)
    ]


def _expected_of_table(
    references: References, table: str, accepted: list[Receipt], on: date
) -> Iterator[tuple[Contract, str, str]]:
    """Yield contract, code of the reporter and period of all that is expected of a table or was accepted."""
    contracts = [contract for contract in references.contracts.values() if contract.table == table]
    for code, kind in dict.fromkeys((r.code, r.kind) for r in references.reporters):
        contract = next((c for c in contracts if c.expects(kind, code)), None)
        if contract is None:
            continue
        versions = [r for r in references.reporters if r.code == code]
        senders = {r.code for r in references.reporters if contract.expects(r.kind, r.code)}
        sent = {r.period for r in accepted if r.reporter_code == code}
        of_senders = [r for r in accepted if r.reporter_code in senders]
        of_reporter = [r for r in of_senders if r.reporter_code == code]
        first = _begin(of_reporter if contract.owed == "once_begun" else of_senders)
        periods = periods_of(contract.cadence, contract.grain, first, date(on.year, 12, 31)) if first else ()
        sent_spans = {_span(contract, period) for period in sent}
        missing = {
            period
            for period in periods
            if any(version.is_valid_on(period_end(period)) for version in versions)
            and _span(contract, period) not in sent_spans
        }
        for period in sorted(sent | missing):
            yield contract, code, period


def _begin(accepted: list[Receipt]) -> date | None:
    """Find the end of the period with which a form begins; what came years later is history, if not all of it did."""
    in_its_time = [
        r for r in accepted if r.received_at.date() <= period_end(r.period) + timedelta(days=HISTORY_DAYS)
    ]
    return min((period_end(r.period) for r in in_its_time or accepted), default=None)


def _span(contract: Contract, period: str) -> tuple[int, int]:
    """Return the year, quarter or month that a delivery is for: a ledger as of the 29th is its month's."""
    end, months = period_end(period), MONTHS[contract.cadence]
    return end.year, (end.month - 1) // months


def _make_expected(
    contract: Contract, reporter_code: str, period: str, on: date, *, is_answered: bool
) -> Expected:
    end = period_end(period)
    due = end + timedelta(days=contract.due_days)
    return Expected(
        contract.table,
        contract.title[0],
        reporter_code,
        period,
        due,
        is_due=due < on and not is_answered,
        is_early=end > on,
    )
