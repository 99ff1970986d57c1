"""What an alert says: a pure function of a load's record. Counts, titles of checks and links, and no more.

No file names, which may hold a person's, no values of cells, and not the error's words, which may quote both.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from pipelines.state.addresses import QUALITY_PAGE
from pipelines.state.load_record import STATES, FailingCheck, LoadRecord
from warehouse.reports.quality.failing import severity_word

SHOWN_CHECKS = 5

_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Message:
    """One message, plain text. It fits what WeCom takes: 2,048 bytes with its title."""

    title: str
    body: str


def is_due(record: LoadRecord) -> bool:
    """Tell whether anyone must know: of a failed load, new rejections, failing checks, a page not written.

    Receiving repeats every few minutes: its checks are left to the alert of the load that follows.
    """
    if (
        record.error
        or record.page_error
        or record.deliveries.get("rejected")
        or record.deliveries.get("held")
    ):
        return True
    return bool(record.failing) and record.state != "received"


def message_of(record: LoadRecord, *, pages: str, ui: str) -> Message:
    """Write the alert about one load. pages, ui: addresses that the links lead to."""
    return Message(
        title=_title(STATES[record.state], record.synthetic),
        body="\n".join(
            [
                f"现行版本：{record.version or '尚无'}",
                _deliveries(record),
                f"检查：未通过 {record.checks['failed']} 项，提醒 {record.checks['warned']} 项",
                *(
                    f"· {severity_word(check.severity, blocking=check.blocking)} {_short(check.title)}：{check.failed_rows} 行"
                    for check in _shown(record)
                ),
                *_more(record),
                *([f"区县指标数：{record.counts_of_figures}"] if record.figure_statuses else []),
                *(["质量页没有写出，原因见运行记录与日志"] if record.page_error else []),
                f"运行：{ui.rstrip('/')}/runs/{record.run_id}",
                f"质量：{_quality(pages)}",
            ]
        ),
    )


def silence_message(
    last_good: datetime | None, since: datetime, now: datetime, *, pages: str, ui: str
) -> Message:
    """Write the alert that no load has succeeded for hours. last_good: when one did; since: from when it counts."""
    hours = (now - since).total_seconds() / 3600
    last = f"{last_good:%Y-%m-%d %H:%M}" if last_good else "从未"
    return Message(
        title=_title(f"已 {hours:.0f} 小时没有成功的加载", synthetic=False),
        body="\n".join(
            [
                f"上一次成功：{last}",
                "请看后台或定时器是否在运行，以及最近一次加载为何失败",
                f"运行：{ui.rstrip('/')}/runs",
                f"质量：{_quality(pages)}",
            ]
        ),
    )


def _title(outcome: str, synthetic: bool) -> str:
    return f"乡仓：{outcome}" + ("（合成示例数据）" if synthetic else "")


def _deliveries(record: LoadRecord) -> str:
    if record.open_rejected_deliveries is None:
        return "报送：收件没有完成"
    new = record.deliveries.get("rejected", 0)
    failed = f"（其中 {record.internal_errors} 份是程序出错，请查日志）" if record.internal_errors else ""
    held = f"，新待核实 {record.deliveries['held']} 份" if record.deliveries.get("held") else ""
    return f"报送：新退回 {new} 份{failed}，尚待重报共 {record.open_rejected_deliveries} 份{held}"


def _shown(record: LoadRecord) -> tuple[FailingCheck, ...]:
    return record.failing[:SHOWN_CHECKS]


def _more(record: LoadRecord) -> list[str]:
    more = len(record.failing) - SHOWN_CHECKS
    return [f"· 另有 {more} 项"] if more > 0 else []


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _quality(pages: str) -> str:
    return f"{pages.rstrip('/')}/{quote(QUALITY_PAGE)}"
