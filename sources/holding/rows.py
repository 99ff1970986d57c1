"""Rows of deliveries as they were staged: those accepted, and candidates that were not."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from schemas.field import columns, polars_schema
from sources.county.references import References
from sources.home.folders import Home
from sources.home.keyed_hash import hide_keys
from sources.home.receipts import DataFile, Receipt


class DeliveredRows:
    """The rows of a home's deliveries, as frames with the columns of their staged table."""

    def __init__(self, home: Home, references: References) -> None:
        self._home, self._root, self._tables = home, home.root, references.tables

    def key_of(self, receipt: Receipt) -> list[str]:
        """List the key columns of a delivery's table."""
        return [column.name for column in columns(self._tables[receipt.table]) if column.key]

    def is_personal(self, table: str) -> bool:
        """Whether the keys of a table stand for persons."""
        return any(column.key and column.pii for column in columns(self._tables[table]))

    def accepted(self, receipt: Receipt, names: Sequence[str] = ()) -> pl.DataFrame:
        """Read the rows that were accepted. names: the columns, without them all."""
        return self._read(receipt.table, receipt.staged_files, names)

    def sent(self, receipt: Receipt, names: Sequence[str] = (), *, hidden: bool = False) -> pl.DataFrame:
        """Read all candidate rows whose key could be read: also those that were rejected.

        hidden: hash the keys, as those of rejected rows are; must be set where there are any.
        """
        accepted = self.accepted(receipt, names)
        if hidden:
            accepted = self.hide(receipt.table, accepted)
        if not receipt.candidate_files:
            return accepted
        has_key = [pl.col(name).is_not_null() for name in self.key_of(receipt)]
        rejected = [
            pl.read_parquet(self._root / part.path).filter(has_key) for part in receipt.candidate_files
        ]
        known = [part.select(name for name in accepted.columns if name in part.columns) for part in rejected]
        return pl.concat([accepted, *known], how="diagonal")

    def hide(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Hash the keys of rows, as those of rejected rows are."""
        return hide_keys(rows, columns(self._tables[table]), self._home.person_key())

    def _read(self, table: str, files: Sequence[DataFile], names: Sequence[str]) -> pl.DataFrame:
        chosen = tuple(dict.fromkeys(names)) or tuple(polars_schema(self._tables[table]))
        parts = [_read_part(self._root / part.path, part.sha256, chosen) for part in files]
        if len(parts) == 1:
            return parts[0]
        schema = polars_schema(self._tables[table])
        return pl.concat([pl.DataFrame(schema={name: schema[name] for name in chosen}), *parts])


@lru_cache(maxsize=256)
def _read_part(path: Path, _sha256: str, names: tuple[str, ...]) -> pl.DataFrame:
    return pl.read_parquet(path, columns=list(names), hive_partitioning=False)
