"""Every published figure leads to its rows and cells, and the archived files hold there what the trace says."""

import random
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.tracing import PERSONAL
from sample.manifest import read_manifest
from schemas.indicator import Indicator, Term
from tests.district import INDICATORS
from tests.journeys.figures.archived_cell import archived_text, as_number
from tests.journeys.figures.shown_rows import stored
from tests.warehouse.figures.traced import rows_of, trace_in
from warehouse.database.query import query
from warehouse.database.store import Store

Row = dict[str, Any]
Key = tuple[str, str, str]
"""Indicator, division, period."""

CELLS_A_CONTRACT = 10


@pytest.fixture(scope="module")
def store(sample_home: Path) -> Store:
    return Store(sample_home)


@pytest.fixture(scope="module")
def figures(store: Store) -> dict[Key, Row]:
    rows = query(store, "select * from mart_figure")
    return {(r["indicator_code"], r["division_code"], r["period"]): r for r in rows.iter_rows(named=True)}


@pytest.fixture(scope="module")
def cells(store: Store) -> pl.DataFrame:
    """The rows of every figure, as an analyst selects them."""
    return query(
        store,
        """
        select c.*, d.contract, d.staged_table, d.file_format, p.unit_scale
        from mart_figure_cell as c
        left join dq_delivery as d using (delivery_id)
        left join (
            select delivery_id, sheet_name, field, max(unit_scale) as unit_scale from dq_field_place group by all
        ) as p using (delivery_id, sheet_name, field)
        where c.is_counted
        """,
    )


@pytest.fixture(scope="module")
def rows(cells: pl.DataFrame) -> dict[Key, dict[str, list[Row]]]:
    return rows_by_figure(cells)


@pytest.fixture(scope="module")
def sent_contracts(sample_home: Path) -> set[str]:
    """The contracts of the forms that the sample sends, which may be fewer than there are."""
    return {delivery.contract for delivery in read_manifest(sample_home).deliveries if delivery.contract}


@pytest.fixture(scope="module")
def chance() -> random.Random:
    """Draws others each time; pytest shows the seed of a test that failed."""
    seed = random.randrange(1 << 32)
    print(f"drawn with seed {seed}")
    return random.Random(seed)


@pytest.fixture(scope="module")
def read_back(
    sample_home: Path, cells: pl.DataFrame, chance: random.Random
) -> dict[str, list[tuple[Row, Row]]]:
    """By contract, some of the cells of its files: each as a trace shows it, and as an analyst selects it."""
    drawn = pl.concat(
        some_of(places.drop_nulls("contract"), chance)
        for _, places in cells.group_by("contract", maintain_order=True)
    )
    shown = stored(sample_home, drawn)
    assert shown.height == drawn.height
    pairs: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for as_shown, row in zip(shown.iter_rows(named=True), ordered(drawn).iter_rows(named=True), strict=True):
        pairs[row["contract"]].append((as_shown, row))
    return pairs


def some_of(cells: pl.DataFrame, chance: random.Random) -> pl.DataFrame:
    places = cells.unique(["file_sha256", "sheet_name", "cell", "field"])
    count = min(CELLS_A_CONTRACT, places.height)
    return places.sort(places.columns).sample(count, seed=chance.randrange(1 << 32))


def terms_of(indicator: Indicator) -> list[tuple[str, Term]]:
    """The terms of a figure by name; of a growth, its one term this year and the year before."""
    if indicator.kind == "growth":
        return [("numerator", indicator.value), ("denominator", indicator.value)]
    return list(indicator.terms)


