"""What a trace shows where there is no text of a cell to show: personal fields, no row, no file any more."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.tracing import PERSONAL
from tests.journeys.figures.shown_rows import stored
from tests.warehouse.figures.traced import rows_of, trace_in
from warehouse.database.store import Store


@pytest.fixture(scope="module")
def store(sample_home: Path) -> Store:
    return Store(sample_home)


@pytest.fixture(scope="module")
def towns(store: Store) -> pl.DataFrame:
    return rows_of(store, "town_count", "2022")["value"]


def test_personal_text_is_never_shown_and_a_distinct_count_is_of_keys(
    sample_home: Path, store: Store
) -> None:
    traced = trace_in(store, "farm_loan_household_to_date_count", "2022")
    (rows,) = rows_of(store, "farm_loan_household_to_date_count", "2022").values()

    assert set(rows["field"]) == {"household_key", "borrower_key"}
    assert set(stored(sample_home, rows)["stored_value"]) == {PERSONAL}
    assert traced.terms[0].row_count == rows.height
    assert int(traced.terms[0].amount) == rows["counted_key"].n_unique()
    assert rows.height > rows["counted_key"].n_unique()


def test_a_term_that_no_row_counts_for_has_none_and_what_is_not_known_is_no_zero(
    sample_home: Path, store: Store
) -> None:
    traced = trace_in(store, "loan_non_performing_rate", "2021")
    rows = [stored(sample_home, of) for of in rows_of(store, "loan_non_performing_rate", "2021").values()]

    assert traced.figure.value is None
    assert [(term.term, term.row_count == 0) for term in traced.terms] == [
        ("numerator", True), ("denominator", False),
    ]  # fmt: skip
    assert [term.row_count for term in traced.terms] == [of.height for of in rows]
    assert rows[0].columns == rows[1].columns


def test_the_division_list_is_a_file_like_any_other(sample_home: Path, towns: pl.DataFrame) -> None:
    shown = stored(sample_home, towns)

    assert set(shown["file_name"]) == {"division.csv"}
    assert shown["stored_value"].to_list() == shown["parsed_value"].to_list()


def test_what_was_replaced_or_purged_since_is_said_to_be_gone(sample_home: Path, towns: pl.DataFrame) -> None:
    shown = stored(sample_home, towns.with_columns(file_sha256=pl.lit("0" * 64)))

    assert set(shown["stored_value"]) == {"（原件已不在归档中）"}
