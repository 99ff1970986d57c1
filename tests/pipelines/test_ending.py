"""However a run ends, its record says how; made of small runs that hold a home as a load does."""

import json
import shutil
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.assets.checks import asset_check_results, check_specs
from pipelines.assets.load import load
from pipelines.assets.resources import HeldHome
from pipelines.state.load_record import LoadRecord, read_records
from schemas.check_result import CheckResult
from schemas.errors import XiangcangError
from tests.district import COUNTY
from tests.pipelines.load_records import web_server, write_channels
from warehouse.checks.frames import write_checks

GOOD = CheckResult("good", "t", "key", "主键不应重复", "high", True, 0, 5, None)
ODD = CheckResult("odd", "t", "plausibility", "户均人口应在 1 至 8 人之间", "low", False, 3, 5, "warn")
WRONG = CheckResult("wrong", "t", "reference", "乡镇应在名录中", "high", False, 1, 5, "error")
BROKEN = CheckResult("broken", "t", "key", "主键不应重复", "high", True, 2, 5, "error")


@dg.asset(key="intake")
def intake(context: dg.AssetExecutionContext, held: HeldHome) -> None:
    with held.step(context) as load:
        load.receive({"accepted": 2, "rejected": 1}, {"accepted": 20}, open_rejected_deliveries=4)