def recomputed(code: str, terms: dict[str, list[Row]]) -> Decimal | None:
    """A figure from the rows of its terms, by what the indicator says of itself."""
    indicator = INDICATORS[code]
    amounts = []
    for name, term in terms_of(indicator):
        rows = terms.get(name, [])
        match term.aggregate:
            case "sum":
                amounts.append(sum((row["value"] for row in rows), Decimal(0)))
            case "count":
                amounts.append(Decimal(len(rows)))
            case "count_distinct":
                amounts.append(Decimal(len({row["counted_key"] for row in rows})))
    if len(amounts) == 1:
        return amounts[0]
    numerator, denominator = amounts
    if denominator == 0:
        return None
    if indicator.kind == "growth":
        numerator -= denominator
    times = 100 if indicator.unit == "%" else 1
    return (numerator * times / denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def rows_by_figure(cells: pl.DataFrame) -> dict[Key, dict[str, list[Row]]]:
    """The rows of each figure by term: those of the county, a township or a village."""
    rows: dict[Key, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in cells.iter_rows(named=True):
        for place in (f"{row['county_code']}000000", row["township_code"], row["place_code"]):
            if place is not None:
                rows[row["indicator_code"], place, row["period"]][row["term"]].append(row)
    return rows


def test_the_rows_of_every_figure_give_it(
    figures: dict[Key, Row], rows: dict[Key, dict[str, list[Row]]], sent_contracts: set[str]
) -> None:
    sent = {contract.partition(".")[0] for contract in sent_contracts}
    assert {code for code, *_ in figures} == {
        code
        for code, indicator in INDICATORS.items()
        if {form for _, term in indicator.terms for form, _ in term.needs} <= sent
    }
    unsaid = {key for key, f in figures.items() if f["value"] is None and f["missing_cells"]}
    assert {
        key: f["value"]
        for key, f in figures.items()
        if key not in unsaid and recomputed(key[0], rows[key]) != f["value"]
    } == {}
    assert not any(recomputed(key[0], rows[key]) for key in unsaid)
    lacks_a_part = {
        key for key in rows if not all(rows[key].get(name) for name, _ in terms_of(INDICATORS[key[0]]))
    }
    in_no_township = {
        key for key in rows if key[1] == "unassigned" and not INDICATORS[key[0]].adds_up_over_divisions
    }
    assert rows.keys() - figures.keys() <= lacks_a_part | in_no_township


def test_every_row_has_a_cell_and_a_file(cells: pl.DataFrame) -> None:
    assert cells.select(pl.col("cell", "file_name", "file_sha256").null_count()).row(0) == (0, 0, 0)
    assert cells.height > 10_000


@pytest.mark.parametrize("figures_traced", [8, pytest.param(80, marks=pytest.mark.long)])
def test_a_trace_gives_the_figure_and_the_same_rows_as_sql(
    store: Store,
    figures: dict[Key, Row],
    rows: dict[Key, dict[str, list[Row]]],
    chance: random.Random,
    figures_traced: int,
) -> None:
    """Of some indicators each time: that every figure is given by its rows is held above."""
    names = ("file_sha256", "sheet_name", "sheet_row", "cell", "value")

    for code in chance.sample(sorted(INDICATORS), figures_traced):
        key = chance.choice(sorted(key for key in figures if key[0] == code))
        traced = trace_in(store, code, key[2], key[1])
        terms = {name: rows.to_dicts() for name, rows in rows_of(store, code, key[2], key[1]).items()}
        assert {t.term: t.row_count for t in traced.terms} == {
            name: len(rows) for name, rows in terms.items()
        }
        assert traced.figure.value == figures[key]["value"], key
        if traced.figure.value is not None:
            assert recomputed(code, terms) == traced.figure.value, key
        assert traced.adds_up, key
        for name, of_term in terms.items():
            assert sorted(tuple(row[n] for n in names) for row in of_term) == sorted(
                tuple(row[n] for n in names) for row in rows[key][name]
            ), key


def test_every_contract_has_cells_that_figures_come_from(
    cells: pl.DataFrame, sent_contracts: set[str], read_back: dict[str, list[tuple[Row, Row]]]
) -> None:
    assert len(sent_contracts) >= 35
    assert set(cells["contract"].drop_nulls()) == read_back.keys() == sent_contracts
    for contract, pairs in read_back.items():
        places = cells.filter(contract=contract).unique(["file_sha256", "sheet_name", "cell", "field"])
        assert len(pairs) == min(CELLS_A_CONTRACT, places.height) > 0, contract


def test_archived_files_hold_what_the_trace_says(
    sample_home: Path, read_back: dict[str, list[tuple[Row, Row]]]
) -> None:
    for shown, row in chain.from_iterable(read_back.values()):
        where = (shown["file_name"], shown["sheet_name"], shown["cell"], shown["field"])
        held = archived_text(
            sample_home / "archive",
            shown["file_sha256"],
            row["file_format"],
            shown["sheet_name"],
            shown["cell"],
        )
        if shown["field"].endswith("_key"):
            assert (shown["stored_value"], held != "") == (PERSONAL, True), where
            continue
        same = shown["stored_value"] == held or as_number(shown["stored_value"]) == as_number(held)
        assert same, (*where, shown["stored_value"], held)
        parsed, number = as_number(row["parsed_value"]), as_number(held)
        if row["field"] in (row["corrected"] or "").split(";"):
            continue  # read otherwise, see below
        if row["aggregate"] == "sum":
            assert number is not None, where
            assert number * row["unit_scale"] == parsed, where
            is_weighted = dict(terms_of(INDICATORS[row["indicator_code"]]))[row["term"]].weight is not None
            assert is_weighted or parsed == row["value"], where
            assert number == row["stored_number"], where


def test_what_was_corrected_is_told_beside_what_the_file_holds(
    sample_home: Path, store: Store, cells: pl.DataFrame
) -> None:
    corrections = query(store, "select * from dq_correction")
    assert set(corrections["state"]) == {"applied"}

    for correction in corrections.iter_rows(named=True):
        place = (pl.col(name) == correction[name] for name in ("delivery_id", "sheet_name", "cell", "field"))
        (traced,) = stored(sample_home, cells.filter(*place).head(1)).iter_rows(named=True)
        assert traced["stored_value"] == correction["expected_text"] != correction["corrected_text"]
        assert traced["parsed_value"] == correction["corrected_text"]
        assert traced["corrected"] == correction["field"]


def ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """In the order in which a trace tells the rows: file by file."""
    return pl.concat(part for _, part in rows.group_by("file_sha256", "contract", maintain_order=True))
