"""What a steward has to look at, a line each: findings, held and rejected deliveries; what is new first, with what to do."""

import shlex
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from schemas.catalogue import Table, layer_and_name
from schemas.check_result import CheckResult, Finding
from schemas.field import columns
from warehouse.reports.quality.disagreement import BASES
from warehouse.reports.quality.failing import failing_word, place_of
from warehouse.reports.quality.listed import DeliveryLine

SHOWN_TASKS = 300
GRAVITIES = ("阻断发布", "未通过", "待核实", "待重报", "提醒")
"""Gravities of lines, the highest first."""

_SIGNED = "--why 理由 --by 岗位"
_NOBODY = "未写明单位"
_SEND = "请填报单位报送，或改正后重新报送；收到后执行 xiangcang load。"
_LATE = "已经收到，不必再报；请填报单位下次按期。"
_PERHAPS_SENT = "看同一单位此后报来的是不是它；不是的，请填报单位改正后重新报送，收到后执行 xiangcang load。"


@dataclass(frozen=True)
class Figures:
    """Figures that a table's rows go into: the trace of the first ones, and how many there are."""

    commands: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class Task:
    """A line. asset: the table's path in Dagster, with `check` as it is named there; both empty for a delivery.

    place: sheet and cells. answer: of the sender. receipt, copy: addresses beside the page, or empty.
    actions: what to type, by what it does; entry: the correction to fill in, as TOML, or empty. advice: what to do
    where there is nothing to type.
    """

    is_new: bool
    gravity: str
    title: str
    reporter: str
    form_title: str
    period: str
    file: str
    place: str = ""
    evidence: str = ""
    answer: str = ""
    receipt: str = ""
    copy: str = ""
    asset: str = ""
    check: str = ""
    figures: Figures = Figures((), 0)
    actions: tuple[tuple[str, str], ...] = ()
    entry: str = ""
    advice: str = _SEND


NOTHING_BUILT: Mapping[str, Table] = {}
IsNew = Callable[[CheckResult, Finding], bool]
"""Whether a finding was not there after the load before."""


def list_tasks(
    checks: Sequence[CheckResult],
    deliveries: Sequence[DeliveryLine],
    doubts: pl.DataFrame,
    indicators: Mapping[str, Sequence[str]],
    is_new: IsNew,
    personal_tables: Collection[str] = (),
    built: Mapping[str, Table] = NOTHING_BUILT,
) -> list[Task]:
    """List the lines: what is new first, then by gravity.

    checks: without values of persons. doubts: of the published version, those cleared by a steward too: a finding of
    which nothing else is doubted is no line. indicators: their codes, by table.
    personal_tables: staged tables of whose rows no value is written into a command. built: tables whose columns have titles.
    """
    by_id = {delivery.delivery_id: delivery for delivery in deliveries}
    are_personal = [delivery.delivery_id for delivery in deliveries if delivery.table in personal_tables]
    shown = doubts.filter(~pl.col("delivery_id").is_in(are_personal))
    by_row = shown.partition_by("check_name", "delivery_id", "sheet_name", "sheet_row", as_dict=True)
    names = {delivery.reporter_code: delivery.reporter_name for delivery in deliveries}
    tasks = [*_deliveries_to_decide(deliveries)]
    for check in checks:
        if not check.passed:
            titles = {"cells": "单元格"} | _titles(built.get("dq_outlier")) | _titles(built.get(check.table))
            for finding in check.findings:
                doubted = by_row.get((check.name, finding.delivery_id, finding.sheet_name, finding.sheet_row))
                of_row = doubted.to_dicts() if doubted is not None else []
                rows = [row for row in of_row if not row["is_confirmed"] and _is_about(finding, row["field"])]
                if not rows and any(_is_about(finding, row["field"]) for row in of_row):
                    continue
                task = _task(check, finding, by_id, rows, indicators, is_new(check, finding))
                tasks.append(_in_words(task, titles, names))
    return sorted(tasks, key=lambda task: (not task.is_new, GRAVITIES.index(task.gravity)))


def _is_about(finding: Finding, field: str) -> bool:
    """Whether a field is one that a finding is about; one that names none is about its whole row."""
    return not finding.fields or field in finding.fields.split(";")


def _titles(table: Table | None) -> dict[str, str]:
    return {column.name: column.title for column in columns(table)} if table else {}


def _in_words(task: Task, titles: Mapping[str, str], reporters: Mapping[str, str]) -> Task:
    """Name the columns of the evidence by their titles, and the reporter and form that it names instead of a file."""
    pairs = [part.partition("=") for part in task.evidence.split("，")]
    values = {name: value for name, equals, value in pairs if equals}
    words = "，".join(
        f"{titles.get(name, name)}{equals}{BASES.get(value, value) if name == 'basis' else value}"
        for name, equals, value in pairs
    )
    code = values.get("reporter_code", "")
    if task.reporter != _NOBODY or not code:
        return replace(task, evidence=words)
    form_title = task.form_title or values.get("form_title", "")
    return replace(task, evidence=words, reporter=reporters.get(code, code), form_title=form_title)


