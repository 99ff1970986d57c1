"""Findings: the rows that break a rule, with the addresses of their cells in the files."""

from pathlib import Path

from schemas.check_result import Finding
from warehouse.database.engine import DuckDB, Row
from warehouse.database.templates import render

PLACE = ("delivery_id", "sheet_name", "sheet_block", "sheet_row")
"""The columns of a check's SELECT that give, with `fields`, the place of a row in its file.

With `other_` before them, they give the place of the row that it was compared with, whose fields are the same
or `other_fields`.
"""

MAX_FINDINGS = 1_000
"""Findings kept of a rule in a load; the count of its failed rows is of all."""

_OTHER_PLACE = tuple(f"other_{name}" for name in PLACE)
_FAILED_ROWS = Path(__file__).with_name("failed_rows.sql.j2")


def find_failed_rows(engine: DuckDB, select: str) -> tuple[int, list[Finding]]:
    """Count the rows of a check's SELECT, and make findings of the first MAX_FINDINGS by all columns."""
    failed_rows = engine.count(select)
    if failed_rows == 0:
        return 0, []
    selected = set(engine.column_names(select))
    other_fields = "other_fields" if "other_fields" in selected else "fields"
    sides = (("", PLACE, "fields"), ("other_", _OTHER_PLACE, other_fields))
    compared = {side: fields for side, place, fields in sides if {*place, "fields"} <= selected}
    rows = engine.rows(render(_FAILED_ROWS, select=select, sides=compared, limit=MAX_FINDINGS))
    return failed_rows, [_finding(row) for row in rows]


def _finding(row: Row) -> Finding:
    """Make a finding of a row, which is emptied of its place; what is left is the evidence."""
    place = {
        name: row.pop(name, None)
        for name in (*PLACE, "fields", "cells", *_OTHER_PLACE, "other_fields", "other_cells")
    }
    return Finding(
        delivery_id=place["delivery_id"],
        period=row.get("period"),
        sheet_name=place["sheet_name"],
        sheet_row=place["sheet_row"],
        fields=place["fields"],
        cells=place["cells"],
        evidence="，".join(f"{name}={value}" for name, value in row.items() if value is not None),
        other_delivery_id=place["other_delivery_id"],
        other_cells=place["other_cells"],
    )
