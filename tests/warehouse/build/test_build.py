"""A whole build: a pure function of what it is given, described, checked, held to the schemas."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from schemas.catalogue import is_view
from schemas.check_result import CheckResult
from schemas.field import columns
from tests.district import BUILT, CATALOGUE, check_result
from tests.warehouse.build.loans_and_sales import GIVEN, Row, note, processing
from warehouse.build import construction
from warehouse.build.build import Built
from warehouse.build.inputs import Inputs, MissingSource, digest
from warehouse.build.order import model_names, model_sql
from warehouse.database.engine import Misshapen
from warehouse.database.store import Store

Ask = Callable[[str], list[Row]]
BuildFrom = Callable[..., Built]
BuildAt = Callable[..., Built]
Select = Callable[[str], list[tuple[Any, ...]]]
GivenSources = Callable[..., dict[str, Any]]

VIEWS = {name for name, table in BUILT.items() if is_view(table)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, build_at: BuildAt, given_sources: GivenSources) -> Built:
    return build_at(tmp_path_factory.mktemp("built") / "one.duckdb", given_sources(**GIVEN))


@pytest.fixture(scope="module")
def from_files(
    tmp_path_factory: pytest.TempPathFactory, build_at: BuildAt, given_sources: GivenSources
) -> Built:
    """The same rows built again, the notes from files that name other partitions and order their columns otherwise."""
    folder = tmp_path_factory.mktemp("again")
    sources = given_sources(**GIVEN)
    notes = sources["staged_loan_note"]
    partition = folder / "county=999999" / "period=1999"
    partition.mkdir(parents=True)
    files = [partition / "a.parquet", partition / "b.parquet"]
    notes[:2].write_parquet(files[0])
    notes[2:].select(reversed(notes.columns)).write_parquet(files[1])
    given = sources | {"staged_loan_note": files, "staged_loan_transaction": []}
    return build_at(folder / "again.duckdb", given)


@dataclass(frozen=True)
class EmptyBuild:
    """A build of nothing but the district, where a killed one had left its files: what it reported and what it built."""

    store: Store
    row_checks: list[CheckResult]
    built: Built
    tables_told: list[tuple[str, int | None]]


@pytest.fixture(scope="module")
def empty_build(
    tmp_path_factory: pytest.TempPathFactory, build_at: BuildAt, given_sources: GivenSources
) -> EmptyBuild:
    store = Store(tmp_path_factory.mktemp("empty") / "home")
    store.prepare()
    store.building.write_bytes(b"half a file")
    store.building.with_name("building.duckdb.wal").write_bytes(b"half a log")
    store.building.with_suffix(".scratch").mkdir()
    rule = check_result(
        name="amount_yuan__greater_than", table="loan_note", kind="row_rule", title="发放金额应大于零",
        importance="high", blocking=False, failed_rows=2, checked_rows=9,
    )  # fmt: skip
    tables_told: list[tuple[str, int | None]] = []
    built = build_at(
        store.building,
        given_sources(),
        row_checks=[rule],
        on_model=lambda name, rows: tables_told.append((name, rows)),
    )
    return EmptyBuild(store, [rule], built, tables_told)


@pytest.fixture(scope="module")
def select(built: Built) -> Iterator[Select]:
    """The rows of a query on the built file."""
    with duckdb.connect(str(built.path), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_the_figures_can_be_read_off(select: Select) -> None:
    farm = "select sum(amount_yuan), count(distinct household_key) from fact_loan_disbursement "
    where = "where is_farm_household and is_new_disbursement and institution_code = 'rcb'"
    assert select(farm + where) == [(Decimal(90000), 1)]
    year = "select sales_revenue_yuan, sales_revenue_yoy_pct from mart_agri_processing where year = 2022"
    assert select(year) == [(Decimal(1000), Decimal("25.00"))]
    overview = "select has_bus_service, farm_loan_amount_yuan from mart_village_overview"
    assert select(overview) == [(True, Decimal(90000))]


def test_a_clean_build_passes_every_blocking_check(built: Built) -> None:
    assert built.blocked == []
    assert {c.name for c in built.checks if not c.passed} <= {"fact_village_profile__out_of_band"}


def test_row_counts_are_those_of_the_tables(built: Built, select: Select) -> None:
    counted = {table: select(f"select count(*) from {table}")[0][0] for table in built.row_counts}
    assert counted == built.row_counts
    assert built.row_counts.keys() == BUILT.keys() - VIEWS


@pytest.mark.parametrize("table", BUILT)
def test_a_table_has_the_declared_columns(table: str, select: Select) -> None:
    described = select(f"describe {table}")
    assert [(name, kind.lower()) for name, kind, *_ in described] == [
        (column.name, column.sql_type) for column in columns(BUILT[table])
    ]
    if table not in VIEWS:
        nulls = [null == "YES" for _, _, null, *_ in described]
        assert nulls == [column.nullable for column in columns(BUILT[table])]


def test_every_table_and_column_has_a_comment(select: Select) -> None:
    views = "select view_name, comment from duckdb_views() where not internal"
    tables: dict[str, str] = dict(
        select(f"select table_name, comment from duckdb_tables() union all {views}")
    )
    assert tables.keys() == BUILT.keys()
    assert tables["fact_loan_balance"].startswith("贷款余额：一行为一张借据的一个时点")
    without = (
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and comment is null"
    )
    assert select(f"{without} and not internal") == []
    money = "select comment from duckdb_columns() where column_name = 'cumulative_amount_yuan'"
    assert select(money) == [("累计发放额（元）：自累计起始日起至当月末",)]


def test_nothing_but_what_is_declared_is_left_in_the_file(built: Built, select: Select) -> None:
    views = select("select view_name from duckdb_views() where not internal")
    assert {name for (name,) in views} == VIEWS
    assert [path.name for path in built.path.parent.iterdir()] == ["one.duckdb"]


def test_clients_from_1_2_on_can_open_the_file(built: Built, select: Select) -> None:
    opened = "select tags['storage_version'] from duckdb_databases() where database_name = 'one'"
    assert select(opened) == [("v1.2.0+",)]


def test_the_warehouse_says_what_it_is(select: Select) -> None:
    info: dict[str, str] = dict(select("select name, value from warehouse_info"))
    assert info["data_label"] == "合成示例数据"
    assert info["is_synthetic"] == "true"
    assert info["cut_off"] == "2023-02-01T01:30:00+08:00"
    assert info["loan_cumulative_start"] == "2021-01-01"
    assert info["program_version"] == version("xiangcang")
    assert len(info["code_hash"]) == 64


def test_every_check_is_recorded(built: Built, select: Select) -> None:
    recorded = "select table_name, check_name, is_passed, failed_rows from dq_check_result"
    assert sorted(select(recorded)) == sorted(
        (check.table, check.name, check.passed, check.failed_rows) for check in built.checks
    )


def test_the_same_inputs_give_the_same_tables(built: Built, from_files: Built) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built.path}' as a (read_only)")
        connection.execute(f"attach '{from_files.path}' as b (read_only)")
        for table in BUILT.keys() - {"dq_build_step"}:  # hashes a frame by its values, files by their bytes
            first, second = (
                connection.execute(f"select * from {build}.main.{table} order by all").fetchall()
                for build in ("a", "b")
            )
            assert first == second, table


def test_parquet_files_count_as_frames_do(built: Built, from_files: Built) -> None:
    assert from_files.row_counts == built.row_counts
    assert from_files.checks == built.checks


def test_each_table_is_told_when_it_is_built(empty_build: EmptyBuild) -> None:
    assert dict(empty_build.tables_told) == empty_build.built.row_counts | dict.fromkeys(VIEWS)
    assert [name for name, _ in empty_build.tables_told] == model_names(CATALOGUE)


def test_row_checks_are_recorded_beside_the_table_checks(empty_build: EmptyBuild) -> None:
    assert empty_build.built.checks[:1] == empty_build.row_checks
    assert empty_build.built.blocked == []


def test_a_killed_builds_leftovers_are_in_nobodys_way(empty_build: EmptyBuild) -> None:
    assert empty_build.built.row_counts["dim_reporter"] == 2
    assert not empty_build.store.building.with_suffix(".scratch").exists()


def test_a_duplicate_key_blocks(build_from: BuildFrom) -> None:
    twice = [processing("2022-Q4", 1000), processing("2022-Q4", 1000) | {"delivery_id": "other"}]
    blocked = build_from(staged_agri_processing=twice).blocked
    assert [check.name for check in blocked] == ["fact_agri_processing__key"]


def test_a_place_that_is_not_on_the_list_blocks(build_from: BuildFrom) -> None:
    lost = note("N1", "2022-12-31", 100, "h1", village_code="140214999999")
    blocked = build_from(staged_loan_note=[lost]).blocked
    assert {check.name for check in blocked} >= {
        "fact_loan_balance__division_key__reference",
        "fact_loan_disbursement__division_key__reference",
    }


def test_removing_a_row_moves_the_figure_by_its_contribution(given: Callable[..., Ask]) -> None:
    total = "select sum(farm_amount_yuan) as yuan from mart_loan_disbursement"
    notes = [note("N1", "2022-12-31", 500, "h1"), note("N2", "2022-12-31", 70, "h2")]
    (both,) = given(staged_loan_note=notes)(total)
    (one,) = given(staged_loan_note=notes[:1])(total)
    assert both["yuan"] - one["yuan"] == Decimal(70)


def test_a_source_that_is_missing_is_named(
    tmp_path: Path, build_at: BuildAt, given_sources: GivenSources
) -> None:
    sources = given_sources()
    del sources["ref_reporter"]
    with pytest.raises(MissingSource, match="ref_reporter"):
        build_at(tmp_path / "one.duckdb", sources)


def test_a_null_where_none_may_be_names_table_and_column(build_from: BuildFrom) -> None:
    with pytest.raises(Misshapen, match=r"fact_loan_balance.*grant_date"):
        build_from(staged_loan_note=[note("N1", "2022-12-31", 100, "h1", grant_date=None)])


def test_a_select_that_gives_other_columns_is_refused(
    build_from: BuildFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = {"dim_reporter": "select reporter_code, 1 as kind from ref_reporter"}
    monkeypatch.setattr(
        construction, "model_sql", lambda _, name: odd.get(name) or model_sql(CATALOGUE, name)
    )
    with pytest.raises(Misshapen, match=r"dim_reporter: .*\('kind', 'INTEGER'\).*reporter_name"):
        build_from()


def test_equal_inputs_have_one_fingerprint(given_sources: GivenSources) -> None:
    assert (
        Inputs(CATALOGUE, given_sources(**GIVEN)).fingerprint
        == Inputs(CATALOGUE, given_sources(**GIVEN)).fingerprint
    )


def test_one_changed_value_changes_the_fingerprint(given_sources: GivenSources) -> None:
    sources = given_sources(**GIVEN)
    changed = sources["staged_loan_note"].with_columns(rate_pct=pl.lit(Decimal("4.35"), pl.Decimal(9, 4)))
    assert (
        Inputs(CATALOGUE, sources).fingerprint
        != Inputs(CATALOGUE, sources | {"staged_loan_note": changed}).fingerprint
    )


def test_empty_text_and_null_differ_in_the_fingerprint(given_sources: GivenSources) -> None:
    empty = digest(pl.DataFrame({"note": [""]}))
    null = digest(pl.DataFrame({"note": [None]}, schema={"note": pl.String}))
    assert empty != null


def test_the_fingerprint_of_files_is_of_their_bytes(tmp_path: Path) -> None:
    a, b = tmp_path / "1.parquet", tmp_path / "2.parquet"
    a.write_bytes(b"a")
    b.write_bytes(b"b")
    assert digest([a, b]) == digest([b, a])
    before = digest([a])
    a.write_bytes(b"c")
    assert digest([a]) != before
