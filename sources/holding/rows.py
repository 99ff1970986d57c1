"""Rows of deliveries as they were staged: those accepted, and candidates that were not."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from schemas.field import columns, polars_schema
from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import DataFile, Receipt


class DeliveredRows:
    """The rows of a home's deliveries, as frames with the columns of their staged table."""

    def __init__(self, home: Home, references: References) -> None:
        self._root, self._tables = home.root, references.tables

    def key_of(self, receipt: Receipt) -> list[str]:
        """List the key columns of a delivery's table."""
        return [column.name for column in columns(self._tables[receipt.table]) if column.key]

    def accepted(self, receipt: Receipt, names: Sequence[str] = ()) -> pl.DataFrame:
        """Read the rows that were accepted. names: the columns, without them all."""
        return self._read(receipt.table, receipt.staged_files, names)

    def sent(self, receipt: Receipt, names: Sequence[str] = ()) -> pl.DataFrame:
        """Read all candidate rows whose key could be read: also those that were rejected, as they were sent."""
        accepted = self.accepted(receipt, names)
        if not receipt.candidate_files:
            return accepted
        key = self.key_of(receipt)
        rejected = self._read(receipt.table, receipt.candidate_files, ())
        rejected = rejected.filter(pl.col(name).is_not_null() for name in key)
        return pl.concat([accepted, rejected.select(accepted.columns)])

    def _read(self, table: str, files: Sequence[DataFile], names: Sequence[str]) -> pl.DataFrame:
        schema = polars_schema(self._tables[table])
        chosen = tuple(dict.fromkeys(names)) or tuple(schema)
        parts = [_read_part(self._root / part.path, part.sha256, chosen) for part in files]
        return pl.concat([pl.DataFrame(schema={name: schema[name] for name in chosen}), *parts])


@lru_cache(maxsize=256)
def _read_part(path: Path, _sha256: str, names: tuple[str, ...]) -> pl.DataFrame:
    return pl.read_parquet(path, columns=list(names), hive_partitioning=False)
