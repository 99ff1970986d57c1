"""Mutated files staged one by one in a home that keeps none of them."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from sample.files.grid import PrintedPlace
from schemas.field import columns
from schemas.lineage import Staged
from sources.delivery import Staging, stage
from sources.home.archive import Arrival
from sources.home.folders import Home
from sources.home.receipts import Receipt
from sources.reading.worker import Reader
from tests.district import prepare
from tests.sources.fuzz.book import REFERENCES

_LINEAGE = {column.name for column in columns(Staged)} - {"sheet_name", "sheet_row"}


@dataclass
class Result:
    """Receipts of a file, and its staged rows in their order."""

    receipts: list[Receipt]
    frame: pl.DataFrame

    @property
    def words(self) -> Counter[str]:
        """What the receipts say: reasons, rejected and flagged rows, totals that disagree, rules that are broken."""
        words = Counter[str]()
        for receipt in self.receipts:
            words.update(reason.rule for reason in receipt.reasons)
            words.update(receipt.rule_counts)
            words["rejected"] += receipt.outcome == "rejected"
            words["rows rejected"] += receipt.rows.rejected
            words["rows flagged"] += receipt.rows.flagged
            words["totals"] += sum(not total.agrees for total in receipt.control_totals)
            words["printed rules"] += sum(len(rule.violations) for rule in receipt.printed_rules)
        return words

    def rows(self, places: Sequence[PrintedPlace] = ()) -> list[dict[str, Any]]:
        """The values of rows, in the order of their places, or as they were staged."""
        order = {(place.sheet, place.row): number for number, place in enumerate(places)}
        rows = self.frame.to_dicts()
        if order:
            rows.sort(key=lambda row: order.get((row["sheet_name"], row["sheet_row"]), len(order)))
        return [{n: v for n, v in row.items() if n not in ("sheet_name", "sheet_row")} for row in rows]


class Desk:
    """Where files are staged, one after another, by one reader."""

    def __init__(self, root: Path, reader: Reader) -> None:
        self._home, self._reader = Home(root), reader
        prepare(self._home)

    def stage(self, data: bytes, name: str, folder: str, at: datetime) -> Result:
        digest = hashlib.sha256(data).hexdigest()
        path = self._home.archive / digest
        path.write_bytes(data)
        arrival = Arrival(digest[:12], digest, name, folder, len(data), at, synthetic=True)
        receipts = stage(Staging(self._home, REFERENCES, arrival, 1, at), self._reader, lambda _: None)
        path.unlink()
        frames = []
        for receipt in receipts:
            frames += [pl.read_parquet(self._home.root / part.path) for part in receipt.staged_files]
            for part in receipt.data_files:
                (self._home.root / part.path).unlink(missing_ok=True)
        frame = pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
        return Result(receipts, frame.select(name for name in frame.columns if name not in _LINEAGE))
