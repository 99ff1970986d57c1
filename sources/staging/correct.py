"""Corrections of candidate rows: a cell is corrected only where it holds the text that is expected."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import polars as pl

from sources.county.corrections import Correction
from sources.home.receipts import AppliedCorrection
from sources.layout.draft import Part


def correct(
    part: Part, corrections: Iterable[Correction], address: Callable[[str], pl.Expr], *, personal: bool
) -> tuple[Part, list[AppliedCorrection]]:
    """Correct a batch of candidates; return it with the outcome of each correction whose cell lies in it.

    address: the cell of a field, see Draft. personal: whether the form has personal fields, so that the
    outcome leaves out the text of the cell.
    """
    outcomes = []
    for correction in corrections:
        rows = _find_rows(part, correction, address)
        if not rows:
            continue
        text = (part.candidates.texts[correction.field][rows[0]] or "").strip()
        applies = text == correction.expect.strip()
        place = part.where.row(rows[0], named=True) if len(rows) == 1 else {}
        outcomes.append(
            report_unapplied(correction).model_copy(
                update={
                    "applied": applies,
                    "found": None if personal else text,
                    "sheet_block": place.get("sheet_block"),
                    "sheet_row": place.get("sheet_row"),
                }
            )
        )
        if applies:
            part = _apply(part, correction, rows)
    return part, outcomes


def report_unapplied(correction: Correction) -> AppliedCorrection:
    """Return the outcome of a correction whose cell is no cell of its field in the delivery."""
    return AppliedCorrection(
        id=correction.id, sheet=correction.sheet, cell=correction.cell, field=correction.field, applied=False
    )


def _find_rows(part: Part, correction: Correction, address: Callable[[str], pl.Expr]) -> list[int]:
    """Find the candidates that a cell belongs to: one, or all where it is a line above the table."""
    if correction.field not in part.candidates.texts.columns:
        return []
    at = (pl.col("sheet_name") == correction.sheet) & (address(correction.field) == correction.cell)
    return part.where.select(at=at)["at"].arg_true().to_list()


def _apply(part: Part, correction: Correction, rows: list[int]) -> Part:
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
