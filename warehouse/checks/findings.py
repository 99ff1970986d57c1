"""Findings: the rows that break a rule, led back to the cells of their files."""

from schemas.check_result import Finding
from warehouse.database.engine import DuckDB, Row

PLACE = ("delivery_id", "sheet_name", "sheet_block", "sheet_row")
"""The columns by which a check's SELECT says where a row stands, with `fields`; and `other_` before them, the
row that it was held against, whose fields are the same or `other_fields`.
"""

MOST = 1_000
"""Findings kept of one rule in one load; the count of its failed rows is of all."""

_OTHER = tuple(f"other_{name}" for name in PLACE)
_ROWS = "select * from ({select}) order by all limit {most}"
_LOCATED = "select v.*, {cells} from (" + _ROWS + ") as v order by all"
_CELLS = """(
    select string_agg(coalesce(p.cell, p.column_letters || v.{of}sheet_row), '、' order by f.position)
    from (
      select
        unnest(string_split({fields}, ';')) as field,
        generate_subscripts(string_split({fields}, ';'), 1) as position
    ) as f
    inner join dq_field_place as p
      on p.delivery_id = v.{of}delivery_id
      and p.sheet_name = v.{of}sheet_name
      and p.sheet_block = v.{of}sheet_block
      and p.field = f.field
  ) as {of}cells"""


def find(engine: DuckDB, select: str) -> tuple[int, list[Finding]]:
    """How many rows a check's SELECT gives, and the first of them as findings, in the order of all columns."""
    failed_rows = engine.count(select)
    if failed_rows == 0:
        return 0, []
    given = set(engine.column_names(select))
    other_fields = "v.other_fields" if "other_fields" in given else "v.fields"
    sides = (("", PLACE, "v.fields"), ("other_", _OTHER, other_fields))
    cells = [
        _CELLS.format(of=of, fields=fields) for of, place, fields in sides if {*place, "fields"} <= given
    ]
    located = _LOCATED if cells else _ROWS
    rows = engine.rows(located.format(select=select, most=MOST, cells=", ".join(cells)))
    return failed_rows, [_finding(row) for row in rows]


def _finding(row: Row) -> Finding:
    place = {
        name: row.pop(name, None)
        for name in (*PLACE, "fields", "cells", *_OTHER, "other_fields", "other_cells")
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
