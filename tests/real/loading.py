"""Public files through the loader as deliveries are, with contracts, tables and places of their own."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandera.polars as pa
import polars as pl

from sources.home.folders import Home
from sources.home.receipts import Receipt, SheetAccount
from sources.intake import receive
from sources.reading.worker import Reader
from tests.district import read_references_of

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Loaded:
    """What became of some files: the receipts by table, and the rows that were staged."""

    home: Home
    receipts: dict[str, Receipt]

    def rows(self, table: str) -> pl.DataFrame:
        paths = [self.home.root / part.path for part in self.receipts[table].staged_files]
        return pl.concat([pl.read_parquet(path) for path in paths])

    def rejected(self, table: str) -> pl.DataFrame:
        paths = [self.home.root / part.path for part in self.receipts[table].rejected_files]
        return pl.concat([pl.read_parquet(path) for path in paths])

    def facts(self, table: str, sheet: str) -> SheetAccount:
        return next(facts for facts in self.receipts[table].sheets if facts.name == sheet)


def load(
    root: Path, kind: str, tables: dict[str, type[pa.DataFrameModel]], files: Mapping[str, Path]
) -> Loaded:
    """Drop files into an inbox and receive them. files: path under the inbox, to the public file."""
    home = Home(root)
    home.prepare()
    for name, path in files.items():
        dropped = home.inbox / name
        dropped.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, dropped)
    references = read_references_of(HERE / kind, tables)
    arrived = datetime(2017, 1, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    with Reader() as reader:
        receipts = receive(home, reader, now=lambda: arrived, settle_seconds=0, references=references)
    assert len({receipt.table for receipt in receipts}) == len(receipts)
    return Loaded(home, {receipt.table: receipt for receipt in receipts})
