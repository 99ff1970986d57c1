"""A build that breaks a blocking check: reported in every place, and nothing is published."""

import json
import subprocess
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipelines.cli import main
from pipelines.state.instance import run_history
from schemas.files.sealed import read_sealed, seal
from tests.pipelines.homes import digest, receipts_in_force
from warehouse.build.publish import current
from warehouse.database.store import Store

BROKEN_KEY = dg.AssetCheckKey(dg.AssetKey(["fact", "agri_processing"]), "fact_agri_processing__key")


@pytest.fixture
def home_with_rows_twice(small_home: Path, tmp_path: Path) -> Path:
    """Staged rows that are there twice, and were received so: a key does not hold."""
    home = tmp_path / "home"
    subprocess.run(["cp", "-a", small_home, home], check=True)
    receipt = receipts_in_force(home, "agri_processing")[-1]
    (part,) = receipt.staged_files
    rows = pl.read_parquet(home / part.path)
    pl.concat([rows, rows]).write_parquet(home / part.path)
    (record,) = (home / "receipts").glob(f"{receipt.delivery_id}.r{receipt.revision}.json")
    written = read_sealed(record).replace(part.sha256.encode(), digest(home / part.path).encode())
    record.chmod(0o600)
    record.write_bytes(seal(written))
    return home


def test_a_blocked_load_fails_and_leaves_the_published_file_as_it_was(
    home_with_rows_twice: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = home_with_rows_twice
    published, version = digest(Store(home).current), current(Store(home))
    monkeypatch.setenv("XIANGCANG_HOME", str(home))

    assert main(["load", "--json", "--settle", "0"]) == 1

    printed = capsys.readouterr()
    payload = json.loads(printed.out)
    assert payload["published"] is False
    assert BROKEN_KEY.name in payload["error"]
    assert "原有数据不变" in printed.err
    assert digest(Store(home).current) == published
    assert current(Store(home)) == version

    with run_history(home) as instance:
        (run,) = instance.get_runs(limit=1)
        logs = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    assert run.status == dg.DagsterRunStatus.FAILURE
    evaluations = [log.get_dagster_event().asset_check_evaluation_data for log in logs]
    assert [e.passed for e in evaluations if e.asset_check_key == BROKEN_KEY] == [False]
    assert len(evaluations) < 50 < sum(payload["checks"].values())  # those that hold as before stand
