"""Findings: the rows that break a rule, with the addresses of their cells in the files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.check_result import Finding
from warehouse.database.engine import Row
from warehouse.database.engines import Engine
from warehouse.database.templates import render

PLACE = ("delivery_id", "sheet_name", "sheet_block", "sheet_row")
"""The columns of a check's SELECT that give, with `fields`, the place of a row in its file.

With `other_` before them, they give the place of the row that it was compared with, whose fields are the same
or `other_fields`.
"""

MAX_FINDINGS = 1_000
"""Findings kept of a rule in a load; the count of its failed rows is of all."""

_OTHER_PLACE = tuple(f"other_{name}" for name in PLACE)
_FAILED_ROWS, _FIELD_PLACES = (
    Path(__file__).with_name(f"{name}.sql.j2") for name in ("failed_rows", "field_places")
)

Cells = dict[tuple[str, str, int, str], Row]
"""The cell or column of a field, by delivery, sheet, block and field."""


def find_failed_rows(engine: Engine, select: str) -> tuple[int, list[Finding]]:
    """Count the rows of a check's SELECT, and make findings of the first MAX_FINDINGS by all columns."""
    failed_rows = engine.count(select)
    if failed_rows == 0:
        return 0, []
    rows = engine.rows(render(_FAILED_ROWS, select=select, limit=MAX_FINDINGS))
    cells = _find_cells(engine, rows)
    return failed_rows, [_finding(row, cells) for row in rows]


def _find_cells(engine: Engine, rows: list[Row]) -> Cells:
    """Read where the fields of the deliveries of some rows lie."""
    deliveries = {row[name] for row in rows for name in ("delivery_id", "other_delivery_id") if row.get(name)}
    if not deliveries or "fields" not in rows[0]:
        return {}
    places = engine.rows(render(_FIELD_PLACES, deliveries=sorted(deliveries)))
    return {(p["delivery_id"], p["sheet_name"], p["sheet_block"], p["field"]): p for p in places}


def _finding(row: Row, cells: Cells) -> Finding:
    """Make a finding of a row, which is emptied of its place; what is left is the evidence."""
    other_fields = row.pop("other_fields", row.get("fields"))
    place = {name: row.pop(name, None) for name in (*PLACE, "fields", *_OTHER_PLACE)}
    return Finding(
        delivery_id=place["delivery_id"],
        period=row.get("period"),
        sheet_name=place["sheet_name"],
        sheet_row=place["sheet_row"],
        fields=place["fields"],
        cells=_cells_of(cells, [place[name] for name in PLACE], place["fields"]),
        evidence="，".join(f"{name}={value}" for name, value in row.items() if value is not None),
        other_delivery_id=place["other_delivery_id"],
        other_cells=_cells_of(cells, [place[name] for name in _OTHER_PLACE], other_fields),
    )


def _cells_of(cells: Cells, place: Sequence[Any], fields: str | None) -> str | None:
    """Name the cells of the fields of a row, in the order of the fields; None where none is known."""
    *block, sheet_row = place
    known = [cells.get((*block, field)) for field in (fields or "").split(";")]
    named = [p["cell"] or f"{p['column_letters']}{sheet_row}" for p in known if p is not None]
    return "、".join(named) or None
