"""Sheets, contracts and their deliveries in a few lines, for tests of layouts."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl

from schemas.field import field
from schemas.lineage import Staged
from sources.county.contract import Contract, contract_of
from sources.county.lists.reporters import Reporter
from sources.county.places import Places
from sources.county.references import References
from sources.layout.draft import Draft
from sources.reading.cells import Sheet, Workbook
from sources.staging.parse import parse
from sources.workbook_delivery import workbook_drafts
from tests.district import references_of

Cell = str | int | float | None


class Row(Staged):
    """What the layouts below are read into."""

    place: str = field("地名", description="地名", key=True)
    households: pl.Int64 = field("户数", description="户数", unit="户", nullable=True)
    area_mu: Annotated[pl.Decimal, 18, 2] = field("面积", description="面积", unit="亩", nullable=True)
    income_yuan: Annotated[pl.Decimal, 18, 2] = field("收入", description="收入", unit="元", nullable=True)


TABLES: dict[str, type[pa.DataFrameModel]] = {"row": Row}
BUREAU = Reporter("bureau", "统计局", "bureau", "140214000000", "统计局", date(2018, 1, 1), None)
_NOWHERE = Places(
    pl.DataFrame(schema=dict.fromkeys(("division_code", "name", "canonical_name", "level"), pl.String)),
    pl.DataFrame(schema=dict.fromkeys(("division_code", "alias", "status"), pl.String)),
)


def sheet(*rows: Sequence[Cell], name: str = "Sheet1", merged: str = "", hidden: bool = False) -> Sheet:
    """rows from row 1 down; None is an empty cell. merged: ranges as Excel names them, `A1:B1 A2:A3`."""
    width = max((len(row) for row in rows), default=0)
    cells = [[*row, *[None] * (width - len(row))] for row in rows]
    return Sheet(
        name=name,
        hidden=hidden,
        text=[["" if cell is None else str(cell) for cell in row] for row in cells],
        kinds=["".join(map(_kind, row)) for row in cells],
        merged=[_range(text) for text in merged.split()],
        hidden_rows=frozenset(),
    )


def _kind(cell: Cell) -> str:
    if cell is None:
        return " "
    if isinstance(cell, str):
        return "e" if cell.startswith("#") and cell.endswith(("!", "A", "?")) else "t"
    return "n"


def _range(text: str) -> tuple[int, int, int, int]:
    corners = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", text)
    assert corners is not None
    left, top, right, bottom = corners.groups()
    return int(top) - 1, ord(left) - 65, int(bottom) - 1, ord(right) - 65


def contract(name: str = "row.rows", *, workbook: dict[str, Any] | None = None, **fields: Any) -> Contract:
    """A yearly form in rows, of households by place, unless the fields say otherwise."""
    defaults: dict[str, Any] = {
        "table": "row",
        "title": ["农户表"],
        "reporters": ["bureau"],
        "cadence": "year",
        "due_days": 31,
        "columns": {"place": ["地名"], "households": ["户数"]},
    }
    layout = {"shape": "rows"} | (workbook or {})
    return contract_of(defaults | fields | {"name": name, "workbook": layout})


def drafts(sheets: Sheet | list[Sheet], *contracts: Contract, file_name: str = "2022年.xlsx") -> list[Draft]:
    """The deliveries of a workbook. Raises Unconserved where a cell is lost."""
    sheets = [sheets] if isinstance(sheets, Sheet) else sheets
    return workbook_drafts(Workbook("xlsx", sheets), file_name, references(*contracts), BUREAU)


def references(*contracts: Contract) -> References:
    by_name = {form.name: form for form in contracts}
    return references_of(by_name, TABLES, _NOWHERE, [BUREAU])


def rows(draft: Draft, *fields: str) -> list[tuple[Any, ...]]:
    """The values of some fields, by default place and households, of a delivery without reasons."""
    assert draft.reasons == []
    return [
        row for part in _parsed(draft) for row in part[0].select(fields or ("place", "households")).rows()
    ]


def unread(draft: Draft) -> list[tuple[str, str]]:
    """Field and rule of every cell that could not be read."""
    return [row for part in _parsed(draft) for row in part[1].select("field", "rule").rows()]


def _parsed(draft: Draft) -> list[tuple[pl.DataFrame, pl.DataFrame]]:
    assert draft.contract is not None
    table = references(draft.contract).columns_to_fill("row")
    parts = [parse(part.candidates, table, draft.contract, _NOWHERE) for part in draft.parts()]
    return [(parsed.values, parsed.unread) for parsed in parts]


def rules(draft: Draft) -> list[tuple[str, str]]:
    """Rule and cell of every reason why a delivery is refused."""
    return [(reason.rule.removeprefix("delivery__"), reason.cell) for reason in draft.reasons]


def totals(draft: Draft) -> list[tuple[str, str, tuple[int, int] | None]]:
    """Cell and text of every printed total, and the rows that it adds up."""
    return [(total.cell, total.text, total.rows) for total in draft.printed]
