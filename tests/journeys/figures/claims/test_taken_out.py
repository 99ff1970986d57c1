"""Take something out of a form: every figure that looked at it is not final and says why; the others stay as they were."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.district import CATALOGUE, INDICATORS, REFERENCES, STAGED
from tests.journeys.figures.claims.changed import LINEAGE, District, Key, keys_of, read_district
from warehouse.figures.terms import FigureTerms

pytestmark = pytest.mark.long

FRAMES = {c.table: c.frame for c in REFERENCES.contracts.values()}
OF_YEAR = ("2022", "2022-Q4", "2022-12", "2022-12-31", "2022-Q3", "2021")
UNKNOWN = {table for table, frame in FRAMES.items() if frame in ("printed", "none")}
"""Tables of which nobody knows how many rows there should be: what is taken out of them is not missed."""

FORMS = {
    code: {form for _, term in indicator.terms for form, _ in term.needs}
    | {term.table.removeprefix("fact_") for _, term in indicator.terms}
    | (
        {"party_org"}
        if any("org" in term.table or "cadre" in term.table for _, term in indicator.terms)
        else set()
    )
    for code, indicator in INDICATORS.items()
}
"""The forms that each indicator is of; organisations place the rows of some."""

BLANKS = sorted(
    {
        (t.term.table.removeprefix("fact_"), name)
        for t in FigureTerms(CATALOGUE).reported
        for name, blank in t.blanks.items()
        if not t.term.unknown and t.term.table.removeprefix("fact_") in STAGED
        and (blank == "missing" or name == t.term.column)
    }
)  # fmt: skip
"""Nullable fields that figures read, by table."""


@pytest.fixture(scope="module")
def district(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    district = read_district(sample_home, tmp_path_factory.mktemp("changed"))
    with district.build:
        yield district


@pytest.fixture(scope="module")
def before(district: District) -> dict[Key, dict[str, Any]]:
    return district.figures(district.receipts)


def chosen(district: District, table: str) -> Any:
    """The first delivery of a table in the last period of which there is one, with two rows or more."""
    for period in OF_YEAR:
        try:
            receipt = district.delivery(table, period)
        except StopIteration:
            continue
        if receipt.rows.accepted > 1:
            return receipt
    raise AssertionError(f"no delivery of {table} of two rows")


def check(
    district: District,
    before: dict[Key, dict[str, Any]],
    delivery_id: str,
    after: dict[Key, dict[str, Any]],
    taken: pl.DataFrame,
    reason: str,
) -> None:
    """Compare figures. taken: lineage of the rows that are gone or blank."""
    gone = set(taken.select(LINEAGE[1:]).iter_rows())
    looked_at = {
        key
        for row in district.rows_of_figures(delivery_id)
        if tuple(row[name] for name in LINEAGE[1:]) in gone
        for key in keys_of(row)
        if key in before and INDICATORS[key[0]].value.dated_by is None
    }
    assert looked_at
    silent = [
        (key, after[key]["value"], after[key]["status"], after[key]["status_reasons"])
        for key in sorted(looked_at & after.keys())
        if after[key]["status"] == "final" or reason not in after[key]["status_reasons"]
    ]
    assert silent == []
    table = district.table_of(delivery_id)
    others = [key for key in before if table not in FORMS[key[0]]]
    moved = [
        key
        for key in others
        if (before[key]["value"], before[key]["status"]) != (after[key]["value"], after[key]["status"])
    ]
    assert (len(others) > 10_000, moved) == (True, [])


@pytest.mark.parametrize("table", sorted(set(FRAMES) - UNKNOWN - {"loan_transaction"}))
def test_a_unit(district: District, before: dict[Key, dict[str, Any]], table: str) -> None:
    receipt = chosen(district, table)
    rows = district.rows(receipt)
    key, units = district.expected_units(receipt)
    unit = rows.join(units, on=key, how="semi", maintain_order="left")
    unit = unit.join(unit.sample(1, seed=7).select(key), on=key, how="semi")
    left = rows.join(unit, on=list(LINEAGE), how="anti", maintain_order="left")
    assert 0 < left.height < rows.height
    after = district.figures(district.with_rows(receipt, left))
    check(district, before, receipt.delivery_id, after, unit, "报 ")


@pytest.mark.parametrize(("table", "field"), BLANKS)
def test_a_column(district: District, before: dict[Key, dict[str, Any]], table: str, field: str) -> None:
    receipt = chosen(district, table)
    rows = district.rows(receipt)
    blank = rows.with_columns(pl.lit(None, dtype=rows.schema[field]).alias(field))
    sheets = [
        sheet.model_copy(
            update={
                name: {k: v for k, v in getattr(sheet, name).items() if k.split("[")[0] != field}
                for name in ("columns", "cells")
            }
        )
        for sheet in receipt.sheets
    ]
    changed = district.with_rows(receipt, blank, sheets=sheets)
    after = district.ask(changed)(
        "select * from mart_figure as f where f.missing_cells > 0 and f.status <> 'final'"
    )
    before_keys = {key for key, row in before.items() if row["missing_cells"]}
    reached = {
        (row["indicator_code"], row["period"], row["basis"], row["division_code"]) for row in after
    } - before_keys
    assert {
        key[0] for key in reached
    } >= {t.indicator.code for t in FigureTerms(CATALOGUE).reported
          if t.term.table == f"fact_{table}" and t.term.column == field and not t.term.unknown}  # fmt: skip
    assert reached


@pytest.mark.parametrize("table", sorted(set(FRAMES) - {"loan_transaction"}))
def test_a_delivery(district: District, before: dict[Key, dict[str, Any]], table: str) -> None:
    receipt = chosen(district, table)
    left = [r for r in district.receipts if r.key != receipt.key]
    after = district.figures(left)
    rows = district.rows(receipt)
    check(district, before, receipt.delivery_id, after, rows, "缺报")
