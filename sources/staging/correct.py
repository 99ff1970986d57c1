"""Candidate rows with their corrections: a cell is read otherwise only where it says what is expected."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import polars as pl

from sources.county.corrections import Correction
from sources.home.receipts import AppliedCorrection
from sources.layout.draft import Part


def correct(
    part: Part, corrections: Iterable[Correction], address: Callable[[str], pl.Expr], *, personal: bool
) -> tuple[Part, list[AppliedCorrection]]:
    """A batch of candidates as corrected, and what came of each correction whose cell lies in it.

    address: the cell of a field, see Draft. personal: the form has personal fields, so that what a cell
    was found to say is not told.
    """
    met = []
    for correction in corrections:
        rows = _rows_at(part, correction, address)
        if not rows:
            continue
        found = (part.candidates.texts[correction.field][rows[0]] or "").strip()
        holds = found == correction.expect.strip()
        lies_in = part.where.row(rows[0], named=True) if len(rows) == 1 else {}
        met.append(
            not_met(correction).model_copy(
                update={
                    "applied": holds,
                    "found": None if personal else found,
                    "sheet_block": lies_in.get("sheet_block"),
                    "sheet_row": lies_in.get("sheet_row"),
                }
            )
        )
        if holds:
            part = _with_value(part, correction, rows)
    return part, met


def not_met(correction: Correction) -> AppliedCorrection:
    """What came of a correction whose cell is none of its field in the delivery."""
    return AppliedCorrection(
        id=correction.id, sheet=correction.sheet, cell=correction.cell, field=correction.field, applied=False
    )


def _rows_at(part: Part, correction: Correction, address: Callable[[str], pl.Expr]) -> list[int]:
    """The candidates that a cell belongs to: one, or all where a line above the table says it."""
    if correction.field not in part.candidates.texts.columns:
        return []
    at = (pl.col("sheet_name") == correction.sheet) & (address(correction.field) == correction.cell)
    return part.where.select(at=at)["at"].arg_true().to_list()


def _with_value(part: Part, correction: Correction, rows: list[int]) -> Part:
    candidates, name = part.candidates, correction.field
    texts = candidates.texts.with_columns(candidates.texts[name].scatter(rows, correction.value or None))
    kinds = candidates.kinds
    if kinds is not None:
        marks = list(kinds[name])
        for row in rows:
            marks[row] = "t" if correction.value else " "
        kinds = kinds | {name: "".join(marks)}
    corrected = part.corrected
    if corrected is None:
        corrected = pl.Series("corrected", [None], dtype=pl.String).new_from_index(0, texts.height)
    fields = [";".join(filter(None, (corrected[row], name))) for row in rows]
    return replace(
        part,
        candidates=replace(candidates, texts=texts, kinds=kinds),
        corrected=corrected.scatter(rows, fields),
    )
