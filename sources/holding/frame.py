"""The frame of a delivery: the rows that its contract says it should have, and those that it lacks."""

from functools import cached_property

import polars as pl

from schemas.field import columns
from sources.county.contract import Contract
from sources.county.references import References
from sources.holding.lacking import Lacking, find_lacking
from sources.holding.rows import DeliveredRows
from sources.holding.surroundings import Surroundings
from sources.home.receipts import Receipt
from sources.text.period import period_end


def listed_places(references: References, contract: Contract, reporter_code: str, period: str) -> list[str]:
    """List the villages, or villages and communities, of a reporter's division, for a form whose frame is the list.

    They are those of the end of the period, or of the day that the contract's places are of.
    """
    field = contract.frame.partition(":")[2]
    (column,) = [c for c in columns(references.tables[contract.table]) if c.name == field]
    on = contract.places.on or period_end(period)
    level = contract.level_of(column)
    within = references.division_of(reporter_code, on)
    places = references.places.inside("village_level" if level == "any" else str(level), within, on)
    return [place.code for place in places]


class Frame:
    """What a delivery should have by its contract. compared: the delivery with those that are its frame."""

    def __init__(self, rows: DeliveredRows, references: References, compared: Surroundings) -> None:
        self.rows, self.references, self.compared = rows, references, compared
        self.receipt, self.contract = compared.receipt, compared.contract
        self.key = rows.key_of(compared.receipt)

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

    @property
    def comes_from(self) -> Receipt | None:
        """The delivery whose rows are the frame; None where the frame is a list, or nobody knows."""
        kind = self.contract.frame.partition(":")[0]
        if kind == "form":
            return self.compared.form
        return self.compared.before if kind in ("register", "stock", "open") else None

    def lacking(self) -> Lacking | None:
        """Find what the delivery lacks of the frame that its contract names; None where nobody knows."""
        kind, _, of = self.contract.frame.partition(":")
        match kind:
            case "list":
                return find_lacking(self.listed(of), self.rows.sent(self.receipt, [*self.key, of]), [of])
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

    def listed(self, field: str) -> pl.DataFrame:
        """List the places that the delivery should have, as a frame of the field."""
        codes = listed_places(self.references, self.contract, self.receipt.reporter_code, self.receipt.period)
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
        """List the notes of which a flow says that they ended, or that as much was recovered or reversed as was owed."""
        recovered = self.rows.accepted(
            flow, [*self.key, "transaction_type", "transaction_amount_yuan", "actual_end_date"]
        ).filter(pl.col("transaction_type").is_in(["收回", "冲销发放"]))
        by_note = recovered.group_by(self.key).agg(
            pl.col("transaction_amount_yuan").sum(), has_ended=pl.col("actual_end_date").is_not_null().any()
        )
        return owed.join(by_note, on=self.key).filter(
            pl.col("has_ended") | (pl.col("transaction_amount_yuan") >= pl.col("balance_yuan"))
        )
