"""A load with failing checks that block nothing: record, summary, alert, quality page and UI say the same."""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines.assets.forms import form_key
from pipelines.state.instance import run_history
from pipelines.state.load_record import LoadRecord, read_records
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from tests.journeys.command import xiangcang
from tests.pipelines.load_records import web_server, write_channels


@dataclass(frozen=True)
class Ended:
    """A load, and what came of it."""

    home: Path
    record: LoadRecord
    summary: str
    messages: list[dict[str, Any]]


@pytest.fixture(scope="module")
def ended(small_inbox: Callable[[Path], list[Path]], tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The end of 2022 of a few reporters, loaded once."""
    home = tmp_path_factory.mktemp("ended")
    small_inbox(home)
    with web_server() as (url, got):
        write_channels(home, url, more='pages = "https://pages.example"')
        summary = xiangcang(home, "load", "--settle", "0")
    (record,) = read_records(home)
    return Ended(home, record, summary, got)


def test_it_publishes_and_names_the_failing_checks(ended: Ended) -> None:
    record = ended.record

    assert (record.job, record.state, record.version, record.error) == (
        "nightly",
        "published",
        "v000001",
        None,
    )
    assert len(record.failing) == record.checks["warned"] + record.checks["failed"] > 1
    assert not any(check.blocking for check in record.failing)


def test_the_record_agrees_with_what_was_published(ended: Ended) -> None:
    sql = "select table_name, check_name, title, severity, failed_rows, checked_rows from dq_check_result where not is_passed"
    published = json.loads(xiangcang(ended.home, "sql", "--json", sql))

    assert sorted(
        (c.check, c.title, c.severity, c.failed_rows, c.checked_rows) for c in ended.record.failing
    ) == sorted(
        tuple(row[name] for name in ("check_name", "title", "severity", "failed_rows", "checked_rows"))
        for row in published
    )


def test_the_summary_names_them(ended: Ended) -> None:
    first = ended.record.failing[:6]
    lines = ended.summary.splitlines()

    counts = [line.split()[1] for check in first for line in lines if check.title[:20] in line]
    assert counts == [f"{check.failed_rows:,}" for check in first]


def test_the_quality_page_names_them_with_their_rows(ended: Ended) -> None:
    page = (ended.home / "pages" / "质量.html").read_text("utf-8")
    shown = page.partition('<section id="failing">')[2].partition("</section>")[0]

    for check in ended.record.failing:
        assert html.escape(check.title) in shown
        assert f"{check.failed_rows:,} / {check.checked_rows:,}" in shown
    assert shown.count('<tr data-grave="') == len(ended.record.failing)


def test_the_quality_page_shows_no_value_of_a_form_with_personal_fields(ended: Ended) -> None:
    page = (ended.home / "pages" / "质量.html").read_text("utf-8")
    notes = json.loads(
        xiangcang(ended.home, "sql", "--json", "select distinct note_number from fact_loan_balance")
    )

    assert len(notes) > 50
    assert [note for note in notes if note["note_number"] in page] == []


def test_the_ui_has_each_as_a_failed_check_of_its_asset(ended: Ended) -> None:
    with run_history(ended.home) as instance:
        entries = instance.all_logs(ended.record.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    evaluations = [entry.get_dagster_event().asset_check_evaluation_data for entry in entries]

    assert {
        (e.asset_key.to_user_string(), e.check_name, e.metadata["failed_rows"].value)
        for e in evaluations
        if not e.passed
    } == {(check.asset, check.check, check.failed_rows) for check in ended.record.failing}


def test_the_ui_knows_which_forms_came(ended: Ended) -> None:
    with run_history(ended.home) as instance:
        came = instance.get_latest_materialization_event(form_key("loan_transaction"))
        never = instance.get_latest_materialization_event(form_key("leading_group"))

    assert came is not None
    assert came.asset_materialization is not None
    assert came.asset_materialization.metadata["latest_period"].value == "2022-12-31"
    assert never is None


def test_the_record_keeps_the_score_that_was_published(ended: Ended) -> None:
    sql = "select avg(score_pct) as score from dq_quality_score"
    (published,) = json.loads(xiangcang(ended.home, "sql", "--json", sql))

    assert ended.record.quality_score_pct == pytest.approx(published["score"])


def test_one_message_names_the_gravest_and_leads_to_the_run(ended: Ended) -> None:
    (message,) = ended.messages
    lines = message["message"].splitlines()

    assert message["title"] == "乡仓：已发布新版本（合成示例数据）"
    for check in ended.record.failing[:5]:
        assert any(check.title in line and f"：{check.failed_rows} 行" in line for line in lines)
    assert f"运行：http://127.0.0.1:3000/runs/{ended.record.run_id}" in lines


def test_the_message_names_no_file(ended: Ended) -> None:
    stems = {receipt.file.name.rsplit(".", 1)[0] for receipt in read_receipts(Home(ended.home))}

    assert len(stems) > 10
    assert [stem for stem in stems if stem in ended.messages[0]["message"]] == []


def test_the_home_is_not_silent(ended: Ended) -> None:
    xiangcang(ended.home, "overdue", code=0)
