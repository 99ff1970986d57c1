"""Parquet files of one delivery: its accepted rows, and every reason of its rejected or flagged rows."""

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import polars as pl

from sources.home.folders import Home, write_whole
from sources.home.receipts import DataFile, Receipt
from sources.text.personal import hide_personal

REJECTED_SCHEMA: dict[str, pl.DataType] = {
    "delivery_id": pl.String(),
    "staged_table": pl.String(),
    "sheet_name": pl.String(),
    "sheet_row": pl.Int32(),
    "cell": pl.String(),
    "field": pl.String(),
    "rule": pl.String(),
    "severity": pl.String(),
    "message": pl.String(),
    "value": pl.String(),
}
"""One line per reason of a row that is rejected or flagged; value is empty where it could be personal."""


@dataclass
class WrittenRows:
    """The files written for one delivery, part by part, and the counts of its rows."""

    staged: list[DataFile] = field(default_factory=list)
    rejected: list[DataFile] = field(default_factory=list)
    candidates: list[DataFile] = field(default_factory=list)
    rule_counts: Counter[str] = field(default_factory=Counter)
    candidate: int = 0
    accepted: int = 0
    flagged: int = 0


def write_accepted(
    home: Home, rows: WrittenRows, accepted: pl.DataFrame, receipt: Receipt, stem: str
) -> None:
    """Write one part of the accepted rows, laid out by county and period."""
    if not accepted.height:
        return
    folder = home.staging / receipt.table / f"county={receipt.county_code}" / f"period={receipt.period}"
    path = folder / f"{stem}-{len(rows.staged)}.parquet"
    rows.staged.append(_write(home, path, accepted))


def write_rejected(home: Home, rows: WrittenRows, reasons: pl.DataFrame, receipt: Receipt, stem: str) -> None:
    """Write one part of the reasons, and count them."""
    if not reasons.height:
        return
    for rule, count in reasons["rule"].value_counts().iter_rows():
        rows.rule_counts[rule] += count
    named = reasons.with_columns(
        _masked(reasons["message"]), _masked(reasons["value"]),
        delivery_id=pl.lit(receipt.delivery_id), staged_table=pl.lit(receipt.table),
    )  # fmt: skip
    path = home.rejected / receipt.table / f"{stem}-{len(rows.rejected)}.parquet"
    rows.rejected.append(_write(home, path, named.select(list(REJECTED_SCHEMA))))


def _masked(texts: pl.Series) -> pl.Series:
    """Mask what is personal in texts, each different one once."""
    hidden = {text: shown for text in texts.unique().drop_nulls() if (shown := hide_personal(text)) != text}
    return texts.replace(hidden) if hidden else texts


def write_candidates(
    home: Home, rows: WrittenRows, candidates: pl.DataFrame, receipt: Receipt, stem: str
) -> None:
    """Write the candidate rows that are not accepted, for later deliveries to be held against."""
    if candidates.height:
        path = home.rejected / receipt.table / f"{stem}-rows.parquet"
        rows.candidates.append(_write(home, path, candidates))


def rewrite_staged(home: Home, rows: WrittenRows, without: pl.DataFrame) -> None:
    """Rewrite the staged parts without some rows, identified by sheet, row and keys that are not hidden."""
    for at, part in enumerate(rows.staged):
        path = home.root / part.path
        kept = pl.read_parquet(path).join(without, on=without.columns, how="anti", maintain_order="left")
        rows.accepted -= part.rows - kept.height
        rows.staged[at] = _write(home, path, kept)


def discard_staged(home: Home, rows: WrittenRows) -> None:
    """Delete the staged parts of a delivery that is rejected as a whole."""
    for part in rows.staged:
        (home.root / part.path).unlink()
    rows.staged.clear()


def sweep(home: Home, named: set[str]) -> list[Path]:
    """Remove data files that are not named, and the folders of texts that a killed load left. Returns the files removed.

    named: by the receipts that count, below the home; what was staged before a file was read again counts no more.
    """
    left = [
        path
        for folder in (home.staging, home.rejected)
        for path in folder.rglob("*")
        if path.is_file() and str(path.relative_to(home.root)) not in named
    ]
    for path in left:
        path.unlink()
    for folder in home.staging.iterdir():
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return left


def _write(home: Home, path: Path, frame: pl.DataFrame) -> DataFile:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=1)
    data = buffer.getvalue()
    write_whole(path, data)
    return DataFile(path=str(path.relative_to(home.root)), sha256=sha256(data).hexdigest(), rows=frame.height)


def staged_paths(home: Home, receipts: Iterable[Receipt], tables: Iterable[str]) -> dict[str, list[Path]]:
    """Map each table to the staged files of some deliveries (those in force)."""
    paths: dict[str, list[Path]] = {table: [] for table in tables}
    for receipt in receipts:
        paths[receipt.table].extend(home.root / part.path for part in receipt.staged_files)
    return paths


def rejected_paths(home: Home, receipts: Iterable[Receipt]) -> list[Path]:
    """List the files that hold every reason of rejected and flagged rows."""
    return [home.root / part.path for receipt in receipts for part in receipt.rejected_files]
