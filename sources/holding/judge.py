"""Why an accepted delivery is held: what would make sound figures worse waits until a steward decides.

Put here: which deliveries are compared, and what each reason says. Keep out: how rows are compared, see `lacking`
and `slip`.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256

import polars as pl

from schemas.catalogue import BUILT
from schemas.field import columns
from sources.county.contract import Contract
from sources.county.references import References
from sources.holding.lacking import Lacking, find_lacking, find_vanished
from sources.holding.rows import DeliveredRows
from sources.holding.slip import find_slip
from sources.holding.states import DeliveryStates, Judgement
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.text.period import period_before, period_end, period_start, year_before

HALF_ACCEPTED = 0.5
MOSTLY_ACCEPTED = 0.8
SHOWN_KEYS = 5
WAYS_OUT = "请报送全表；确已不在的，请数据管理员核实后确认（xiangcang confirm）"


class Judge:
    """Judges deliveries by the rows of a home, under its references."""

    def __init__(self, home: Home, references: References) -> None:
        self.references = references
        self.rows = DeliveredRows(home, references)
        self.known: dict[str, Judgement] = {}
        self.asked: set[str] = set()

    def __call__(self, receipt: Receipt, states: DeliveryStates) -> Judgement:
        """Judge an accepted delivery; the same again where it is compared with the same deliveries."""
        contract = self.references.contracts.get(receipt.contract)
        if contract is None:  # the form has been given up since
            return Judgement()
        compared = Surroundings(receipt, contract, states)
        if compared.identity not in self.known:
            self.known[compared.identity] = _Case(self, compared).judgement()
        self.asked.add(compared.identity)
        return self.known[compared.identity]


class Surroundings:
    """A delivery, and the deliveries in force when it arrives that it is compared with."""

    def __init__(self, receipt: Receipt, contract: Contract, states: DeliveryStates) -> None:
        self.receipt, self.contract = receipt, contract
        table, reporter, period = receipt.key
        in_force, of_table = states.in_force, states.by_table.get(table, {}).values()
        self.predecessor = in_force.get(receipt.key)
        self.refused = states.refused.get(receipt.key)
        self.before = _last_before(of_table, receipt, period_before(period))
        self.year_before = in_force.get((table, reporter, year_before(period)))
        self.form = in_force.get((contract.frame.partition(":")[2], reporter, period))
        self.others = [other for other in of_table if _may_conflict(receipt, other)]
        paired = (contract.pairs_with or "").partition(".")[0]
        self.flows = [flow for flow in states.by_table.get(paired, {}).values() if self._is_between(flow)]

    def _is_between(self, flow: Receipt) -> bool:
        """Whether a flow of the same reporter is of the time since the stock before."""
        since = self.before.period if self.before else ""
        return flow.reporter_code == self.receipt.reporter_code and since < flow.period <= self.receipt.period

    @cached_property
    def identity(self) -> str:
        """Name what the judgement depends on: revisions of deliveries, and terms of the contract."""
        compared = [self.predecessor, self.refused, self.before, self.year_before, self.form]
        compared += [*self.others, *self.flows]
        terms = self.contract.model_dump_json(include={"frame", "lacks", "accept", "first", "last", "places"})
        parts = [f"{r.delivery_id}.r{r.revision}" if r else "" for r in (self.receipt, *compared)]
        return sha256("\n".join([terms, *parts]).encode()).hexdigest()[:32]


def _last_before(of_table: Iterable[Receipt], receipt: Receipt, before: str | None) -> Receipt | None:
    """Find the same form of the period before; of dates, the last earlier one."""
    same = [r for r in of_table if r.key[:2] == receipt.key[:2] and r.period < receipt.period]
    if before is None:
        return max(same, key=lambda r: r.period, default=None)
    return next((r for r in same if r.period == before), None)


def _may_conflict(receipt: Receipt, other: Receipt) -> bool:
    """Whether another delivery of the table can hold rows of the same key of its fact."""
    if other.key == receipt.key:
        return False
    by_reporter, by_period = _keyed_by(receipt.table)
    return (not by_reporter or other.reporter_code == receipt.reporter_code) and (
        not by_period or other.period == receipt.period
    )


def _keyed_by(table: str) -> tuple[bool, bool]:
    """Tell whether the key of the fact of a table names the reporter, and the period."""
    fact = {"loan_note": "fact_loan_balance", "loan_transaction": "fact_loan_disbursement"}.get(
        table, f"fact_{table}"
    )
    key = {column.name for column in columns(BUILT[fact]) if column.key}
    return bool(key & {"reporter_code", "institution_code"}), bool(key & {"period", "year", "as_of_date"})


class _Case:
    """One delivery that is judged."""

    def __init__(self, judge: Judge, compared: Surroundings) -> None:
        self.rows, self.references = judge.rows, judge.references
        self.compared, self.receipt, self.contract = compared, compared.receipt, compared.contract
        self.key = self.rows.key_of(compared.receipt)

    @cached_property
    def is_hidden(self) -> bool:
        """Whether the keys of the rows that were sent are hashed: those of rejected rows are."""
        return bool(self.receipt.candidate_files)

    @cached_property
    def sent(self) -> pl.DataFrame:
        """The keys of all rows that were sent."""
        return self.rows.sent(self.receipt, self.key, hidden=self.is_hidden)

    def _lack_of(self, frame: pl.DataFrame, key: list[str]) -> Lacking:
        """Find what the delivery lacks of a frame whose keys are plain."""
        if not self.is_hidden:
            return find_lacking(frame, self.sent, key)
        return find_lacking(self.rows.hide(self.receipt.table, frame), self.sent, key, shown=frame)

    def judgement(self) -> Judgement:
        holds = dict(self._holds())
        frame = self._frame_lacking()
        if frame and frame.is_too_much(self.contract.lacks):
            holds.setdefault("frame", self._lacks("应有", frame))
        return Judgement(
            holds=holds,
            frame_rows=frame.frame_rows if frame else None,
            lacking_rows=frame.rows if frame else 0,
        )

    def _holds(self) -> Iterator[tuple[str, str]]:
        yield from self._out_of_time()
        yield from self._mostly_rejected()
        yield from self._replaces_too_much()
        yield from self._in_another_unit()
        yield from self._in_conflict()

    def _out_of_time(self) -> Iterator[tuple[str, str]]:
        period, arrived = self.receipt.period, self.receipt.received_at.date()
        first, last = self.contract.first, self.contract.last
        if period_start(period) > arrived:
            yield "future_period", f"报告期 {period} 在收到之日（{arrived}）尚未开始；请核对报告期"
        elif (first and period < first) or (last and period > last):
            yield (
                "outside_form",
                f"本表自 {first or '开始'} 报至 {last or '现在'}，报告期 {period} 不在其内；请核对报告期",
            )

    def _mostly_rejected(self) -> Iterator[tuple[str, str]]:
        rows, predecessor = self.receipt.rows, self.compared.predecessor
        sent = rows.accepted + rows.rejected
        least = MOSTLY_ACCEPTED if predecessor else HALF_ACCEPTED
        if self.contract.accept == "rows" and sent and rows.accepted < least * sent:
            yield (
                "mostly_rejected",
                f"{sent} 行只接收了 {rows.accepted} 行，不足 {least:.0%}；请改正退回的行后重新报送全表",
            )

    def _replaces_too_much(self) -> Iterator[tuple[str, str]]:
        """Compare with what it replaces, and with what was sent and rejected before it."""
        for other, word in (
            (self.compared.predecessor, "现行报送有"),
            (self.compared.refused, "此前退回的报送有"),
        ):
            if other is not None:
                hidden = self.is_hidden or bool(other.candidate_files)
                before, sent = (self.rows.sent(r, self.key, hidden=hidden) for r in (other, self.receipt))
                vanished = find_lacking(before, sent, self.key)
                if vanished.is_too_much(self.contract.lacks):  # only now are all columns read
                    before, sent = (self.rows.sent(r, hidden=hidden) for r in (other, self.receipt))
                    vanished = find_vanished(before, sent, self.key)
                if vanished.is_too_much(self.contract.lacks):
                    yield "vanished", self._lacks(word, vanished, named=not hidden)
                    return

    def _frame_lacking(self) -> Lacking | None:
        """Find what the delivery lacks of the frame that its contract names; None where nobody knows."""
        kind, _, of = self.contract.frame.partition(":")
        match kind:
            case "list":
                return find_lacking(self._listed(of), self.rows.sent(self.receipt, [*self.key, of]), [of])
            case "register" if self.compared.before:
                return self._lack_of(self.rows.accepted(self.compared.before, self.key), self.key)
            case "stock" if self.compared.before:
                return self._lack_of(self._still_owed(self.compared.before), self.key)
            case "open" if self.compared.before:
                rows = self.rows.accepted(self.compared.before, [*self.key, of])
                return self._lack_of(rows.filter(pl.col(of).is_null()), self.key)
            case "form" if self.compared.form:
                shared = [name for name in self.rows.key_of(self.compared.form) if name in self.key]
                return self._lack_of(self.rows.accepted(self.compared.form, shared), shared)
            case _:
                return None

    def _listed(self, field: str) -> pl.DataFrame:
        """List the villages, or villages and communities, of the reporter's division at the end of the period."""
        (column,) = [c for c in columns(self.references.tables[self.receipt.table]) if c.name == field]
        on = self.contract.places.on or period_end(self.receipt.period)
        level = "village_level" if column.place == "any" else str(column.place)
        within = self.references.division_of(self.receipt.reporter_code, on)
        codes = [place.code for place in self.references.places.inside(level, within, on)]
        return pl.DataFrame({field: codes}, schema={field: pl.String})

    def _still_owed(self, before: Receipt) -> pl.DataFrame:
        """List the notes that had a balance, are not due by now, and of which no flow says that all was paid back."""
        owed = self.rows.accepted(before, [*self.key, "balance_yuan", "due_date"]).filter(
            pl.col("balance_yuan") > 0, pl.col("due_date") > period_end(self.receipt.period)
        )
        for flow in self.compared.flows:
            owed = owed.join(self._paid_back(flow, owed), on=self.key, how="anti")
        return owed

    def _paid_back(self, flow: Receipt, owed: pl.DataFrame) -> pl.DataFrame:
        """List the notes of which a flow says that they ended, or that as much was recovered as was owed."""
        recovered = self.rows.accepted(
            flow, [*self.key, "transaction_type", "transaction_amount_yuan", "actual_end_date"]
        ).filter(pl.col("transaction_type") == "收回")
        by_note = recovered.group_by(self.key).agg(
            pl.col("transaction_amount_yuan").sum(), has_ended=pl.col("actual_end_date").is_not_null().any()
        )
        return owed.join(by_note, on=self.key).filter(
            pl.col("has_ended") | (pl.col("transaction_amount_yuan") >= pl.col("balance_yuan"))
        )

    def _in_another_unit(self) -> Iterator[tuple[str, str]]:
        """Compare the columns of each stated unit with the same period of last year, else with the period before."""
        by_unit: dict[str, list[str]] = {}
        stated = {name for sheet in self.receipt.sheets for name in sheet.scales}
        for column in columns(self.references.tables[self.receipt.table]):
            if column.unit and column.name in stated:
                by_unit.setdefault(column.unit, []).append(column.name)
        others = [other for other in (self.compared.year_before, self.compared.before) if other]
        for other in others if by_unit else ():
            for unit, fields in by_unit.items():
                read = [*self.key, *fields]
                now, then = (self.rows.accepted(r, read) for r in (self.receipt, other))
                slip = find_slip(now, then, self.key, fields)
                if slip is not None:
                    much = f"{slip:,.0f} 倍" if slip > 1 else f"{1 / slip:,.0f} 分之一"
                    yield (
                        "unit",
                        f"以{unit}计的各栏约为 {other.period} 的{much}，计量单位可能有误；请核对计量单位后重新报送，"
                        "确实无误的请数据管理员确认（xiangcang confirm）",
                    )
                    return

    def _in_conflict(self) -> Iterator[tuple[str, str]]:
        """Find the rows that another delivery in force has too: they would count twice."""
        for other in self.compared.others:
            accepted = self.rows.accepted(self.receipt, self.key)
            both = accepted.join(self.rows.accepted(other, self.key), on=self.key, how="semi")
            if both.height:
                yield (
                    "conflict",
                    f"有 {both.height} 行与“{other.file.folder}/{other.file.name}”（{other.period}）重复{self._keys(both)}；"
                    "请核对由谁报送，多报的一方去掉这些行后重新报送，或请数据管理员撤回其一（xiangcang withdraw）",
                )
                return

    def _lacks(self, word: str, lacking: Lacking, *, named: bool = True) -> str:
        """Say what lacks, and the ways out. named: with the first keys, which are not hashed."""
        keys = self._keys(lacking.keys) if named else ""
        return f"{word} {lacking.frame_rows} 行，这份缺其中 {lacking.rows} 行{keys}；{WAYS_OUT}"

    def _keys(self, keys: pl.DataFrame) -> str:
        """Write the first keys in brackets; nothing where they stand for persons."""
        personal = {c.name for c in columns(self.references.tables[self.receipt.table]) if c.pii}
        if personal & set(keys.columns):
            return ""
        shown = ["/".join(map(str, row)) for row in keys.head(SHOWN_KEYS).iter_rows()]
        return f"（{'、'.join(shown)}{'等' if keys.height > SHOWN_KEYS else ''}）"