def warehouse(*checks: CheckResult, version: str | None = None, error: str | None = None) -> Any:
    """A build with these results, which publishes a version, nothing, or fails."""
    key = dg.AssetKey(["fact", "t"])

    @dg.multi_asset(
        name="warehouse",
        specs=[dg.AssetSpec(key, deps=["intake"], skippable=True)],
        check_specs=check_specs(key, checks),
    )
    def build(
        context: dg.AssetExecutionContext, held: HeldHome
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with held.step(context) as load:
            held.store.prepare()
            write_checks(held.store.last_build, checks)
            load.check((key.to_user_string(), check) for check in checks)
            yield from asset_check_results(key, checks, {})
            if error:
                raise dg.Failure(error, allow_retries=False)
            if version:
                load.publish(version)
                yield dg.MaterializeResult(asset_key=key)

    return build


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def run(home: Path, instance: dg.DagsterInstance, *assets: Any) -> LoadRecord:
    """Run these after `intake`, and read what is kept of it."""
    shutil.copytree(COUNTY, home / "county", dirs_exist_ok=True)
    held = HeldHome(root=str(home), wait_seconds=0)
    dg.materialize([intake, *assets, load], instance=instance, resources={"held": held}, raise_on_error=False)
    (record,) = read_records(home)
    assert [path.suffix for path in (home / "history" / "loads").iterdir()] == [".json"]
    return record


def test_a_run_that_publishes(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    record = run(tmp_path, instance, warehouse(GOOD, version="v000001"))

    assert (record.state, record.published, record.error) == ("published", True, None)
    assert record.deliveries == {"accepted": 2, "rejected": 1}
    assert record.rows == {"accepted": 20}
    assert record.open_rejected_deliveries == 4
    assert record.checks == {"passed": 1, "warned": 0, "failed": 0}
    assert record.failing == ()
    assert record.started_at <= record.ended_at
    assert record.ended_at.utcoffset() == timedelta(hours=8)


def test_a_run_that_builds_nothing(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    record = run(tmp_path, instance, warehouse(GOOD))

    assert (record.state, record.published, record.version) == ("unchanged", False, None)


def test_what_follows_a_build_of_nothing_is_skipped_and_that_is_no_interruption(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    @dg.asset(deps=[dg.AssetKey(["fact", "t"])])
    def bulletin(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        raise AssertionError("it follows a table that was not made anew")

    record = run(tmp_path, instance, warehouse(GOOD), bulletin)
    assert (record.state, record.error) == ("unchanged", None)


def test_a_run_that_only_receives(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    assert run(tmp_path, instance).state == "received"


def test_checks_that_fail_are_named_the_gravest_first(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    record = run(tmp_path, instance, warehouse(ODD, GOOD, WRONG, version="v000001"))

    assert record.state == "published"
    assert record.checks == {"passed": 1, "warned": 1, "failed": 1}
    assert [check.model_dump() for check in record.failing] == [
        {
            "asset": "fact/t", "check": "wrong", "title": "乡镇应在名录中", "severity": "error",
            "blocking": False, "failed_rows": 1, "checked_rows": 5,
        },
        {
            "asset": "fact/t", "check": "odd", "title": "户均人口应在 1 至 8 人之间", "severity": "warn",
            "blocking": False, "failed_rows": 3, "checked_rows": 5,
        },
    ]  # fmt: skip


def test_a_blocking_check_that_fails(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    record = run(tmp_path, instance, warehouse(ODD, BROKEN, error="有 1 项检查未通过，没有发布"))

    assert (record.state, record.published) == ("blocked", False)
    assert record.error == "有 1 项检查未通过，没有发布"
    assert [check.check for check in record.failing] == ["broken", "odd"]


def test_a_step_that_raises_is_reported_in_the_words_of_the_first_cause(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    @dg.asset(deps=["intake"])
    def staged(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        with held.step(context):
            try:
                raise OSError("No space left on device")
            except OSError as error:
                raise RuntimeError("writing failed") from error

    record = run(tmp_path, instance, staged)
    assert record.state == "failed"
    assert record.error == "OSError: No space left on device"
    assert record.deliveries["accepted"] == 2


def test_a_refusal_is_reported_in_its_own_words(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    @dg.asset(deps=["intake"])
    def staged(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        with held.step(context):
            try:
                raise FileNotFoundError("No such file or directory")
            except OSError as error:
                raise XiangcangError("没有限度 thresholds.toml") from error

    assert run(tmp_path, instance, staged).error == "没有限度 thresholds.toml"


def test_a_version_stays_published_when_what_follows_fails(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    @dg.asset(deps=[dg.AssetKey(["fact", "t"])])
    def bulletin(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        with held.step(context):
            raise dg.Failure("公报没有写出")

    record = run(tmp_path, instance, warehouse(GOOD, version="v000001"), bulletin)
    assert (record.state, record.published, record.error) == ("failed", True, "公报没有写出")


def test_an_interrupted_run_says_how_to_go_on(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    @dg.asset(deps=["intake"])
    def staged(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        with held.step(context):
            signal.raise_signal(signal.SIGINT)

    record = run(tmp_path, instance, staged)
    assert record.state == "failed"
    assert "再次执行 xiangcang load" in str(record.error)


def test_a_load_is_ended_by_the_last_step_also_after_a_failure(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    broken = warehouse(BROKEN, error="有 1 项检查未通过，没有发布")

    @dg.asset(deps=[dg.AssetKey(["fact", "t"])])
    def bulletin(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        raise AssertionError("what follows a failed step is skipped")

    record = run(tmp_path, instance, broken, bulletin)

    ends = (dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.STEP_FAILURE)
    steps = [entry.step_key for entry in instance.all_logs(record.run_id) if entry.dagster_event_type in ends]
    assert steps == ["intake", "warehouse", "load"]
    (shown,) = instance.fetch_materializations(dg.AssetKey("load"), limit=1).records
    assert shown.asset_materialization is not None
    assert shown.asset_materialization.metadata["state"].value == "检查未通过，没有发布"
    assert shown.asset_materialization.metadata["checks_failed"].value == 1


def test_a_run_without_the_last_step_is_ended_all_the_same(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    held = HeldHome(root=str(tmp_path), wait_seconds=0)
    dg.materialize([intake], instance=instance, resources={"held": held})

    (record,) = read_records(tmp_path)
    assert (record.state, record.deliveries) == ("received", {"accepted": 2, "rejected": 1})


def test_each_run_sends_one_message_of_what_its_record_says(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    with web_server() as (url, got):
        write_channels(tmp_path, url)
        record = run(tmp_path, instance, warehouse(ODD, version="v000001"))

    (message,) = got
    assert "提醒 户均人口应在 1 至 8 人之间：3 行" in message["message"]
    (kept,) = (tmp_path / "history/alerts").iterdir()
    assert kept.name == record.name
    assert json.loads(kept.read_bytes())["undelivered"] == []


def page(home: Path) -> str:
    return (home / "pages" / "质量.html").read_text("utf-8")


def test_each_run_leaves_the_quality_page_of_how_it_ended(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    run(tmp_path, instance, warehouse(GOOD))

    assert "没有改动，未重建" in page(tmp_path)
    assert "现行版本 尚无" in page(tmp_path)
    assert "合成示例数据" not in page(tmp_path)


def test_the_page_of_a_blocked_run_has_the_checks_of_its_build(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    run(tmp_path, instance, warehouse(ODD, BROKEN, error="有 1 项检查未通过，没有发布"))

    html = page(tmp_path)
    assert 'data-state="blocked"><strong>检查未通过，没有发布</strong>' in html
    failing = html.partition('<section id="failing">')[2]
    assert (
        failing.index('data-grave="阻断发布"')
        < failing.index("主键不应重复")
        < failing.index('data-grave="提醒"')
    )
    assert "还没有发布过任何版本" in html


def test_a_page_that_cannot_be_written_is_reported_by_record_alert_and_log(
    tmp_path: Path, instance: dg.DagsterInstance, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "pages").write_text("in the way", "utf-8")
    with web_server() as (url, got):
        write_channels(tmp_path, url)
        record = run(tmp_path, instance, warehouse(GOOD, version="v000001"))

    assert (record.state, record.error) == ("published", None)
    assert str(record.page_error).startswith("FileExistsError")
    assert "质量页没有写出" in got[0]["message"]
    assert "the quality page was not written" in caplog.text


def test_the_score_of_a_run_is_kept(tmp_path: Path, instance: dg.DagsterInstance) -> None:
    @dg.asset(key=["quality", "score"], deps=[dg.AssetKey(["fact", "t"])])
    def score(context: dg.AssetExecutionContext, held: HeldHome) -> None:
        with held.step(context) as load:
            load.score(98.5, {"终值": 3})

    assert run(tmp_path, instance, warehouse(GOOD, version="v000001"), score).quality_score_pct == 98.5
