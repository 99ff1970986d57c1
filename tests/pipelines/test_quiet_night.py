"""A night in which nothing is new ends without a run; any doubt asks for one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.assets.due import holds_until
from pipelines.quiet_night import Doubt, end_quietly
from pipelines.schedules import nightly_schedule
from pipelines.state import last_good
from pipelines.state.instance import run_history
from pipelines.state.last_good import hash_given, keep_last_good, name_changed
from pipelines.state.load_record import LoadRecord, read_records, write_record
from pipelines.state.lock import hold
from pipelines.state.metrics import METRICS
from sources.county.expected import Expected
from sources.home.folders import Home
from sources.home.receipts import INTERNAL_ERROR, Reason
from tests.district import prepare
from tests.pipelines.load_records import AT_NIGHT, MANIFEST, OUTPUT_RATIO, clean, with_failing
from tests.sources.holding.receipts import receipt
from warehouse.database.store import Store

NEXT_NIGHT = AT_NIGHT + timedelta(days=1)
VERSION = "v000007"
FAILING = with_failing(OUTPUT_RATIO)


def loaded(root: Path, record: LoadRecord, until: date | None = None) -> Path:
    """A home of a few files as a good load leaves it."""
    home, store = Home(root), Store(root)
    prepare(home)
    store.prepare()
    store.file(VERSION).write_bytes(b"tables")
    os.link(store.file(VERSION), store.current)
    for path in (
        store.record(VERSION) / "manifest.json",
        home.receipts / "a.r1.json",
        home.staging / "grid" / "a.parquet",
        home.rejected / "a.parquet",
        home.arrivals / "a.json",
        home.lists / "a",
        home.county / "indicators.toml",
        home.decisions / "a.json",
        home.corrections / "a.toml",
        root / "pages" / "质量.html",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MANIFEST.to_json() if path.name == "manifest.json" else "as it was")
    write_record(root, record)
    keep_last_good(root, record, given=hash_given(root), holds_until=until)
    return root


def drop(root: Path) -> None:
    (root / "inbox" / "高山镇").mkdir()
    (root / "inbox" / "高山镇" / "grid.xlsx").write_text("new")


def write(*names: str) -> Callable[[Path], None]:
    """Write other bytes, as many as there were, into a file, and set back its time."""

    def change(root: Path) -> None:
        path = root.joinpath(*names)
        before = path.stat()
        path.write_text("as it wes")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def roll_back(root: Path) -> None:
    store = Store(root)
    store.file("v000006").write_bytes(b"tables")
    store.current.unlink()
    os.link(store.file("v000006"), store.current)


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"decisions", b"ddcisions"))


def fail(root: Path) -> None:
    write_record(
        root, clean(state="failed", error="磁盘已满", run_id="b", ended_at=AT_NIGHT + timedelta(hours=1))
    )


def leave_undelivered(root: Path) -> None:
    path = root / "history" / "alerts" / clean().name
    path.parent.mkdir()
    path.write_text(json.dumps({"at": AT_NIGHT.isoformat(), "undelivered": ["urls[1] json"]}))


def interrupt(root: Path) -> None:
    (root / "load.lock").write_text(json.dumps({"run_id": "killed", "pid": "1"}))


DOUBTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file in the inbox": (drop, "收件箱中有 1 个文件"),
    "a receipt": (write("receipts", "a.r1.json"), "回执"),
    "a damaged staged file": (write("staging", "grid", "a.parquet"), "暂存文件"),
    "a staged file that is gone": (lambda root: (root / "staging/grid/a.parquet").unlink(), "暂存文件"),
    "rejected rows": (write("rejected", "a.parquet"), "退回行文件"),
    "an arrival": (write("archive", "arrivals", "a.json"), "归档记录"),
    "a division list that is gone": (lambda root: (root / "archive/lists/a").unlink(), "归档记录"),
    "a file of the county": (write("county", "indicators.toml"), "区县资料（indicators.toml）"),
    "a file of the county that is gone": (lambda root: (root / "county/indicators.toml").unlink(), "区县资料（indicators.toml）"),
    "a decision": (write("decisions", "a.json"), "决定"),
    "a correction": (write("corrections", "a.toml"), "更正"),
    "another key": (lambda root: (root / "keys/person.key").write_bytes(b"other"), "密钥"),
    "a record of the version that is gone": (lambda root: (root / f"history/{VERSION}/manifest.json").unlink(), "版本"),
    "no published file": (lambda root: Store(root).current.unlink(), "已发布的文件"),
    "a rollback": (roll_back, "已发布的文件"),
    "no file of the version": (lambda root: Store(root).file(VERSION).unlink(), "已发布的文件"),
    "a published file of another size": (lambda root: Store(root).current.write_bytes(b"tab"), "已发布的文件"),
    "a page that is gone": (lambda root: (root / "pages/质量.html").unlink(), "页面"),
    "a load that failed since": (fail, "没有成功"),
    "a load that was killed": (interrupt, "被中断"),
    "an alert that did not arrive": (leave_undelivered, "没有送达"),
    "nothing kept of the last good load": (lambda root: (root / "last_good.json").unlink(), "没有上一次"),
    "a letter that is another": (lambda root: damage(root / "last_good.json"), "没有上一次"),
    "a file that cannot be read": (lambda root: (root / "last_good.json").write_text("{"), "没有上一次"),
}  # fmt: skip


def test_a_night_without_news_ends_well_with_a_record_of_its_own(tmp_path: Path) -> None:
    loaded(tmp_path, FAILING)
    record = end_quietly(tmp_path, NEXT_NIGHT)
    assert isinstance(record, LoadRecord)
    assert next(read_records(tmp_path)) == record.model_copy(update={"previous": FAILING.name})
    assert (record.state, record.published, record.version) == ("unchanged", False, VERSION)
    assert record.ended_well
    assert set(record.deliveries.values()) == set(record.rows.values()) == {0}
    assert (record.checks, record.failing) == (FAILING.checks, FAILING.failing)
    assert isinstance(end_quietly(tmp_path, NEXT_NIGHT + timedelta(days=1)), LoadRecord)


def test_a_night_without_news_leaves_metrics(tmp_path: Path) -> None:
    end_quietly(loaded(tmp_path, clean()), NEXT_NIGHT)
    text = (tmp_path / METRICS).read_text("utf-8")
    assert 'xiangcang_last_load_state{state="unchanged"} 1\n' in text
    assert f"xiangcang_last_good_load_end_timestamp_seconds {NEXT_NIGHT.timestamp():.0f}" in text
    assert 'xiangcang_published_rows{layer="fact"} 7\n' in text


@pytest.mark.parametrize(("change", "reason"), DOUBTS.values(), ids=DOUBTS.keys())
def test_any_change_is_a_doubt(tmp_path: Path, change: Callable[[Path], object], reason: str) -> None:
    change(loaded(tmp_path, clean()))
    doubt = end_quietly(tmp_path, NEXT_NIGHT)
    assert isinstance(doubt, Doubt)
    assert reason in doubt.reason


@pytest.mark.parametrize(("name", "value"), [("_PACKAGES", ("schemas",)), ("_SETTINGS", ("HOME",))])
def test_other_code_libraries_or_settings_are_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: tuple[str, ...]
) -> None:
    loaded(tmp_path, clean())
    monkeypatch.setattr(last_good, name, value)
    assert isinstance(end_quietly(tmp_path, NEXT_NIGHT), Doubt)


def test_what_is_written_by_hand_while_a_load_runs_is_not_taken_for_read(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    begun_with = hash_given(tmp_path)
    write("corrections", "a.toml")(tmp_path)
    keep_last_good(tmp_path, clean(), given=begun_with, holds_until=None)
    assert isinstance(end_quietly(tmp_path, NEXT_NIGHT), Doubt)


def test_files_of_the_county_are_named_up_to_three() -> None:
    before = {"program": "1", "county/a": "1", "county/b": "1"}
    now = {"program": "2", "county/b": "1", "county/c/d": "1"}
    assert name_changed(before, now) == "程序、区县资料（a、c/d）"
    more = {f"county/{name}": "1" for name in "efgh"}
    assert name_changed(before, before | more) == "区县资料（e、f、g 等 4 个文件）"
    assert name_changed(before | {"county": "1"}, before) == "区县资料"
    assert name_changed(before | {"of another release": "1"}, before) == "of another release"


def test_a_running_load_and_a_spent_budget_are_doubts(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    with hold(tmp_path, "another", wait_seconds=0):
        assert end_quietly(tmp_path, NEXT_NIGHT) == Doubt("另一次加载正在进行")
    assert end_quietly(tmp_path, NEXT_NIGHT, budget_seconds=-1) == Doubt("查看用时超过 -1 秒")


def test_failing_checks_are_told_again_by_a_run_after_a_week(tmp_path: Path) -> None:
    loaded(tmp_path, FAILING)
    assert isinstance(end_quietly(tmp_path, AT_NIGHT + timedelta(days=6)), LoadRecord)
    doubt = end_quietly(tmp_path, AT_NIGHT + timedelta(days=7))
    assert isinstance(doubt, Doubt)
    assert "再提醒" in doubt.reason


def test_the_day_after_a_due_date_asks_for_a_run(tmp_path: Path) -> None:
    loaded(tmp_path, clean(), until=date(2023, 1, 26))
    assert isinstance(end_quietly(tmp_path, datetime(2023, 1, 25, 1, 30, tzinfo=AT_NIGHT.tzinfo)), LoadRecord)
    doubt = end_quietly(tmp_path, datetime(2023, 1, 26, 1, 30, tzinfo=AT_NIGHT.tzinfo))
    assert doubt == Doubt("结果只保到 2023-01-26 之前：有日子到期，或有没能读写的文件要再试")


def expected(period: str, due: date) -> Expected:
    return Expected("grid", "网格", "gaoshan", period, due, is_due=False, is_early=False)


@pytest.mark.parametrize(
    ("deliveries", "day"),
    [
        ([("2022", date(2023, 1, 25))], date(2023, 1, 26)),  # then it is overdue
        ([("2023-01", date(2023, 2, 10))], date(2023, 1, 31)),  # then its period is over
        ([("2022-11", date(2022, 12, 10))], date(2024, 1, 1)),  # then more is expected
    ],
)
def test_results_hold_until_a_date_alone_changes_them(
    tmp_path: Path, deliveries: list[tuple[str, date]], day: date
) -> None:
    assert holds_until(Home(tmp_path), [expected(*d) for d in deliveries], [], AT_NIGHT) == day


def test_an_arrival_that_is_dated_later_ends_it(tmp_path: Path) -> None:
    later = receipt("later", received_at=AT_NIGHT + timedelta(days=2))
    assert holds_until(Home(tmp_path), [], [later], AT_NIGHT) == date(2023, 1, 22)


@pytest.mark.parametrize("rules_hash", ["", "as now"])
def test_a_file_that_the_machine_failed_on_is_tried_again_the_next_night(
    tmp_path: Path, rules_hash: str
) -> None:
    reason = Reason(rule=INTERNAL_ERROR, sheet="", cell="", message="磁盘已满")
    failed = receipt("failed", outcome="rejected", reasons=[reason], rules_hash=rules_hash)
    until = holds_until(Home(tmp_path), [], [failed], AT_NIGHT)
    loaded(tmp_path, clean(), until)
    assert isinstance(end_quietly(tmp_path, NEXT_NIGHT), Doubt) == (rules_hash == "")


def tick(root: Path, instance: dg.DagsterInstance) -> Any:
    return nightly_schedule(Home(root)).evaluate_tick(dg.build_schedule_context(instance=instance))


def test_the_schedule_skips_a_quiet_night_and_leaves_an_observation(tmp_path: Path) -> None:
    loaded(tmp_path, clean())
    with run_history(tmp_path) as instance:
        skipped = tick(tmp_path, instance)
        (seen,) = instance.fetch_observations(dg.AssetKey("load"), limit=2).records
    assert not skipped.run_requests
    assert skipped.skip_message == f"没有改动，未启动运行；现行版本 {VERSION}"
    assert seen.asset_observation is not None
    assert seen.asset_observation.metadata["state"].value == "没有改动，未重建"


def test_the_schedule_says_on_the_run_why_it_was_launched(tmp_path: Path) -> None:
    drop(loaded(tmp_path, clean()))
    with run_history(tmp_path) as instance:
        (request,) = tick(tmp_path, instance).run_requests
    assert request.tags["xiangcang/reason"] == "收件箱中有 1 个文件"


def test_an_observation_that_fails_launches_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_instance: object, _event: object) -> None:
        raise OSError("disk full")

    loaded(tmp_path, clean())
    monkeypatch.setattr(dg.DagsterInstance, "report_runless_asset_event", refuse)
    with run_history(tmp_path) as instance:
        assert len(tick(tmp_path, instance).run_requests) == 1


def test_the_look_needs_neither_dagster_nor_tables() -> None:
    look = "import sys, pipelines.quiet_night; print(*{'dagster', 'polars', 'pandera', 'duckdb'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, check=True).stdout == b"\n"
