"""Slips of unit and restated loans, drawn anew: no figure that uses one is final."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from schemas.field import columns
from sources.home.receipts import Receipt
from tests.district import BUILT, CATALOGUE, STAGED
from tests.journeys.figures.claims.changed import LINEAGE, District, keys_of, read_district
from warehouse.figures.terms import FigureTerms

pytestmark = pytest.mark.long

DRAWN = 20
READ = {(t.term.table, name) for t in FigureTerms(CATALOGUE).reported for name in t.read_columns}
WATCHED = [
    (table, column.name, factor)
    for table in STAGED
    for column in columns(BUILT.get(f"fact_{table}", STAGED[table]))
    for factor in column.watch
    if (f"fact_{table}", column.name) in READ and factor > 10
]
"""Fields of facts that figures read and that are watched for slips of a thousand or more."""


@pytest.fixture(scope="module")
def district(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    district = read_district(sample_home, tmp_path_factory.mktemp("doubted"))
    with district.build:
        yield district


def touched(district: District, receipt: Receipt, row: dict[str, Any], table: str, field: str) -> set[Any]:
    """Which figures count a row of a fact and read a field of it."""
    place = tuple(row[name] for name in LINEAGE[1:])
    reading = {
        t.indicator.code
        for t in FigureTerms(CATALOGUE).reported
        if t.term.table == table and field in t.read_columns
    }
    return {
        key
        for looked_at in district.rows_of_figures(receipt.delivery_id)
        if tuple(looked_at[name] for name in LINEAGE[1:]) == place and looked_at["is_counted"]
        for key in keys_of(looked_at)
        if key[0] in reading
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_slips_of_unit(district: District, seed: int) -> None:
    rng, receipts, uses = Random(seed), district.receipts, set[Any]()
    in_force = district.snapshot(receipts).states.counting
    slipped = set[str]()
    while len(slipped) < DRAWN:
        table, field, factor = rng.choice(WATCHED)
        receipt = rng.choice([r for r in in_force if r.table == table and r.period >= "2022"])
        rows = district.rows(receipt).with_row_index("at")
        candidates = rows.filter(pl.col(field) > 0)
        if receipt.delivery_id in slipped or candidates.height < 4:
            continue
        row = candidates.row(rng.randrange(candidates.height), named=True)
        uses |= touched(district, receipt, row, f"fact_{table}", field)
        times = pl.when(pl.col("at") == row["at"]).then(factor).otherwise(1)
        changed = rows.with_columns((pl.col(field) * times).cast(rows.schema[field])).drop("at")
        receipts = [
            next(c for c in district.with_rows(receipt, changed) if c.delivery_id == r.delivery_id)
            if r.delivery_id == receipt.delivery_id
            else r
            for r in receipts
        ]
        slipped.add(receipt.delivery_id)
    after = district.figures(receipts)
    assert uses
    assert [
        (key, after[key]["value"]) for key in sorted(uses & after.keys()) if after[key]["status"] == "final"
    ] == []


def test_restated_loans(district: District) -> None:
    rng, receipts = Random(3), district.receipts
    (last,) = [
        r
        for r in district.snapshot(receipts).states.counting
        if r.contract == "loan_note.rcb_ledger" and r.period == "2022-12-31"
    ]
    rows = district.rows(last).with_row_index("at")
    earlier = rows.filter(pl.col("grant_date").dt.year() < 2022)
    restated = rng.sample(earlier["at"].to_list(), DRAWN)
    raised = pl.when(pl.col("at").is_in(restated)).then(Decimal("1.25")).otherwise(Decimal(1))
    changed = rows.with_columns((pl.col("amount_yuan") * raised).cast(rows.schema["amount_yuan"])).drop("at")
    ask = district.ask(district.with_rows(last, changed))
    notes = ", ".join(f"'{number}'" for number in rows.filter(pl.col("at").is_in(restated))["note_number"])
    places = ask(f"select * from fact_loan_disbursement where note_number in ({notes})")
    note_at = {tuple(row[name] for name in LINEAGE): row["note_number"] for row in places}
    used = [
        row | {"note_number": note}
        for row in ask(
            "select * from mart_figure_row where is_counted and year_role = 'current' and aggregate = 'sum'"
            " and indicator_code like '%loan_disbursed%'"
        )
        if (note := note_at.get(tuple(row[name] for name in LINEAGE)))
    ]
    figures = {
        (row["indicator_code"], row["period"], row["basis"], row["division_code"]): row["status"]
        for row in ask("select * from mart_figure")
    }
    uses = {key for row in used for key in keys_of(row)} & figures.keys()
    assert len({row["note_number"] for row in used}) > DRAWN // 2
    assert [key for key in sorted(uses) if figures[key] == "final"] == []
