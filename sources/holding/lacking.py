"""Rows that a delivery lacks: what its frame has and it has not.

All functions are pure, over the keys of a table; rows of a frame are those of another delivery, or of a list.
"""

from dataclasses import dataclass

import polars as pl

from schemas.field import columns
from schemas.lineage import Staged
from sources.county.contract_layout import Lacks

LINEAGE = tuple(column.name for column in columns(Staged))


@dataclass(frozen=True)
class Lacking:
    """Rows of a frame, and the keys of those that are not there."""

    frame_rows: int
    keys: pl.DataFrame

    @property
    def rows(self) -> int:
        """How many rows are lacking."""
        return self.keys.height

    def is_too_much(self, lacks: Lacks) -> bool:
        """Whether more is lacking than can be: some rows and a share of the frame, or half of it."""
        some = self.rows >= lacks.rows and self.rows > lacks.share * self.frame_rows
        return self.rows > 0 and (some or 2 * self.rows >= self.frame_rows)


def find_lacking(
    frame: pl.DataFrame, rows: pl.DataFrame, key: list[str], shown: pl.DataFrame | None = None
) -> Lacking:
    """Find the keys of a frame that are among no rows. key: columns that both have.

    shown: the rows of the frame with their keys as they are to be shown, where the frame's are hashed.
    """
    expected = frame.select(key).with_row_index("at").unique(key, keep="first", maintain_order=True)
    lacking = expected.join(rows.select(key), on=key, how="anti", maintain_order="left")
    return Lacking(expected.height, (frame if shown is None else shown)[lacking["at"]].select(key))


def find_vanished(before: pl.DataFrame, rows: pl.DataFrame, key: list[str]) -> Lacking:
    """Find the keys of an earlier delivery of the same form and period that are gone.

    A row of which only the key is another has been corrected: its old key is not lacking. Each new row explains one.
    Texts are not compared: of rejected rows they are not kept.
    """
    lacking = find_lacking(before, rows, key)
    values = [
        name
        for name, dtype in before.schema.items()
        if dtype != pl.String and name in rows.columns and name not in (*key, *LINEAGE)
    ]
    if not lacking.rows or not values:
        return lacking
    nth = pl.int_range(pl.len()).over(values).alias("nth")
    gone = before.join(lacking.keys, on=key, how="semi").with_columns(nth)
    new = rows.join(before.select(key), on=key, how="anti").with_columns(nth)
    uncorrected = gone.join(new, on=[*values, "nth"], how="anti", nulls_equal=True)
    return Lacking(lacking.frame_rows, uncorrected.select(key).unique(maintain_order=True))
