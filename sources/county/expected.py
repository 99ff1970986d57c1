"""Expected deliveries: every form, reporter and period that the contracts ask for, and when each is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sources.county.contract import Contract
from sources.county.references import References
from sources.home.receipts import Receipt
from sources.text.period import period_end, period_of, period_start, periods_of

HISTORY_DAYS = 366
"""So long after its end, the report of a period is history: it makes no later period due."""

_IN_DISPUTE = frozenset(
    f"delivery__{rule}" for rule in ("period_mismatch", "reporter_mismatch", "reporter_not_expected")
)
"""Rules by which a rejected delivery may be of another period or from another reporter than its receipt says."""


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
    references: References, received: Iterable[Receipt], held: Iterable[Receipt], on: date
) -> list[Expected]:
    """List what is expected from the period with which a form begins to the end of a day's year.

    A form begins with the first period of which anything was accepted in its time; where nothing was, with the first
    of which a delivery was held or rejected in its time: whoever sends a form has it to send. A form in several layouts
    is expected once. received: accepted and rejected deliveries. held: deliveries that wait for a steward; where nothing
    else was accepted, what is expected there has been answered and is not due. is_due: its due date is before that day.
    """
    waiting, others = list(held), list(received)
    answered = {r.key for r in waiting} - {r.key for r in others if r.outcome == "accepted"}
    attempted = {receipt.delivery_id for receipt in waiting}
    of_forms = [r for r in (*others, *waiting) if r.table and r.outcome != "duplicate"]
    return [
        _make_expected(contract, code, period, on, is_answered=(table, code, period) in answered)
        for table, of_table in groupby(sorted(of_forms, key=lambda r: r.table), key=lambda r: r.table)
        for contract, code, period in _expected_of_table(references, table, list(of_table), attempted, on)
    ]


def _expected_of_table(
    references: References, table: str, received: list[Receipt], held_ids: set[str], on: date
) -> Iterator[tuple[Contract, str, str]]:
    """Yield contract, code of the reporter and period of all that is expected of a table or was accepted."""
    accepted = [r for r in received if r.outcome == "accepted" and r.delivery_id not in held_ids]
    attempts = [r for r in received if r.outcome == "rejected" or r.delivery_id in held_ids]
    contracts = [contract for contract in references.contracts.values() if contract.table == table]
    for code, kind in dict.fromkeys((r.code, r.kind) for r in references.reporters):
        contract = next((c for c in contracts if c.expects(kind, code)), None)
        if contract is None:
            continue
        versions = [r for r in references.reporters if r.code == code]
        sent = {r.period for r in accepted if r.reporter_code == code}
        if contract.owed == "once_begun":
            senders = {code}
        else:
            senders = {r.code for r in references.reporters if contract.expects(r.kind, r.code)}
        first = _begin(
            [r for r in accepted if r.reporter_code in senders],
            [r for r in attempts if r.reporter_code in senders],
        )
        periods = _list_periods(contract, first, on) if first else ()
        sent_spans = {_span(contract, period) for period in sent}
        missing = {
            p
            for p in periods
            if (contract.first or p) <= p <= (contract.last_period or p)
            and any(version.is_valid_on(period_end(p)) for version in versions)
            and _span(contract, p) not in sent_spans
        }
        for period in sorted(sent | missing):
            yield contract, code, period


def _list_periods(contract: Contract, first: date, on: date) -> Iterable[str]:
    """List the periods of a form from the end of its first to the end of a day's year; of what comes once, that one."""
    if contract.cadence == "once":
        return filter(None, [contract.first])
    return periods_of(contract.cadence, contract.grain, first, date(on.year, 12, 31))


def _begin(accepted: list[Receipt], attempts: list[Receipt]) -> date | None:
    """Find the end of the period with which a form begins; what came years later is history, if not all of it did.

    attempts: held and rejected deliveries, which decide where nothing was accepted.
    """
    in_its_time = [r for r in accepted if r.received_at.date() <= _last_day_in_its_time(r)]
    begun_by = in_its_time or accepted or [r for r in attempts if _is_of_its_time(r)]
    return min((period_end(r.period) for r in begun_by), default=None)


def _is_of_its_time(attempt: Receipt) -> bool:
    """Whether a delivery that does not count says beyond doubt of whom and when it is, and came within its time.

    It may state any year: one that has not begun, or is long past, makes nothing due.
    """
    if not attempt.period or any(reason.rule in _IN_DISPUTE for reason in attempt.reasons):
        return False
    return period_start(attempt.period) <= attempt.received_at.date() <= _last_day_in_its_time(attempt)


def _last_day_in_its_time(receipt: Receipt) -> date:
    return period_end(receipt.period) + timedelta(days=HISTORY_DAYS)


def _span(contract: Contract, period: str) -> str:
    """Return the year, quarter or month that a delivery is for: a ledger as of the 29th is its month's."""
    return period_of(period_end(period), contract.rhythm)


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
