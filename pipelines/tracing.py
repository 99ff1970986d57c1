"""The rows of a figure with their cells as they stand in the archived files."""

from types import TracebackType
from typing import Self

import polars as pl

from schemas.field import columns
from sources.county.references import read_references
from sources.home.folders import Home
from sources.home.removal import removal_of
from sources.reading.stored_cells import ArchivedFile, CellPlace, Stored, open_archived
from sources.reading.worker import Reader

PERSONAL = "（个人信息，不显示）"
NOT_KEPT = "（原件已不在归档中）"
NO_CONTRACT = "（读取此件所据的表式约定已不在）"

SHOWN = (
    "file_name", "file_sha256", "sheet_name", "sheet_row", "cell", "field", "stored_value", "parsed_value",
    "value", "counted_key", "corrected", "reporter_code", "received_at",
)  # fmt: skip
"""The columns of a traced row, in the order in which they are shown."""


class StoredValues:
    """What archived files hold in the cells of traced rows; a context manager. The last file read stays open.

    Its methods raise Altered where an archived file is not what it was.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._reader = Reader()
        references = read_references(home.county)
        self._contracts = references.contracts
        self._personal_fields = [
            f"{table}.{column.name}"
            for table, model in references.tables.items()
            for column in columns(model)
            if column.pii
        ]
        self._open: tuple[tuple[str, str | None], ArchivedFile | None] = ("", None), None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def verify(self, files: pl.DataFrame) -> None:
        """Hold files against the hashes that they were received with, before anything of them is shown."""
        for digest, contract in files.select("file_sha256", "contract").iter_rows():
            if contract is None or contract in self._contracts:
                self._open_file(digest, contract)

    def add_to(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add `stored_value` to traced rows, which follow one another file by file, in the columns of SHOWN.

        A personal field's text is not shown.
        """
        parts = []
        for (digest, contract), part in rows.group_by("file_sha256", "contract", maintain_order=True):
            places = [CellPlace(*at) for at in part.select("sheet_name", "cell").iter_rows()]
            stored = self._read(str(digest), contract if contract is None else str(contract), places)
            parts.append(
                part.with_columns(
                    cell=pl.Series([value.cell for value in stored]),
                    stored_value=pl.Series([value.text for value in stored]),
                )
            )
        with_values = pl.concat(parts) if parts else rows.with_columns(stored_value=pl.lit(""))
        hidden = pl.concat_str("staged_table", pl.lit("."), "field").is_in(self._personal_fields)
        return with_values.with_columns(
            stored_value=pl.when(hidden).then(pl.lit(PERSONAL)).otherwise(pl.col("stored_value"))
        ).select(SHOWN)

    def _read(self, digest: str, contract: str | None, places: list[CellPlace]) -> list[Stored]:
        """Read what stands at each place; contract: the name of what the file was read by, None for the division list."""
        if contract is not None and contract not in self._contracts:
            return [Stored(place.cell, NO_CONTRACT) for place in places]
        archived = self._open_file(digest, contract)
        if archived is None:
            removal = removal_of(self._home, digest)
            return [
                Stored(place.cell, f"（原件{removal.text}）" if removal else NOT_KEPT) for place in places
            ]
        values = archived.read(set(places))
        return [values[place] for place in places]

    def _open_file(self, digest: str, contract: str | None) -> ArchivedFile | None:
        if self._open[0] != (digest, contract):
            archived = open_archived(
                self._home, digest, self._reader, self._contracts[contract] if contract else None
            )
            self._open = (digest, contract), archived
        return self._open[1]
