"""Deliveries whose rows are written as staging would, and judged in the order of arrival."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from schemas.field import columns, polars_schema
from sources.county.references import read_references
from sources.holding.judge import Judge
from sources.holding.states import DeliveryStates, Judgement, delivery_states
from sources.home.folders import Home
from sources.home.keyed_hash import hide_keys
from sources.home.receipts import DataFile, Receipt, RowCounts, SheetAccount
from tests.district import COUNTY
from tests.sources.holding.receipts import FIRST_DAY, receipt

Row = dict[str, Any]
REFERENCES = read_references(COUNTY)
PLAIN = {pl.String: "x", pl.Int64: 1, pl.Int32: 1, pl.Boolean: True, pl.Date: date(2022, 1, 1)}


class Deliveries:
    """Deliveries whose rows are written as staging would, judged in the order of arrival."""

    def __init__(self, home: Home) -> None:
        self.home, self.receipts = home, list[Receipt]()

    def add(
        self,
        contract: str,
        rows: Sequence[Row],
        *,
        period: str,
        reporter: str = "gaoshan",
        rejected: Sequence[Row] = (),
        units: Sequence[str] = (),
        **changes: Any,
    ) -> Receipt:
        """Add a delivery, a day after the last. rejected: rows that were not accepted. units: fields of a stated unit."""
        table = contract.partition(".")[0]
        whole = changes.get("outcome") == "rejected"
        account = SheetAccount(
            name="Sheet1", hidden=False, read_cells=0, classes={}, ignored_reasons={}, columns={}, cells={},
            scales=dict.fromkeys(units, "10000"),
        )  # fmt: skip
        name = f"d{len(self.receipts)}"
        added = receipt(
            name, day=len(self.receipts) + 40, table=table, reporter=reporter, period=period, contract=contract,
            staged_files=[] if whole else [self._write(f"{name}.parquet", table, rows)],
            candidate_files=[self._write(f"{name}-rows.parquet", table, rejected, hidden=True)] if rejected else [],
            rows=RowCounts(candidate=len(rows) + len(rejected), accepted=len(rows), rejected=len(rejected)),
            sheets=[account], **changes,
        )  # fmt: skip
        self.receipts.append(added)
        return added

    def _write(self, name: str, table: str, rows: Sequence[Row], *, hidden: bool = False) -> DataFile:
        model = REFERENCES.tables[table]
        plain = {
            c.name: None if c.nullable else PLAIN.get(c.dtype.base_type(), Decimal(1)) for c in columns(model)
        }
        frame = pl.DataFrame([plain | row for row in rows], schema=polars_schema(model))
        if hidden:
            frame = hide_keys(frame, columns(model), self.home.person_key()).select(
                c.name for c in columns(model) if c.key or c.place or c.dtype != pl.String
            )
        frame.write_parquet(self.home.root / name)
        return DataFile(path=name, sha256=name, rows=frame.height)

    def states(self) -> DeliveryStates:
        judge = Judge(self.home, REFERENCES)
        later = FIRST_DAY + timedelta(days=999)
        return delivery_states(self.receipts, [], judge, later, REFERENCES.tables_judged_last)

    def judgement(self, of: Receipt) -> Judgement:
        return self.states().judgements[of.delivery_id]
