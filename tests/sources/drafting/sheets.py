"""Drafts of small sheets in a line, and whether a draft's own contract lays its sheet out again."""

import tomllib
from collections.abc import Sequence
from typing import Any

import polars as pl

from schemas.field import Column
from sources.county.contract import Contract, contract_of
from sources.county.references import References
from sources.drafting.fields import DraftedField
from sources.drafting.forms import DraftedForm, draft_workbook
from sources.drafting.toml_text import write_toml
from sources.layout.block_content import BlockContent
from sources.layout.sheet import lay_out_sheet
from sources.reading.cells import Sheet, Workbook
from tests.district import CATALOGUE, REFERENCES
from tests.sources.grid import Cell, sheet

DTYPES = {
    "text": pl.String(), "code": pl.String(), "count": pl.Int64(), "number": pl.Decimal(18, 4),
    "yuan": pl.Decimal(18, 2), "pct": pl.Decimal(9, 4), "yes_no": pl.Boolean(), "date": pl.Date(),
}  # fmt: skip


def draft(*rows: Sequence[Cell], merged: str = "", like: str | None = None) -> DraftedForm:
    """The form of a sheet that holds one table."""
    [form] = drafts(sheet(*rows, merged=merged), like=like)
    return form


def drafts(*sheets: Sheet, like: str | None = None) -> list[DraftedForm]:
    return draft_workbook(Workbook("xlsx", list(sheets)), REFERENCES, like)


def part(form: DraftedForm, heading: str) -> DraftedField:
    """The column under a heading, with those above it joined by slashes."""
    return next(part for part in form.fields if part.column.heading == heading)


def shown(form: DraftedForm) -> dict[str, tuple[str, str | None, str]]:
    """By heading the name, the printed unit and the type of every field."""
    return {p.column.heading: (p.name, p.column.unit, p.type) for p in form.read_fields}


def terms(form: DraftedForm) -> dict[str, Any]:
    return tomllib.loads(write_toml(form))


def contract(form: DraftedForm) -> Contract:
    """The contract of a draft, without what a county's own form says besides."""
    own = {"form", "fields", "rules", "indicators"}
    of_contract = {key: value for key, value in terms(form).items() if key not in own}
    return contract_of(of_contract | {"name": f"{form.name}.rows"})


def lay_out(form: DraftedForm) -> list[BlockContent]:
    """The sheet of a draft, laid out by it."""
    made = contract(form)
    columns = [
        Column(
            name=name, dtype=DTYPES[about["type"]], title=about["title"], description=about["title"],
            unit=about.get("unit"), key=about.get("key", False), references=None, pii=None,
            place=about.get("place"), nullable="blank" in about, blank=None, blank_only_if_absent=False,
            watch=(), unwatched=None, allowed=None,
        )
        for name, about in terms(form)["fields"].items()
    ]  # fmt: skip

    class Accepted(References):
        def columns_to_fill(self, table: str) -> list[Column]:
            return columns

    accepted = Accepted(
        REFERENCES.county,
        {made.name: made},
        CATALOGUE,
        REFERENCES.places,
        REFERENCES.reporters,
        REFERENCES.folder,
    )
    contents, _ = lay_out_sheet(form.sheet, accepted)
    return contents
