"""Reading the published warehouse into frames."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
import pytest

from warehouse.build.build import Built
from warehouse.build.publish import publish
from warehouse.database.query import BATCH_ROWS, NothingPublished, first_rows, open_published, query, stream
from warehouse.database.store import Store

NIGHT = datetime(2023, 2, 1, 1, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def published(
    tmp_path_factory: pytest.TempPathFactory,
    build_at: Callable[..., Built],
    given_sources: Callable[..., dict[str, Any]],
) -> Store:
    store = Store(tmp_path_factory.mktemp("home"))
    store.prepare()
    publish(store, build_at(store.building, given_sources()), fingerprint="f", now=NIGHT)
    return store


def test_a_query_gives_a_frame_of_the_engines_types(published: Store) -> None:
    frame = query(
        published,
        """select true as b, 7::integer as i, 8::bigint as l, 1.5::decimal(18,2) as d, 2.5::double as f,
                  '乡' as s, date '2022-06-30' as day, timestamp '2022-06-30 08:00:00' as t,
                  [1, 2] as many""",
    )
    assert frame.rows() == [
        (True, 7, 8, Decimal("1.50"), 2.5, "乡", date(2022, 6, 30), datetime(2022, 6, 30, 8), [1, 2])
    ]
    assert dict(frame.schema) == {
        "b": pl.Boolean, "i": pl.Int32, "l": pl.Int64, "d": pl.Decimal(18, 2), "f": pl.Float64,
        "s": pl.String, "day": pl.Date, "t": pl.Datetime("us"), "many": pl.List(pl.Int64),
    }  # fmt: skip


def test_statements_of_one_opening_read_one_version(tmp_path: Path) -> None:
    store, version = Store(tmp_path), "select value from warehouse_info"
    store.prepare()

    def publish_as(name: str) -> None:
        with duckdb.connect(str(store.building)) as built:
            built.execute("create or replace table warehouse_info as select ? as value", [name])
        store.building.replace(store.current)

    publish_as("v000001")
    with open_published(store) as published:
        before = published.rows(version).item()
        publish_as("v000002")
        assert (before, published.rows(version).item()) == ("v000001", "v000001")
    assert query(store, version).item() == "v000002"


def test_a_sum_of_counts_is_a_whole_number(published: Store) -> None:
    frame = query(
        published, "select sum(year) as years from dim_date where calendar_date = date '2022-01-01'"
    )
    assert frame["years"].to_list() == [2022]


def test_no_rows_still_have_columns_and_types(published: Store) -> None:
    frame = query(published, "select credit_code, year, sales_revenue_ytd_yuan from fact_agri_processing")
    assert dict(frame.schema) == {
        "credit_code": pl.String, "year": pl.Int32, "sales_revenue_ytd_yuan": pl.Decimal(18, 2)
    }  # fmt: skip
    assert frame.height == 0


def test_a_column_of_nulls_keeps_its_type(published: Store) -> None:
    frame = query(published, "select cast(null as decimal(9,4)) as rate, null as nothing")
    assert (frame["rate"].dtype, frame["rate"].to_list()) == (pl.Decimal(9, 4), [None])


def test_tables_can_be_listed_and_described(published: Store) -> None:
    assert "mart_village_overview" in query(published, "show tables")["name"].to_list()
    assert query(published, "describe dim_date")["column_name"].to_list()[:2] == ["calendar_date", "year"]


def test_rows_come_in_batches_of_one_schema(published: Store) -> None:
    batches = list(
        stream(published, f"select range::integer as n from range({BATCH_ROWS} + $more)", {"more": 5})
    )
    assert [batch.height for batch in batches] == [BATCH_ROWS, 5]
    assert {batch.schema["n"] for batch in batches} == {pl.Int32()}


def test_no_rows_are_a_batch_with_columns(published: Store) -> None:
    (batch,) = stream(published, "select year from dim_date where false")
    assert (batch.columns, batch.height) == (["year"], 0)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select range from range(9)", 9),
        ("with n as (from range(9)) from n; -- nine", 9),
        ("select 1; select range from range(9);", 9),
        ("values (1), (2)", 2),
        ("pragma table_info('dim_date')", 7),
    ],
)
def test_first_rows_come_with_the_number_of_all(published: Store, sql: str, rows: int) -> None:
    first, row_count = first_rows(published, sql, 3)
    assert (first.height, row_count) == (min(rows, 3), rows)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into warehouse_info values ('a', 'b', 'c')",
        "drop table dim_date",
        "copy dim_date to 'out.csv'",
        "attach 'other.duckdb'",
        "select * from read_text('pyproject.toml')",
        "set enable_external_access = true",
    ],
)
def test_nothing_can_be_written_and_no_other_file_read(published: Store, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        query(published, sql)


def test_a_wrong_statement_says_what_is_wrong(published: Store) -> None:
    with pytest.raises(duckdb.Error, match="dim_dat"):
        query(published, "select * from dim_dat")


def test_before_the_first_load_there_is_nothing_to_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NothingPublished, match="xiangcang load"):
        query(Store(tmp_path_factory.mktemp("empty")), "select 1")
