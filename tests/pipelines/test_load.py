"""A load as a run: one in the history for each, nothing built without news, nothing published when blocked."""

import hashlib
import json
import shutil
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipelines.cli import main
from pipelines.instance import run_history
from pipelines.load import load
from pipelines.outcome import Outcome
from sources.home import Home
from sources.receipts import Receipt, in_force, read_receipts
from warehouse.publish import current, versions
from warehouse.store import Store


def runs(home: Path) -> list[tuple[str, dg.DagsterRunStatus]]:
    """Newest first."""
    with run_history(home) as instance:
        return [(run.run_id, run.status) for run in instance.get_runs()]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def receipts_in_force(home: Path, table: str) -> list[Receipt]:
    receipts = read_receipts(Home(home))
    return [r for r in in_force(receipts, receipts[-1].received_at) if r.table == table]


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample district as one load has left it."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    shutil.copytree(sample_home, home)
    return home


class TestWithoutNews:
    """The second load of the same home."""

    @pytest.fixture(scope="class")
    def before(self, home: Path) -> str:
        return digest(Store(home).current)

    @pytest.fixture(scope="class")
    def outcome(self, home: Path, before: str) -> Outcome:
        return load(home, settle_seconds=0)

    def test_nothing_is_received_or_published(self, outcome: Outcome) -> None:
        assert outcome.deliveries == {"accepted": 0, "rejected": 0, "duplicate": 0}
        assert set(outcome.rows.values()) == {0}
        assert not outcome.published
        assert outcome.error is None

    def test_the_published_file_is_the_same(self, home: Path, before: str, outcome: Outcome) -> None:
        assert digest(Store(home).current) == before
        assert [manifest.version for manifest in versions(Store(home))] == [outcome.version]

    def test_the_figures_are_still_told(self, outcome: Outcome) -> None:
        assert outcome.synthetic
        assert outcome.figures["sales_revenue_yuan"] == 1_195_000_000
        assert outcome.figures["output_value_yuan"] == 989_000_000
        assert outcome.figures["villages_with_bus"] == outcome.figures["villages"] == 94
        rural_bank = outcome.figures["farm_loans"]["rcb_yungang"]
        assert (rural_bank["amount_yuan"], rural_bank["households"]) == (6_258_000, 93)

    def test_every_check_is_told_again(self, home: Path, outcome: Outcome) -> None:
        recorded = pl.read_parquet(Store(home).record(str(outcome.version)) / "check_result.parquet")
        assert sum(outcome.checks.values()) == recorded.height
        assert outcome.checks["passed"] == recorded["is_passed"].sum()

    def test_there_is_one_run_for_each_load(self, home: Path, outcome: Outcome) -> None:
        assert [status for _, status in runs(home)] == [dg.DagsterRunStatus.SUCCESS] * 2
        assert runs(home)[0][0] == outcome.run_id

    def test_the_tables_are_said_to_be_unchanged_and_not_made_anew(
        self, home: Path, outcome: Outcome
    ) -> None:
        with run_history(home) as instance:
            made = instance.get_latest_materialization_event(dg.AssetKey(["fact", "loan_balance"]))
            seen = instance.fetch_observations(dg.AssetKey(["fact", "loan_balance"]), limit=1).records[0]
        assert made is not None
        assert made.run_id != outcome.run_id
        assert seen.run_id == outcome.run_id
        assert seen.asset_observation is not None
        assert seen.asset_observation.metadata["unchanged"].value is True

    def test_the_staging_assets_show_rejected_rows(self, home: Path, outcome: Outcome) -> None:
        with run_history(home) as instance:
            event = instance.get_latest_materialization_event(dg.AssetKey(["staging", "loan_note"]))
        assert event is not None
        assert event.asset_materialization is not None
        shown = event.asset_materialization.metadata
        accepted = sum(r.rows.accepted for r in receipts_in_force(home, "loan_note"))
        assert shown["dagster/row_count"].value == accepted
        table = str(shown["rejected_rows"].value).splitlines()
        assert table[0].startswith("| 填报单位 | 文件 | 报告期 | 工作表 | 单元格 |")
        assert 3 <= len(table) <= 52


class TestBlocked:
    """Staged rows that are there twice: keys no longer hold."""

    @pytest.fixture(scope="class")
    def home(self, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
        copy = tmp_path_factory.mktemp("blocked") / "home"
        shutil.copytree(home, copy)
        part = receipts_in_force(copy, "agri_processing")[-1].staged_files[0]
        rows = pl.read_parquet(copy / part.path)
        pl.concat([rows, rows]).write_parquet(copy / part.path)
        return copy

    def test_it_fails_and_publishes_nothing(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before, version = digest(Store(home).current), current(Store(home))
        monkeypatch.setenv("XIANGCANG_HOME", str(home))

        assert main(["load", "--json", "--settle", "0"]) == 1

        printed = capsys.readouterr()
        said = json.loads(printed.out)
        assert said["published"] is False
        assert "fact_agri_processing__key" in said["error"]
        assert "原有数据不变" in printed.err
        assert digest(Store(home).current) == before
        assert current(Store(home)) == version

        failed_key = dg.AssetCheckKey(dg.AssetKey(["fact", "agri_processing"]), "fact_agri_processing__key")
        with run_history(home) as instance:
            (run,) = instance.get_runs(limit=1)
            told = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
        assert run.status == dg.DagsterRunStatus.FAILURE
        evaluations = [log.get_dagster_event().asset_check_evaluation_data for log in told]
        assert [e.passed for e in evaluations if e.asset_check_key == failed_key] == [False]
        assert len(evaluations) == sum(said["checks"].values()), "checks are told, also of a blocked build"