def _deliveries_to_decide(deliveries: Sequence[DeliveryLine]) -> Iterator[Task]:
    """Yield the deliveries that wait for a steward or are to be sent again."""
    for d in deliveries:
        is_held = d.is_open and d.outcome == "held"
        if is_held or d.resend:
            word = "待核实" if is_held else "待重报"
            title = {"uncertain": "退回，或已重报"}.get(d.resend or "", word)
            actions = _decisions(d) if is_held else _after_rejection(d)
            advice = _PERHAPS_SENT if d.resend == "uncertain" else _SEND
            yield Task(
                d.is_new, word, title, d.reporter_name or _NOBODY, d.form_title or "未识别", d.period, d.file,
                evidence=d.why, answer=d.answer_to("", None), receipt=d.receipt, copy=d.copy, actions=tuple(actions),
                advice=advice,
            )  # fmt: skip


def _decisions(delivery: DeliveryLine) -> Iterator[tuple[str, str]]:
    yield "确认", f"xiangcang confirm {delivery.delivery_id} {_SIGNED}"
    yield "撤回", f"xiangcang withdraw {delivery.delivery_id} {_SIGNED}"


def _after_rejection(delivery: DeliveryLine) -> Iterator[tuple[str, str]]:
    if delivery.has_wrong_totals:
        yield "照收合计", f"xiangcang accept-totals {delivery.delivery_id} {_SIGNED}"


def _task(
    check: CheckResult,
    finding: Finding,
    deliveries: Mapping[str, DeliveryLine],
    doubts: Sequence[Mapping[str, Any]],
    indicators: Mapping[str, Sequence[str]],
    is_new: bool,
) -> Task:
    where = place_of(finding, deliveries)
    delivery = deliveries.get(finding.delivery_id or "")
    codes = indicators.get(delivery.table if delivery else check.table, ())
    traces = tuple(f"xiangcang trace {code} -p {where.period}" for code in codes[:3] if where.period)
    return Task(
        is_new=is_new,
        gravity=failing_word(check),
        title=check.title,
        reporter=delivery.reporter_name if delivery else _NOBODY,
        form_title=delivery.form_title if delivery else "",
        period=where.period,
        file=where.file,
        place=" ".join(filter(None, [where.sheet, where.cells, where.other_place])),
        evidence=where.evidence,
        answer=delivery.answer_to(finding.sheet_name or "", finding.sheet_row) if delivery else "",
        receipt=delivery.receipt if delivery else "",
        copy=delivery.copy if delivery else "",
        asset="/".join(layer_and_name(check.table)),
        check=check.merged_into or check.name,
        figures=Figures(traces, len(codes)),
        actions=tuple(_actions(check, delivery, doubts)),
        entry=_correction(finding, delivery) if delivery and finding.cells and finding.fields else "",
        advice=_LATE if check.name == "reporting_on_time" else _SEND,
    )


def _actions(
    check: CheckResult,
    delivery: DeliveryLine | None,
    doubts: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, str]]:
    """Yield what can be typed: to clear a doubted value, to name a place, to take the whole delivery back."""
    for doubt in doubts:
        row = [doubt[name] for name in ("check_name", "row_key", "field", "value")]
        yield "核实无误", f"xiangcang confirm-finding {shlex.join(row)} {_SIGNED}"
    if check.name.endswith(("__unknown_place", "__ambiguous_place")):
        yield (
            "登记别名（county/aliases.csv 添一行）",
            "所在区划代码,填报的写法,名录中的名称,observed,缘由,登记人,日期",
        )
    if delivery and delivery.outcome == "accepted":
        yield "撤回整份", f"xiangcang withdraw {delivery.delivery_id} {_SIGNED}"


def _correction(finding: Finding, delivery: DeliveryLine) -> str:
    """Begin the entry of a correction of a finding's first cell; what only a person knows is left to fill in."""
    cell = (finding.cells or "").split("、")[0]
    field = (finding.fields or "").split(";")[0]
    texts = {
        "id": f"{delivery.period}-{delivery.reporter_name}-{cell}", "table": delivery.table,
        "reporter": delivery.reporter_code, "period": delivery.period, "sheet": finding.sheet_name or "",
        "cell": cell, "field": field, "expect": "现有的原文", "value": "读作什么", "who": "岗位",
    }  # fmt: skip
    lines = [f'{name} = "{_toml(text)}"' for name, text in texts.items()]
    return "\n".join(["[[correction]]", *lines, "when = 日期", 'why = "缘由"', 'status = "in_force"'])


def _toml(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
