"""Why an accepted delivery is held: what would make sound figures worse waits until a steward decides.

Put here: which deliveries are compared, and what each reason says. Keep out: how rows are compared, see `lacking`
and `slip`.
"""

from collections.abc import Iterator

import polars as pl

from schemas.field import columns
from sources.county.references import References
from sources.holding.decisions import PeriodDecision, read_period_decisions, settled_periods, settles
from sources.holding.frame import Frame
from sources.holding.lacking import Lacking, find_lacking, find_vanished
from sources.holding.rows import DeliveredRows
from sources.holding.slip import find_slip
from sources.holding.states import DeliveryStates, Judgement
from sources.holding.surroundings import Surroundings
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.text.period import period_start

HALF_ACCEPTED = 0.5
MOSTLY_ACCEPTED = 0.8
SHOWN_KEYS = 5
WAYS_OUT = "请报送全表；确已不在的，请数据管理员核实后确认（xiangcang confirm）"


class Judge:
    """Judges deliveries by the rows of a home, under its references."""

    def __init__(self, home: Home, references: References) -> None:
        self.references = references
        self.settled = settled_periods(read_period_decisions(home))
        self.rows = DeliveredRows(home, references)
        self.known: dict[str, Judgement] = {}
        self.asked: set[str] = set()

    def __call__(self, receipt: Receipt, states: DeliveryStates) -> Judgement:
        """Judge an accepted delivery; the same again where it is compared with the same deliveries."""
        contract = self.references.contracts.get(receipt.contract)
        if contract is None:  # the form has been given up since
            return Judgement()
        compared = Surroundings(
            receipt, contract, states, self.references.catalogue, self._settled_by(receipt)
        )
        if compared.identity not in self.known:
            self.known[compared.identity] = Case(self, compared).judgement()
        self.asked.add(compared.identity)
        return self.known[compared.identity]

    def _settled_by(self, receipt: Receipt) -> PeriodDecision | None:
        """Find the decision that had settled a delivery's period when it came."""
        before = [decision for decision in self.settled.values() if decision.decided_at < receipt.received_at]
        return next((decision for decision in before if settles(decision, receipt.period)), None)


class Case:
    """One delivery that is judged."""

    def __init__(self, judge: Judge, compared: Surroundings) -> None:
        self.rows, self.references = judge.rows, judge.references
        self.compared, self.receipt, self.contract = compared, compared.receipt, compared.contract
        self.key = self.rows.key_of(compared.receipt)
        self.frame = Frame(self.rows, self.references, compared)

    def judgement(self) -> Judgement:
        holds = dict(self._holds())
        frame = self.frame.lacking()
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
        first, last = self.contract.first, self.contract.last_period
        if period_start(period) > arrived:
            yield "future_period", f"报告期 {period} 在收到之日（{arrived}）尚未开始；请核对报告期"
        elif self.compared.settled_by:
            yield (
                "settled",
                f"{self.compared.settled_by.period} 已定稿（{self.compared.settled_by.by}）；"
                "确需改动的，请数据管理员确认（xiangcang confirm）",
            )
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
                hidden = self.frame.is_hidden or bool(other.candidate_files)
                before, sent = (self.rows.sent(r, self.key, hidden=hidden) for r in (other, self.receipt))
                vanished = find_lacking(before, sent, self.key)
                if vanished.is_too_much(self.contract.lacks):  # only now are all columns read
                    before, sent = (self.rows.sent(r, hidden=hidden) for r in (other, self.receipt))
                    vanished = find_vanished(before, sent, self.key)
                if vanished.is_too_much(self.contract.lacks):
                    yield "vanished", self._lacks(word, vanished, named=not hidden)
                    return

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
        accepted = self.rows.accepted(self.receipt, self.key)
        rows_of_others = [self.rows.accepted(other, self.key) for other in self.compared.others]
        if not rows_of_others or not accepted.join(pl.concat(rows_of_others), on=self.key, how="semi").height:
            return  # as nearly always, and seen at once
        for other, rows in zip(self.compared.others, rows_of_others, strict=True):
            both = accepted.join(rows, on=self.key, how="semi")
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
        if self.rows.is_personal(self.receipt.table):
            return ""
        shown = ["/".join(map(str, row)) for row in keys.head(SHOWN_KEYS).iter_rows()]
        return f"（{'、'.join(shown)}{'等' if keys.height > SHOWN_KEYS else ''}）"
