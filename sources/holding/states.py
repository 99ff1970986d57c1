"""Which deliveries are in force, held and withdrawn: a pure function of receipts and decisions."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from schemas.files.strict import Strict
from sources.holding.decisions import Decision, last_word
from sources.holding.resends import Resends
from sources.home.receipts import Outcome, Receipt, in_order
from sources.text.period import period_end

Key = tuple[str, str, str]
"""Table, reporter and period."""

State = Outcome | Literal["held", "withdrawn"]

Resend = Literal["awaited", "uncertain"]


class Judgement(Strict):
    """A judgement on an accepted delivery when it arrives.

    holds: why it waits for a steward, by rule, in Chinese; empty where it counts. frame_rows: how many rows were to be
    expected, None where nobody knows; lacking_rows: how many of them it lacks.
    """

    holds: dict[str, str] = {}
    frame_rows: int | None = None
    lacking_rows: int = 0


@dataclass
class DeliveryStates:
    """States of deliveries: what each counts for.

    in_force: the delivery that counts, by key; by_table, by_reporter, by_period: the same by table, by table and reporter,
    and by table and period first. refused: the last rejected one since. last: the last of each key, duplicates and
    withdrawn ones passed over. held: by id those that wait; held_of: their ids by key. judgements: by id, of all accepted
    ones. decided: by id, the last decision on it. withdrawn: by id. resends: the rejected ones that are still to be sent
    again. added: ids of all.
    """

    in_force: dict[Key, Receipt] = field(default_factory=dict)
    by_table: dict[str, dict[Key, Receipt]] = field(default_factory=dict)
    by_reporter: dict[tuple[str, str], dict[Key, Receipt]] = field(default_factory=dict)
    by_period: dict[tuple[str, str], dict[Key, Receipt]] = field(default_factory=dict)
    refused: dict[Key, Receipt] = field(default_factory=dict)
    last: dict[Key, Receipt] = field(default_factory=dict)
    held: dict[str, Receipt] = field(default_factory=dict)
    held_of: dict[Key, list[str]] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    decided: dict[str, Decision] = field(default_factory=dict)
    withdrawn: dict[str, Receipt] = field(default_factory=dict)
    resends: Resends = field(default_factory=Resends)
    added: set[str] = field(default_factory=set)

    @property
    def counting(self) -> list[Receipt]:
        """The deliveries in force, in the order of arrival."""
        return in_order(self.in_force.values())

    @property
    def open(self) -> list[Receipt]:
        """What a steward must look at: the last delivery of each key, in the order of arrival."""
        return in_order(self.last.values())

    @property
    def awaited(self) -> list[Receipt]:
        """The rejected deliveries that are still to be sent again, in the order of arrival."""
        return in_order(self.resends.awaited.values())

    def resend_of(self, receipt: Receipt) -> Resend | None:
        """Tell of a rejected delivery whether it is to be sent again, or perhaps was; None where that is settled."""
        if receipt.delivery_id in self.resends.awaited:
            return "awaited"
        return "uncertain" if receipt.delivery_id in self.resends.uncertain else None

    def state_of(self, receipt: Receipt) -> State:
        """Give what became of a delivery: its outcome, held where it never counted, or withdrawn."""
        if self._is_withdrawn(receipt):
            return "withdrawn"
        return "held" if self.holds_of(receipt) else receipt.outcome

    def holds_of(self, receipt: Receipt) -> dict[str, str]:
        """Give why a delivery waits or has waited, by rule; empty where it has counted or a steward has decided."""
        judgement = self.judgements.get(receipt.delivery_id)
        return judgement.holds if judgement and receipt.delivery_id not in self.decided else {}

    def add(self, receipt: Receipt, judge: "JudgeDelivery") -> None:
        """Add the next delivery, in the order of arrival."""
        self.see(receipt)
        self.count(receipt, judge)

    def see(self, receipt: Receipt) -> None:
        """Take note that a delivery came after those seen before."""
        self.added.add(receipt.delivery_id)
        if self._is_withdrawn(receipt):
            self.withdrawn[receipt.delivery_id] = receipt
        else:
            self.resends.add(receipt)

    def count(self, receipt: Receipt, judge: "JudgeDelivery") -> None:
        """Let a delivery count, where it is not to wait: after those of the same key that came before."""
        if receipt.outcome == "duplicate" or self._is_withdrawn(receipt):
            return
        self.last[receipt.key] = receipt
        if receipt.outcome == "rejected":
            self.refused[receipt.key] = receipt
            return
        judgement = judge(receipt, self)
        self.judgements[receipt.delivery_id] = judgement
        if judgement.holds and receipt.delivery_id not in self.decided:
            self.held[receipt.delivery_id] = receipt
            self.held_of.setdefault(receipt.key, []).append(receipt.delivery_id)
            return
        key = table, reporter, period = receipt.key
        self.in_force[key] = receipt
        self.by_table.setdefault(table, {})[key] = receipt
        self.by_reporter.setdefault((table, reporter), {})[key] = receipt
        self.by_period.setdefault((table, period), {})[key] = receipt
        self.refused.pop(key, None)
        for waiting_id in self.held_of.pop(key, ()):
            del self.held[waiting_id]

    def _is_withdrawn(self, receipt: Receipt) -> bool:
        decision = self.decided.get(receipt.delivery_id)
        return decision is not None and decision.verdict == "withdraw"


JudgeDelivery = Callable[[Receipt, DeliveryStates], Judgement]
"""Judges an accepted delivery by what counts when it arrives."""


def delivery_states(
    receipts: Iterable[Receipt],
    decisions: Iterable[Decision],
    judge: JudgeDelivery,
    cut_off: datetime,
    judged_last: Collection[str] = (),
) -> DeliveryStates:
    """Compute what counts at a time.

    Deliveries are judged period by period, so that a late one is compared with what it would have been compared with in
    time; only within a form, reporter and period does the order of arrival decide. judged_last: tables whose deliveries
    are held against other forms of the same period.
    """
    states = DeliveryStates(decided=last_word(decisions))
    arrived = in_order(receipt for receipt in receipts if receipt.received_at <= cut_off)
    for receipt in arrived:
        states.see(receipt)
    for receipt in sorted(arrived, key=lambda r: (_end(r), r.table in judged_last)):
        states.count(receipt, judge)
    return states


def _end(receipt: Receipt) -> date:
    """Return the last day of a delivery's period; where that is unknown, it is compared with nothing."""
    return period_end(receipt.period) if receipt.period else date.max
