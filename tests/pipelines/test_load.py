"""A second load without news: a run of its own, and nothing built or published."""

from functools import partial
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipelines.cli import main
from pipelines.load import load
from pipelines.state.instance import run_history
from pipelines.state.load_record import LoadRecord, read_records
from pipelines.terminal.headlines import read_headlines
from schemas.county.terms import read_county_terms
from tests.pipelines.homes import digest, receipts_in_force
from warehouse.build.publish import versions
from warehouse.database.query import query
from warehouse.database.store import Store

LOAN_BALANCE = dg.AssetKey(["fact", "loan_balance"])
STAGED_LOANS = dg.AssetKey(["staging", "loan_note"])


@pytest.fixture(scope="module")
def published_before(home: Path) -> str:
    return digest(Store(home).current)


@pytest.fixture(scope="module")
def record(home: Path, published_before: str) -> LoadRecord:
    return load(home, settle_seconds=0)


def test_nothing_is_received_or_published(record: LoadRecord) -> None:
    assert record.error is None
    assert record.deliveries == {"accepted": 0, "held": 0, "rejected": 0, "duplicate": 0}
    assert set(record.rows.values()) == {0}
    assert not record.published


def test_the_published_file_is_the_same(home: Path, published_before: str, record: LoadRecord) -> None:
    assert digest(Store(home).current) == published_before
    assert [manifest.version for manifest in versions(Store(home))] == [record.version]


def test_the_figures_are_still_there(home: Path, record: LoadRecord) -> None:
    assert record.synthetic
    codes = read_county_terms(home / "county").headlines
    figures = read_headlines(partial(query, Store(home)), codes)
    assert [(f.indicator_code, f.period, int(f.value or 0)) for f in figures] == [
        ("agri_processing_sales_revenue", "2022", 1_195_000_000),
        ("agri_processing_output_value", "2022", 989_000_000),
        ("admin_village_count", "2022", 94),
        ("village_bus_coverage_rate", "2022", 100),
        ("farmer_loan_disbursed_cum", "2022", 6_258_000),
        ("farmer_loan_household_count", "2022", 93),
    ]


def test_the_record_counts_every_check(home: Path, record: LoadRecord) -> None:
    recorded = pl.read_parquet(Store(home).record(str(record.version)) / "check_result.parquet")
    assert sum(record.checks.values()) == recorded.height
    assert record.checks["passed"] == recorded["is_passed"].sum()


def test_the_versions_count_checks_as_the_load_did(
    home: Path, record: LoadRecord, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGCANG_HOME", str(home))
    assert main(["versions"]) == 0
    (row,) = [line for line in capsys.readouterr().out.splitlines() if str(record.version) in line]
    warned, failed = (cell.strip() for cell in row.split("│")[6:8])
    assert (int(warned), int(failed)) == (record.checks["warned"], record.checks["failed"]) == (11, 0)


def test_the_history_has_one_run_for_each_load(home: Path, record: LoadRecord) -> None:
    with run_history(home) as instance:
        newest, first = instance.get_runs()
    assert newest.run_id == record.run_id
    assert newest.status == first.status == dg.DagsterRunStatus.SUCCESS
    assert newest.job_name == first.job_name == "nightly"


def test_what_is_unchanged_shows_as_the_first_load_left_it(home: Path, record: LoadRecord) -> None:
    checks = [
        dg.AssetCheckKey(LOAN_BALANCE, "fact_loan_balance__key"),
        dg.AssetCheckKey(STAGED_LOANS, "required_filled"),
    ]
    with run_history(home) as instance:
        tables = [instance.get_latest_materialization_event(key) for key in (LOAN_BALANCE, STAGED_LOANS)]
        evaluated = instance.event_log_storage.get_latest_asset_check_execution_by_key(checks)
        bytes_of_run = Path(instance.event_log_storage.path_for_shard(record.run_id)).stat().st_size  # type: ignore[attr-defined]
    first = {event.run_id for event in tables if event}
    assert len(first) == 1
    assert record.run_id not in first
    assert {check.run_id for check in evaluated.values()} == first
    assert set(evaluated) == set(checks)
    assert bytes_of_run < 700_000


def test_a_staging_asset_shows_its_rejected_rows(home: Path, record: LoadRecord) -> None:
    with run_history(home) as instance:
        event = instance.get_latest_materialization_event(STAGED_LOANS)
    assert event is not None
    assert event.asset_materialization is not None
    shown = event.asset_materialization.metadata
    accepted = sum(receipt.rows.accepted for receipt in receipts_in_force(home, "loan_note"))
    assert shown["dagster/row_count"].value == accepted
    table = str(shown["rejected_rows"].value).splitlines()
    assert table[0].startswith("| 文件 | 工作表 | 单元格 | 规则 | 说明 |")
    assert 3 <= len(table) <= 52


def test_the_newest_record_is_this_loads(home: Path, record: LoadRecord) -> None:
    assert next((kept.run_id, kept.state) for kept in read_records(home)) == (record.run_id, "unchanged")
    assert record.job == "nightly"
    assert record.started_at < record.ended_at
    assert len(record.failing) == record.checks["warned"] + record.checks["failed"] > 0
    assert record.open_rejected_deliveries is not None
