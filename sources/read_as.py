"""What a checked delivery was read as: the column of each field, and its first rows; no value of a person."""

from collections.abc import Iterator

import polars as pl

from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import Receipt

FIRST_ROWS = 3
_HIDDEN = "（个人信息，不显示）"


def describe_reading(home: Home, references: References, receipt: Receipt) -> Iterator[str]:
    """Yield lines: of each sheet the fields with their columns or cells, then the first rows that were read."""
    if receipt.contract not in references.contracts:
        return
    columns = references.columns_to_fill(receipt.table)
    for sheet in receipt.sheets:
        places = sheet.columns | sheet.cells
        named = [f"{column.title} ← {places[column.name]}" for column in columns if column.name in places]
        if not named:  # a page of explanations or of lists
            continue
        yield f"{sheet.name or '文本'}：" + "，".join(named)
        if absent := [column.title for column in columns if column.name not in places]:
            yield f"　　没有的栏：{'、'.join(absent)}"
    parts = receipt.staged_files
    if not parts:
        return
    rows = pl.concat([pl.read_parquet(home.root / part.path) for part in parts], how="diagonal").head(
        FIRST_ROWS
    )
    for row in rows.iter_rows(named=True):
        values = (
            f"{column.title}={_HIDDEN if column.pii and row[column.name] else row[column.name]}"
            for column in columns
            if row.get(column.name) is not None
        )
        yield f"第 {row['sheet_row']} 行：" + "，".join(values)
