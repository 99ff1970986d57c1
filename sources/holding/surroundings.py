"""What a delivery is compared with: the deliveries in force when it is judged."""

from collections.abc import Iterable
from functools import cache, cached_property
from hashlib import sha256

from schemas.catalogue import Catalogue
from schemas.field import columns
from sources.county.contract import Contract
from sources.holding.decisions import PeriodDecision
from sources.holding.states import DeliveryStates
from sources.home.receipts import Receipt
from sources.text.period import period_before, year_before


class Surroundings:
    """A delivery, and the deliveries in force when it is judged that it is compared with.

    settled_by: the decision that had settled its period when it came.
    """

    def __init__(
        self,
        receipt: Receipt,
        contract: Contract,
        states: DeliveryStates,
        catalogue: Catalogue,
        settled_by: PeriodDecision | None = None,
    ) -> None:
        self.receipt, self.contract, self.settled_by = receipt, contract, settled_by
        table, reporter, period = receipt.key
        in_force = states.in_force
        self.predecessor = in_force.get(receipt.key)
        self.refused = states.refused.get(receipt.key)
        self.before = _last_before(
            states.by_reporter.get((table, reporter), {}).values(), receipt, period_before(period)
        )
        self.year_before = in_force.get((table, reporter, year_before(period)))
        self.form = in_force.get((contract.frame.partition(":")[2], reporter, period))
        self.others = [other for other in _alike(receipt, states, catalogue) if other.key != receipt.key]
        paired = (contract.pairs_with or "").partition(".")[0]
        self.flows = [
            flow for flow in states.by_reporter.get((paired, reporter), {}).values() if self._is_between(flow)
        ]

    def _is_between(self, flow: Receipt) -> bool:
        """Whether a flow is of the time since the stock before."""
        since = self.before.period if self.before else ""
        return since < flow.period <= self.receipt.period

    @cached_property
    def identity(self) -> str:
        """Name what the judgement depends on: revisions of deliveries, and terms of the contract."""
        compared = [self.predecessor, self.refused, self.before, self.year_before, self.form]
        compared += [*self.others, *self.flows]
        terms = self.contract.model_dump_json(include={"frame", "lacks", "accept", "first", "last", "places"})
        terms += self.settled_by.model_dump_json() if self.settled_by else ""
        parts = [f"{r.delivery_id}.r{r.revision}" if r else "" for r in (self.receipt, *compared)]
        return sha256("\n".join([terms, *parts]).encode()).hexdigest()[:32]


def _last_before(of_reporter: Iterable[Receipt], receipt: Receipt, before: str | None) -> Receipt | None:
    """Find the same form of the period before; of dates, the last earlier one."""
    earlier = [r for r in of_reporter if r.period < receipt.period]
    if before is None:
        return max(earlier, key=lambda r: r.period, default=None)
    return next((r for r in earlier if r.period == before), None)


def _alike(receipt: Receipt, states: DeliveryStates, catalogue: Catalogue) -> Iterable[Receipt]:
    """Find the deliveries in force of the table that can hold rows of the same key of its fact."""
    table, reporter, period = receipt.key
    match _keyed_by(catalogue, table):
        case True, True:
            return ()
        case True, False:
            return states.by_reporter.get((table, reporter), {}).values()
        case False, True:
            return states.by_period.get((table, period), {}).values()
    return states.by_table.get(table, {}).values()


@cache
def _keyed_by(catalogue: Catalogue, table: str) -> tuple[bool, bool]:
    """Tell whether the key of the fact of a table names the reporter, and the period; both where it has no fact."""
    fact = {"loan_note": "fact_loan_balance", "loan_transaction": "fact_loan_disbursement"}.get(
        table, f"fact_{table}"
    )
    if fact not in catalogue.built:
        return True, True
    key = {column.name for column in columns(catalogue.built[fact]) if column.key}
    return bool(key & {"reporter_code", "institution_code"}), bool(key & {"period", "year", "as_of_date"})
