"""The work list of the quality page: what is new first, with values, links and what to type."""

from dataclasses import replace
from typing import Any

import polars as pl

from schemas.check_result import CheckResult
from tests.district import BUILT
from tests.warehouse.reports.quality.made_up import LOAD, check, delivery, finding, published
from warehouse.reports.quality.content import content_of
from warehouse.reports.quality.html import to_html
from warehouse.reports.quality.listed import DeliveryLine
from warehouse.reports.quality.worklist import Task, list_tasks

DOUBT = {
    "check_name": "odd", "row_key": "高山村/甲 景点", "field": "visits", "value": "34220", "delivery_id": "d1",
    "sheet_name": "Sheet1", "sheet_row": 8, "is_confirmed": False,
}  # fmt: skip


def tasks(
    *checks: CheckResult, of: DeliveryLine, doubts: pl.DataFrame | None = None, **more: Any
) -> list[Task]:
    options: dict[str, Any] = {"is_new": lambda *_: False} | more
    indicators = {"rural_tourism": ["rural_tourism_visits", "rural_tourism_revenue"]}
    shown = published(doubts=[DOUBT]).doubts if doubts is None else doubts
    return list_tasks(checks, [of], shown, indicators, built=BUILT, **options)


def test_a_finding_stands_with_its_values_answer_links_figures_and_commands() -> None:
    of = delivery("d1", receipt="../outbox/r.html", copy="../outbox/c.xlsx", answers={("Sheet1", 8): "属实"})
    (task,) = tasks(check("odd", finding()), of=of)

    assert (task.reporter, task.form_title, task.period) == ("高山镇", "乡村旅游接待统计表", "2022-12")
    assert (task.file, task.place) == ("高山镇/d1.xlsx", "Sheet1 E8")
    assert task.evidence == "接待游客人次=34220"
    assert (task.answer, task.receipt, task.copy) == ("属实", "../outbox/r.html", "../outbox/c.xlsx")
    assert (task.asset, task.check) == ("fact/rural_tourism", "odd")
    assert task.figures.commands[0] == "xiangcang trace rural_tourism_visits -p 2022-12"
    assert task.actions == (
        ("核实无误", "xiangcang confirm-finding odd '高山村/甲 景点' visits 34220 --why 理由 --by 岗位"),
        ("撤回整份", "xiangcang withdraw d1 --why 理由 --by 岗位"),
    )
    assert 'reporter = "gaoshan"' in task.entry
    assert 'cell = "E8"\nfield = "visits"' in task.entry


def test_what_a_steward_has_confirmed_is_no_line_and_other_fields_of_its_row_are() -> None:
    confirmed = published(doubts=[DOUBT | {"is_confirmed": True}]).doubts
    other = finding(fields="revenue_yuan")

    assert tasks(check("odd", finding()), of=delivery("d1"), doubts=confirmed) == []
    assert [task.title for task in tasks(check("odd", other), of=delivery("d1"), doubts=confirmed)] == [
        "odd 应成立"
    ]


def test_what_came_late_is_not_to_be_sent_again() -> None:
    evidence = "form_title=乡村旅游接待统计表，reporter_code=gaoshan，due_date=2022-11-10"
    came = finding(None, evidence, sheet_name=None, sheet_row=None, cells=None, fields=None)
    (late,) = tasks(check("reporting_on_time", came), of=delivery("d1"))
    (missing,) = tasks(check("reporting_complete", came), of=delivery("d1"))

    assert late.advice.startswith("已经收到，不必再报")
    assert missing.advice.startswith("请填报单位报送")


def test_a_wrong_unit_is_told_in_words() -> None:
    slip = finding(evidence="slip=10，value=140.0，basis=next_year")
    (task,) = tasks(check("unit_slip", slip), of=delivery("d1"))

    assert task.evidence == "疑似单位差错=10，数值=140.0，所比=下年同期"


def test_no_command_holds_a_value_of_a_form_about_persons() -> None:
    (task,) = tasks(check("odd", finding()), of=delivery("d1"), personal_tables=["rural_tourism"])
    assert [does for does, _ in task.actions] == ["撤回整份"]


def test_what_is_new_stands_first_then_the_gravest() -> None:
    grave = check("grave", finding(), severity="error", importance="high")
    fresh = check("fresh", finding())
    listed = tasks(fresh, grave, check("stale", finding()), of=delivery("d1"), is_new=lambda c, _: c is fresh)
    assert [(task.title, task.is_new) for task in listed] == [
        ("fresh 应成立", True), ("grave 应成立", False), ("stale 应成立", False),
    ]  # fmt: skip


def test_a_missing_delivery_names_its_reporter_and_form() -> None:
    evidence = "form_title=乡村旅游接待统计表，reporter_code=gaoshan，due_date=2022-11-10"
    missing = finding(None, evidence, sheet_name=None, sheet_row=None, cells=None, fields=None)
    late = replace(check("late", missing), table="dq_expected_delivery")
    (task,) = tasks(late, of=delivery("d1"))
    assert (task.reporter, task.form_title) == ("高山镇", "乡村旅游接待统计表")
    assert task.evidence == "表名=乡村旅游接待统计表，填报单位代码=gaoshan，应报日期=2022-11-10"


def test_deliveries_that_wait_are_lines_with_their_decisions() -> None:
    held = delivery("d1", outcome="held", why="应有 31 行，缺 29 行")
    refused = delivery("d2", outcome="rejected", resend="awaited", has_wrong_totals=True)
    assert [command.split()[1] for _, command in tasks(of=held)[0].actions] == ["confirm", "withdraw"]
    assert [command.split()[1] for _, command in tasks(of=refused)[0].actions] == ["accept-totals"]


def test_the_page_escapes_what_senders_write_and_links_to_the_check() -> None:
    of = delivery("d1", answers={("Sheet1", 8): "<script>alert(1)</script>"})
    page = to_html(content_of([LOAD], [check("odd", finding())], [of], None, BUILT), "http://127.0.0.1:4000")

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="http://127.0.0.1:4000/assets/fact/rural_tourism?view=checks&amp;checkDetail=odd"' in page
